package io.nomnom.devstack;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to one path over a fixed number of connections, one request at a time on each, on
 * event loops. What got a 503 or no answer is sent again.
 */
public final class HttpPosts {
    private static final int CONNECTIONS = 128;
    private static final int MAX_TRIES = 20;
    private static final int PAUSE_MS = 250;
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final HttpClient http;
    private final String path;
    private final Supplier<@Nullable String> bodies;
    private final CountDownLatch running = new CountDownLatch(CONNECTIONS);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    /**
     * @param bodies what to send next, null at the end; asked by several threads
     */
    public HttpPosts(Vertx vertx, int port, String path, Supplier<@Nullable String> bodies) {
        this.vertx = vertx;
        this.path = path;
        this.bodies = bodies;
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port),
                        new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    }

    /** Begins to send; returns at once. */
    public HttpPosts start() {
        for (int i = 0; i < CONNECTIONS; i++) {
            vertx.runOnContext(now -> next());
        }
        return this;
    }

    /** Waits until the last answer is there; false where that takes longer. */
    public boolean await(Duration atMost) throws InterruptedException {
        return running.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many got a 202. */
    public long accepted() {
        return accepted.get();
    }

    /** How often a request was sent again. */
    public long repeated() {
        return repeated.get();
    }

    /** How many were refused, or given up. */
    public long failed() {
        return failed.get();
    }

    private void next() {
        String body = bodies.get();
        if (body == null) {
            running.countDown();
        } else {
            send(Buffer.buffer(body), 1);
        }
    }

    private void send(Buffer body, int attempt) {
        var _ =
                http.request(HttpMethod.POST, path)
                        .compose(request ->
                                request.putHeader("content-type", "application/json").send(body))
                        .compose(response -> response.body().map(response.statusCode()))
                        .timeout(ANSWER.toSeconds(), TimeUnit.SECONDS)
                        .onComplete(done -> {
                            int status = done.succeeded() ? done.result() : 0;
                            if ((status == 503 || status == 0) && attempt < MAX_TRIES) {
                                repeated.incrementAndGet();
                                vertx.setTimer(PAUSE_MS, again -> send(body, attempt + 1));
                                return;
                            }
                            (status == 202 ? accepted : failed).incrementAndGet();
                            next();
                        });
    }
}
