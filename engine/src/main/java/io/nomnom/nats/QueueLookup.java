package io.nomnom.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamState;
import io.nomnom.message.Headers;
import io.nomnom.message.MessageIds;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds a message that is still in the queue. Blocks; meant for virtual threads. */
public final class QueueLookup {
    private static final int NO_MESSAGE = 10037;
    private static final int MOST_LOOKED_AT = 512;
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(2);

    private final Queue queue;

    public QueueLookup(Queue queue) {
        this.queue = queue;
    }

    /** A message in the queue; {@code delivered} where a worker has it. */
    public record Queued(String entity, Instant storedAt, boolean delivered) {}

    /** How much waits, and since when; seconds of age are 0 where nothing waits. */
    public record Lag(long pending, long unacknowledged, long deadLetters) {}

    /**
     * The message with this id; null where it is not in the queue.
     *
     * @param sequence its sequence where the asker knows it, else 0
     * @throws IOException where NATS is out of reach
     */
    public @Nullable Queued find(UUID id, long sequence) throws IOException {
        try {
            JetStreamManagement management = queue.management();
            if (sequence > 0) {
                return match(message(management, sequence, false), id);
            }
            StreamState state =
                    management.getStreamInfo(queue.settings().stream()).getStreamState();
            long from = state.getFirstSequence();
            if (id.version() == 7) {
                Instant since = MessageIds.timeOf(id).minus(CLOCK_SLACK);
                from = firstSince(management, from, state.getLastSequence(), since);
            }
            return scan(management, from, state.getLastSequence(), id);
        } catch (JetStreamApiException failure) {
            throw new IOException(failure);
        }
    }

    private @Nullable Queued scan(JetStreamManagement management, long from, long last, UUID id)
            throws IOException, JetStreamApiException {
        long at = from;
        for (int looked = 0; looked < MOST_LOOKED_AT && at <= last; looked++) {
            MessageInfo message = message(management, at, true);
            if (message == null) {
                return null;
            }
            Queued found = match(message, id);
            if (found != null) {
                return found;
            }
            at = message.getSeq() + 1;
        }
        return null;
    }

    /** Binary search over the sequences: messages lie in the order of their times. */
    private long firstSince(JetStreamManagement management, long first, long last, Instant since)
            throws IOException, JetStreamApiException {
        long low = first;
        long high = last;
        while (low < high) {
            long middle = low + (high - low) / 2;
            MessageInfo message = message(management, middle, true);
            if (message == null || !time(message).isBefore(since)) {
                high = middle;
            } else {
                low = message.getSeq() + 1;
            }
        }
        return low;
    }

    private @Nullable MessageInfo message(
            JetStreamManagement management, long sequence, boolean orNext)
            throws IOException, JetStreamApiException {
        String stream = queue.settings().stream();
        try {
            return orNext
                    ? management.getNextMessage(stream, sequence, QueueSettings.SUBJECT + ">")
                    : management.getMessage(stream, sequence);
        } catch (JetStreamApiException failure) {
            if (failure.getApiErrorCode() == NO_MESSAGE) {
                return null;
            }
            throw failure;
        }
    }

    private @Nullable Queued match(@Nullable MessageInfo message, UUID id)
            throws IOException, JetStreamApiException {
        if (message == null || message.getHeaders() == null) {
            return null;
        }
        String found = message.getHeaders().getFirst(Headers.MESSAGE_ID);
        if (found == null || !found.split("\\.", 2)[0].equals(id.toString())) {
            return null;
        }
        ConsumerInfo consumer =
                queue.management()
                        .getConsumerInfo(queue.settings().stream(), queue.settings().consumer());
        String subject = String.valueOf(message.getSubject());
        return new Queued(
                subject.substring(QueueSettings.SUBJECT.length()),
                time(message),
                consumer.getDelivered().getStreamSequence() >= message.getSeq());
    }

    private static Instant time(MessageInfo message) {
        ZonedDateTime time = message.getTime();
        return time == null ? Instant.EPOCH : time.toInstant();
    }

    /** What waits in the queue and what lies dead. */
    public Lag lag() throws IOException {
        try {
            JetStreamManagement management = queue.management();
            ConsumerInfo consumer =
                    management.getConsumerInfo(
                            queue.settings().stream(), queue.settings().consumer());
            long dead =
                    management
                            .getStreamInfo(queue.settings().deadLetterStream())
                            .getStreamState()
                            .getMsgCount();
            return new Lag(consumer.getNumPending(), consumer.getNumAckPending(), dead);
        } catch (JetStreamApiException failure) {
            throw new IOException(failure);
        }
    }
}
