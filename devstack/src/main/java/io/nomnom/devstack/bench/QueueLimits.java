package io.nomnom.devstack.bench;

import io.nats.client.Connection;
import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** What JetStream does on this machine with messages like ours. */
final class QueueLimits implements AutoCloseable {
    static final String SUBJECT = "bench.order";
    private static final String STREAM = "BENCH";
    private static final String CONSUMER = "bench";
    private static final int IN_FLIGHT = 4_000;
    private static final int BATCH = 500;
    private static final int LANES = 2;

    private final Connection connection;

    QueueLimits(String url) throws IOException, InterruptedException, JetStreamApiException {
        this.connection =
                Nats.connect(
                        Options.builder().server(url).maxMessagesInOutgoingQueue(100_000).build());
        connection
                .jetStreamManagement()
                .addStream(
                        StreamConfiguration.builder()
                                .name(STREAM)
                                .subjects(SUBJECT)
                                .retentionPolicy(RetentionPolicy.WorkQueue)
                                .storageType(StorageType.File)
                                .build());
    }

    /** Removes what the stages before have left. */
    void purge() throws IOException, JetStreamApiException {
        connection.jetStreamManagement().purgeStream(STREAM);
    }

    /** How many messages wait in the engine's queue or are being worked on. */
    long waiting() throws IOException, JetStreamApiException {
        return connection
                .jetStreamManagement()
                .getStreamInfo("MESSAGES")
                .getStreamState()
                .getMsgCount();
    }

    /** Publishes asynchronously; messages a second until the last acknowledgement. */
    double publish(String subject, int count, AtomicLong number)
            throws IOException, InterruptedException {
        JetStream jetStream = connection.jetStream();
        Semaphore slots = new Semaphore(IN_FLIGHT);
        AtomicLong failures = new AtomicLong();
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            slots.acquire();
            var _ =
                    jetStream
                            .publishAsync(
                                    Orders.message(subject, Orders.body(number.incrementAndGet())))
                            .whenComplete((ack, failure) -> {
                                failures.addAndGet(failure == null ? 0 : 1);
                                slots.release();
                            });
        }
        slots.acquire(IN_FLIGHT);
        if (failures.get() > 0) {
            throw new IOException(failures + " publishes failed");
        }
        return rate(count, began);
    }

    /** Fetches and acknowledges so many messages over two loops; messages a second. */
    double fetchAndAck(int count) throws Exception {
        connection
                .jetStreamManagement()
                .addOrUpdateConsumer(
                        STREAM,
                        ConsumerConfiguration.builder()
                                .durable(CONSUMER)
                                .ackPolicy(AckPolicy.Explicit)
                                .maxAckPending(20_000)
                                .build());
        AtomicLong left = new AtomicLong(count);
        long began = System.nanoTime();
        List<Callable<Long>> lanes = new ArrayList<>();
        for (int i = 0; i < LANES; i++) {
            lanes.add(() -> drain(left));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Long> lane : threads.invokeAll(lanes)) {
                lane.get();
            }
        }
        return rate(count, began);
    }

    private long drain(AtomicLong left) throws Exception {
        ConsumerContext consumer = connection.getConsumerContext(STREAM, CONSUMER);
        long taken = 0;
        while (left.get() > 0) {
            try (FetchConsumer fetch =
                    consumer.fetch(
                            FetchConsumeOptions.builder().maxMessages(BATCH).noWait().build())) {
                Message message = fetch.nextMessage();
                while (message != null) {
                    message.ack();
                    taken++;
                    left.decrementAndGet();
                    message = fetch.nextMessage();
                }
            }
        }
        return taken;
    }

    private static double rate(long count, long began) {
        return count / ((System.nanoTime() - began) / 1e9);
    }

    @Override
    public void close() throws InterruptedException {
        connection.close();
    }
}
