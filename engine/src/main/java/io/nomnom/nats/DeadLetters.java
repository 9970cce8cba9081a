package io.nomnom.nats;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStreamApiException;
import io.nats.client.impl.NatsMessage;
import io.nomnom.message.Envelope;
import io.nomnom.message.Headers;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Stores dead letters: the original bytes and headers, and the reasons. */
public final class DeadLetters {
    /** What the reasons may take of a message's room; see MAX_MESSAGE_BYTES. */
    private static final int MAX_REASON_CHARACTERS = 32 * 1024;

    private static final ObjectMapper JSON =
            com.fasterxml.jackson.databind.json.JsonMapper.builder()
                    .enable(com.fasterxml.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
                    .build();

    private final Queue queue;

    public DeadLetters(Queue queue) {
        this.queue = queue;
    }

    /**
     * Why a message is dead.
     *
     * @param errors each written as JSON
     * @param attempts how many failed
     * @param catalog the hash of the entity files in force
     */
    public record Reason(
            String code,
            String message,
            List<?> errors,
            int attempts,
            Instant firstFailure,
            Instant lastFailure,
            String catalog) {
        public Reason {
            errors = List.copyOf(errors);
        }
    }

    /**
     * Stores a dead letter and returns after JetStream has acknowledged it. Its id is the message's
     * with the generation, so storing it again changes nothing.
     *
     * @throws IOException where it could not be stored; the original must not be settled then
     */
    public void store(Delivery delivery, Reason reason) throws IOException {
        Envelope envelope = delivery.envelope();
        var headers = new io.nats.client.impl.Headers();
        for (Map.Entry<String, String> header : delivery.headers().entrySet()) {
            headers.put(header.getKey(), header.getValue());
        }
        headers.put(Headers.MESSAGE_ID, envelope.messageId() + "." + envelope.generation());
        headers.put(Headers.CE_ID, envelope.messageId().toString());
        headers.put(Headers.GENERATION, "" + envelope.generation());
        headers.put(Headers.STORED_SEQUENCE, "" + envelope.storedSequence());
        headers.put(Headers.STORED_TIME, envelope.storedAt().toString());
        headers.put(Headers.ORIGINAL_SUBJECT, delivery.subject());
        headers.put(Headers.REASON_CODE, reason.code());
        headers.put(Headers.REASON_MESSAGE, ascii(reason.message(), 1024));
        headers.put(Headers.REASON_ERRORS, errors(reason.errors()));
        headers.put(Headers.ATTEMPTS, "" + reason.attempts());
        headers.put(Headers.FIRST_FAILURE, reason.firstFailure().toString());
        headers.put(Headers.LAST_FAILURE, reason.lastFailure().toString());
        headers.put(Headers.WORKER_CATALOG, reason.catalog());
        String token = envelope.entity().replaceAll("[^A-Za-z0-9_-]", "_");
        try {
            queue.jetStream()
                    .publish(
                            NatsMessage.builder()
                                    .subject(
                                            QueueSettings.DEAD_LETTER_SUBJECT
                                                    + (token.isEmpty() ? "unknown" : token))
                                    .headers(headers)
                                    .data(delivery.data())
                                    .build());
        } catch (JetStreamApiException | IllegalStateException refusal) {
            throw new IOException(refusal);
        }
    }

    /** As many of the errors as fit, as ASCII JSON. */
    private static String errors(List<?> errors) throws IOException {
        List<?> kept = errors;
        String text = JSON.writeValueAsString(kept);
        while (text.length() > MAX_REASON_CHARACTERS) {
            kept = kept.subList(0, kept.size() / 2);
            text = JSON.writeValueAsString(kept);
        }
        return text;
    }

    private static String ascii(String text, int most) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() <= most ? plain : plain.substring(0, most);
    }
}
