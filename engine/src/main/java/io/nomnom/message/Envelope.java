package io.nomnom.message;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as it lies in the queue, whoever put it there.
 *
 * @param entity the entity's name; empty where the message does not say
 * @param body the payload as the client sent it
 * @param generation 0, one more for each replay
 * @param catalog the hash of the entity files that the sender validated with; null if unknown
 * @param storedAt JetStream's time of the first storing, the message's own time
 * @param storedSequence JetStream's sequence of the first storing
 */
public record Envelope(
        UUID messageId,
        String entity,
        byte[] body,
        int generation,
        @Nullable String catalog,
        Instant storedAt,
        long storedSequence) {}
