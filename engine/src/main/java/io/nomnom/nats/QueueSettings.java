package io.nomnom.nats;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The queue's names and sizes.
 *
 * @param credentials path of a credentials file; null for none
 * @param maxBytes of the ingestion stream; a full stream refuses
 * @param maxAge of the ingestion stream; zero for none
 */
public record QueueSettings(
        String url,
        @Nullable String credentials,
        String stream,
        String deadLetterStream,
        String consumer,
        int replicas,
        long maxBytes,
        Duration maxAge,
        long deadLetterMaxBytes,
        Duration deadLetterMaxAge,
        Duration ackWait,
        int maxAckPending) {

    public static final String SUBJECT = "messages.ingest.";
    public static final String DEAD_LETTER_SUBJECT = "messages.dlq.";
}
