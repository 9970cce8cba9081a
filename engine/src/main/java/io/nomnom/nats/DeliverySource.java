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
    private static final Duration MIN_EXPIRY = Duration.ofSeconds(1);
    private final Queue queue;

    public DeliverySource(Queue queue) {
        this.queue = queue;
    }

    /**
     * Up to so many deliveries; waits at most for a second for the first one, and takes what is
     * there then.
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
                Message first = consumer.next(MIN_EXPIRY);
                if (first != null) {
                    deliveries.add(new Delivery(first));
                }
            }
            return deliveries;
        } catch (JetStreamApiException failure) {
            throw new IOException(failure);
        } catch (JetStreamStatusCheckedException failure) {
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
