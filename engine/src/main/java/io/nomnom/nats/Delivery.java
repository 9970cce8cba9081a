package io.nomnom.nats;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Message;
import io.nomnom.message.Envelope;
import io.nomnom.message.Headers;
import io.nomnom.message.MalformedException;
import io.nomnom.message.MessageIds;
import io.nomnom.message.MessageParser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message that JetStream has given to this worker; it is settled exactly once. What cannot be
 * told to JetStream while the connection is away needs no telling: it delivers the message again.
 */
public final class Delivery {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private final Message message;
    private final Envelope envelope;

    Delivery(Message message) {
        this.message = message;
        this.envelope = envelope(message);
    }

    public Envelope envelope() {
        return envelope;
    }

    public String subject() {
        return message.getSubject();
    }

    /** The raw bytes and headers, as dead letters keep them. */
    public byte[] data() {
        return message.getData();
    }

    public Map<String, String> headers() {
        Map<String, String> headers = new TreeMap<>();
        if (message.hasHeaders()) {
            for (String key : message.getHeaders().keySet()) {
                headers.put(key, String.valueOf(message.getHeaders().getFirst(key)));
            }
        }
        return headers;
    }

    /** How often JetStream has delivered it, this time included. */
    public long deliveries() {
        return message.metaData().deliveredCount();
    }

    public void ack() {
        tell(message::ack);
    }

    /** Gives it back, to come again after the delay. */
    public void release(Duration delay) {
        tell(() -> message.nakWithDelay(delay));
    }

    /** Tells JetStream that work goes on, so that it is not delivered again. */
    public void inProgress() {
        tell(message::inProgress);
    }

    private static void tell(Runnable signal) {
        try {
            signal.run();
        } catch (IllegalStateException reconnecting) {
            // see above
        }
    }

    private static Envelope envelope(Message message) {
        var meta = message.metaData();
        Instant stored = storedTime(message, meta.timestamp().toInstant());
        long sequence = number(message, Headers.STORED_SEQUENCE, meta.streamSequence());
        String type = header(message, Headers.CE_TYPE);
        UUID id = id(message);
        if (id == null && type == null) {
            Envelope foreign = jsonEnvelope(message.getData(), stored, sequence);
            if (foreign != null) {
                return foreign;
            }
        }
        String subject = message.getSubject();
        return new Envelope(
                id == null
                        ? MessageIds.derived(
                                meta.getStream(),
                                meta.timestamp().toInstant().toString(),
                                "" + meta.streamSequence())
                        : id,
                type == null ? subject.substring(subject.lastIndexOf('.') + 1) : type,
                message.getData(),
                (int) number(message, Headers.GENERATION, 0),
                header(message, Headers.CATALOG),
                stored,
                sequence);
    }

    private static @Nullable String header(Message message, String name) {
        return message.hasHeaders() ? message.getHeaders().getFirst(name) : null;
    }

    private static long number(Message message, String name, long otherwise) {
        String text = header(message, name);
        return text != null && NUMBER.matcher(text).matches() ? Long.parseLong(text) : otherwise;
    }

    private static Instant storedTime(Message message, Instant otherwise) {
        String text = header(message, Headers.STORED_TIME);
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeParseException foreign) {
            return otherwise;
        }
    }

    private static @Nullable UUID id(Message message) {
        UUID id = uuid(header(message, Headers.CE_ID));
        String text = header(message, Headers.MESSAGE_ID);
        return id != null || text == null ? id : uuid(text.split("\\.", 2)[0]);
    }

    private static @Nullable UUID uuid(@Nullable String text) {
        return text == null ? null : MessageIds.read(text);
    }

    /**
     * {@code {message_id, entity_type, body, ...}}, published by someone else; null if it is none.
     */
    private static @Nullable Envelope jsonEnvelope(byte[] data, Instant stored, long sequence) {
        try {
            JsonNode json = MessageParser.json(data);
            UUID id = uuid(json.path("message_id").textValue());
            String entity = json.path("entity_type").textValue();
            JsonNode body = json.path("body");
            if (id == null || entity == null || body.isMissingNode()) {
                return null;
            }
            String text = body.isTextual() ? body.textValue() : body.toString();
            return new Envelope(
                    id, entity, text.getBytes(StandardCharsets.UTF_8), 0, null, stored, sequence);
        } catch (MalformedException notJson) {
            return null;
        }
    }
}
