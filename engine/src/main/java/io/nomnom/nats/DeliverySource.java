package io.nomnom.nats;

import io.nats.client.ConsumerContext;
import io.nats.client.FetchConsumeOptions;
import io.nats.client.FetchConsumer;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamStatusCheckedException;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Fetches deliveries for one lane. Used by one thread. */
public final class DeliverySource {
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private final Queue queue;
    private final Duration idleWait;

    /**
     * @param idleWait how long a fetch waits for the first message where there is none; the client
     *     takes no less than a second
     */
    public DeliverySource(Queue queue, Duration idleWait) {
        this.queue = queue;
        this.idleWait = idleWait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : idleWait;
    }

    /**
     * Up to so many deliveries: those that are there, else the first one that comes.
     *
     * @throws IOException where NATS is out of reach
     */
    public List<Delivery> fetch(int most) throws IOException, InterruptedException {
        List<Delivery> deliveries = new ArrayList<>();
        try {
            ConsumerContext consumer = queue.consumer();
            collect(
                    consumer,
                    FetchConsumeOptions.builder().maxMessages(most).noWait().build(),
                    deliveries);
            if (deliveries.isEmpty()) {
                Message first = consumer.next(idleWait);
                if (first != null) {
                    deliveries.add(new Delivery(first));
                }
            }
            return deliveries;
        } catch (JetStreamApiException
                | JetStreamStatusCheckedException
                | IllegalStateException failure) {
            throw new IOException(failure);
        }
    }

    private static void collect(
            ConsumerContext consumer, FetchConsumeOptions options, List<Delivery> deliveries)
            throws IOException,
                    JetStreamApiException,
                    InterruptedException,
                    JetStreamStatusCheckedException {
        FetchConsumer fetch = consumer.fetch(options);
        Message message = fetch.nextMessage();
        while (message != null) {
            deliveries.add(new Delivery(message));
            message = fetch.nextMessage();
        }
    }
}
