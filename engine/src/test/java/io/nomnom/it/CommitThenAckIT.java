package io.nomnom.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nomnom.TestCatalogs;
import io.nomnom.nats.Queue;
import io.nomnom.nats.QueueSettings;
import io.nomnom.observe.LogObserver;
import io.nomnom.pg.Database;
import io.nomnom.worker.WorkerSettings;
import io.nomnom.worker.Workers;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The seam between the commit and the acknowledgement, with a worker that dies exactly there. */
class CommitThenAckIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ACK_WAIT = Duration.ofSeconds(2);
    private final Vertx vertx = Vertx.vertx();
    private Stack stack;
    private Queue queue;
    private Database database;

    /** The end of a process, as far as one thread can play it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void start() throws Exception {
        stack = new Stack();
        queue =
                new Queue(
                        new QueueSettings(
                                stack.nats.url(),
                                null,
                                "MESSAGES",
                                "MESSAGESDLQ",
                                "workers",
                                1,
                                1 << 26,
                                Duration.ZERO,
                                1 << 26,
                                Duration.ofDays(1),
                                ACK_WAIT,
                                1_000),
                        true,
                        new LogObserver());
        database = new Database(vertx, stack.postgres.url(), 4);
        queue.start();
        await().atMost(PATIENCE).until(queue::ready);
    }

    @AfterEach
    void stop() throws Exception {
        queue.close();
        database.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        stack.close();
    }

    private Workers worker(Runnable committed) {
        Workers workers =
                new Workers(
                        TestCatalogs.shipped(),
                        new WorkerSettings(3, 100, 1, Duration.ofSeconds(1), Duration.ofDays(1)),
                        queue,
                        database,
                        committed,
                        new LogObserver());
        workers.start();
        return workers;
    }

    @Test
    void aWorkerKilledBetweenCommitAndAckLeavesNoRowTwice() throws Exception {
        AtomicInteger commits = new AtomicInteger();
        try (Connection nats = Nats.connect(stack.nats.url());
                Workers killed =
                        worker(() -> {
                            commits.incrementAndGet();
                            throw new Killed();
                        })) {
            nats.jetStream()
                    .publish(
                            NatsMessage.builder()
                                    .subject("messages.ingest.Order")
                                    .headers(new Headers().put("ce-type", "Order"))
                                    .data(Client.order("O-1", 3).getBytes(StandardCharsets.UTF_8))
                                    .build());
            // the killed thread's error is the point, not a failure of this test
            await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> commits.get() == 1);
            String written = stack.text("SELECT _updated_at::text FROM orders");
            assertThat(written).isNotNull();
            assertThat(waiting(nats)).as("committed, not acknowledged").isEqualTo(1);

            AtomicInteger again = new AtomicInteger();
            try (Workers next = worker(again::incrementAndGet)) {
                await().atMost(PATIENCE).until(() -> waiting(nats) == 0);
            }

            assertThat(killed.trouble()).isEmpty();
            assertThat(again).hasValue(1);
            assertThat(stack.text("SELECT _updated_at::text FROM orders")).isEqualTo(written);
            assertThat(stack.number("SELECT count(*) FROM order_line_items")).isEqualTo(3);
            assertThat(stack.text("SELECT status || ' ' || retry_count FROM message_status"))
                    .isEqualTo("completed 0");
        }
    }

    private static long waiting(Connection nats) throws Exception {
        return nats.jetStreamManagement().getStreamInfo("MESSAGES").getStreamState().getMsgCount();
    }
}
