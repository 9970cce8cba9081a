package io.nomnom.devstack.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Posts orders over a fixed number of connections, one at a time on each, for a while. */
final class HttpLoad {
    private static final int CONNECTIONS = 128;
    private final Vertx vertx;
    private final AtomicLong number;
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile boolean stopping;

    /**
     * @param number the orders' numbers go on from here
     */
    HttpLoad(Vertx vertx, AtomicLong number) {
        this.vertx = vertx;
        this.number = number;
    }

    /** What was sent; the rate is that of the measured time, without the warm-up. */
    record Result(double rate, long accepted, long refused) {}

    Result run(int port, Duration warmUp, Duration measured) throws InterruptedException {
        HttpClient client =
                vertx.createHttpClient(
                        new HttpClientOptions().setDefaultHost("127.0.0.1").setDefaultPort(port),
                        new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        for (int i = 0; i < CONNECTIONS; i++) {
            post(client);
        }
        Thread.sleep(warmUp);
        long before = accepted.get();
        long began = System.nanoTime();
        Thread.sleep(measured);
        double rate = (accepted.get() - before) / ((System.nanoTime() - began) / 1e9);
        stopping = true;
        Thread.sleep(Duration.ofSeconds(1));
        var _ = client.close();
        return new Result(rate, accepted.get(), refused.get());
    }

    private void post(HttpClient client) {
        if (stopping) {
            return;
        }
        Buffer body = Buffer.buffer(Orders.body(number.incrementAndGet()));
        var _ =
                client.request(HttpMethod.POST, "/ingest/Order")
                        .compose(request ->
                                request.putHeader("content-type", "application/json").send(body))
                        .compose(response -> response.body().map(response.statusCode()))
                        .onComplete(done -> {
                            boolean good = done.succeeded() && done.result() == 202;
                            (good ? accepted : refused).incrementAndGet();
                            post(client);
                        });
    }
}
