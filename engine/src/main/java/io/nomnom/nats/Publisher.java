package io.nomnom.nats;

import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to JetStream without blocking. A publish whose acknowledgement gets lost is repeated
 * under the same id until the deadline. The number of publishes in flight is bounded.
 */
public final class Publisher {
    private static final int MAX_IN_FLIGHT = 20_000;
    private static final Duration ATTEMPT = Duration.ofSeconds(2);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration BETWEEN = Duration.ofMillis(100);

    private final Queue queue;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile @Nullable JetStream jetStream;

    public Publisher(Queue queue) {
        this.queue = queue;
    }

    /** Publishes a message; the stage never fails, and ends on a thread of the NATS client. */
    public CompletionStage<Published> publish(
            String entity, Map<String, String> headers, byte[] body) {
        if (!queue.ready()) {
            return CompletableFuture.completedStage(
                    new Published.Unavailable("NATS: " + queue.trouble(), false, false));
        }
        if (inFlight.incrementAndGet() > MAX_IN_FLIGHT) {
            inFlight.decrementAndGet();
            return CompletableFuture.completedStage(
                    new Published.Unavailable("too many publishes in flight", true, false));
        }
        Headers natsHeaders = new Headers();
        headers.forEach(natsHeaders::put);
        NatsMessage message =
                NatsMessage.builder()
                        .subject(QueueSettings.SUBJECT + entity)
                        .headers(natsHeaders)
                        .data(body)
                        .build();
        return attempt(message, System.nanoTime() + DEADLINE.toNanos())
                .whenComplete((published, failure) -> inFlight.decrementAndGet());
    }

    /** Waits until every publish has its answer, at most as long as one may take. */
    public void drain() throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.plus(ATTEMPT).toNanos();
        while (inFlight.get() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(BETWEEN);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a stage of stages, flattened at once
    private CompletableFuture<Published> attempt(NatsMessage message, long deadline) {
        CompletableFuture<PublishAck> sent;
        try {
            sent = jetStream().publishAsync(message);
        } catch (IOException | RuntimeException failure) {
            sent = CompletableFuture.failedFuture(failure);
        }
        return sent.orTimeout(ATTEMPT.toMillis(), TimeUnit.MILLISECONDS)
                .handle((ack, failure) -> outcome(message, deadline, ack, failure))
                .thenCompose(stage -> stage);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a stage of stages, flattened at once
    private CompletableFuture<Published> outcome(
            NatsMessage message,
            long deadline,
            @Nullable PublishAck ack,
            @Nullable Throwable failure) {
        if (ack != null) {
            String durability = queue.settings().replicas() > 1 ? "replicated" : "buffered";
            return CompletableFuture.completedFuture(
                    new Published.Stored(ack.getSeqno(), ack.isDuplicate(), durability));
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (cause instanceof JetStreamApiException refusal) {
            boolean full = refusal.getErrorCode() == 503;
            return CompletableFuture.completedFuture(
                    new Published.Unavailable(String.valueOf(refusal.getMessage()), full, false));
        }
        if (System.nanoTime() + ATTEMPT.toNanos() > deadline) {
            return CompletableFuture.completedFuture(
                    new Published.Unavailable(
                            "no acknowledgement from JetStream: " + cause, false, true));
        }
        return CompletableFuture.supplyAsync(
                        () -> attempt(message, deadline),
                        CompletableFuture.delayedExecutor(
                                BETWEEN.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(stage -> stage);
    }

    private JetStream jetStream() throws IOException {
        JetStream made = jetStream;
        if (made == null) {
            made = queue.jetStream();
            jetStream = made;
        }
        return made;
    }
}
