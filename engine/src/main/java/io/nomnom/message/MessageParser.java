package io.nomnom.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nomnom.message.Parsed.Code;
import io.nomnom.message.Parsed.Rejection;
import io.nomnom.plan.EntityRows;
import io.nomnom.plan.Extraction;
import io.nomnom.plan.FieldError;
import io.nomnom.plan.MessagePlan;
import io.nomnom.transform.Plain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of one message into rows or a rejection: a pure function of the bytes, the
 * message's time and the plan. The api and the worker call the same one. Safe for all threads.
 */
public final class MessageParser {
    private static final int MAX_DEPTH = 100;

    /** A report is for people: a small message must not become a large answer. */
    private static final int MOST_ERRORS = 1_000;

    /** JSON as RFC 8259 has it: exact numbers, no duplicate keys, nothing behind the value. */
    private static final ObjectReader JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build()
                    .reader();

    private MessageParser() {}

    /** The bytes as text. */
    public static String text(byte[] body) throws MalformedException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException fault) {
            throw new MalformedException("the body is not UTF-8", 0, 0);
        }
    }

    /** The JSON value of the bytes. */
    public static JsonNode json(byte[] body) throws MalformedException {
        text(body);
        try {
            JsonNode node = JSON.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw new MalformedException("the body is empty", 1, 1);
            }
            return node;
        } catch (JsonProcessingException fault) {
            var at = fault.getLocation();
            throw new MalformedException(
                    fault.getOriginalMessage(),
                    at == null ? 0 : at.getLineNr(),
                    at == null ? 0 : at.getColumnNr());
        } catch (NumberFormatException fault) {
            throw new MalformedException("a number's exponent is too large", 0, 0);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The rows of a message's bytes, or why there are none. */
    public static Parsed parse(byte[] body, MessagePlan plan, Instant now) {
        try {
            return parse(json(body), plan, now);
        } catch (MalformedException fault) {
            return new Rejection(Code.UNPARSEABLE, fault.getMessage(), List.of());
        }
    }

    /** The rows of a payload, or why there are none. */
    public static Parsed parse(JsonNode payload, MessagePlan plan, Instant now) {
        if (!payload.isObject()) {
            return new Rejection(
                    Code.UNPARSEABLE, "a JSON object is expected, one " + plan.entity(), List.of());
        }
        Extraction extraction = extraction(payload, now);
        List<EntityRows> rows = plan.rows(extraction);
        List<FieldError> errors = extraction.errors();
        if (errors.isEmpty()) {
            List<FieldError> skipped = extraction.skipped();
            return new Parsed.Rows(rows, skipped.subList(0, Math.min(skipped.size(), MOST_ERRORS)));
        }
        String faults = errors.size() == 1 ? "1 fault" : errors.size() + " faults";
        if (errors.size() > MOST_ERRORS) {
            errors = errors.subList(0, MOST_ERRORS);
            faults += ", the first %d are listed".formatted(MOST_ERRORS);
        }
        return new Rejection(
                Code.INVALID,
                "the message breaks the rules of %s: %s".formatted(plan.entity(), faults),
                errors);
    }

    /** The values of the fields that name a message, as text; null where it has no such name. */
    public static @Nullable String idempotencyKey(JsonNode payload, MessagePlan plan, Instant now) {
        if (plan.keySlots().isEmpty() || !payload.isObject()) {
            return null;
        }
        List<Object> values = plan.idempotencyKey(extraction(payload, now));
        return values == null
                ? null
                : values.stream()
                        .map(value -> Plain.json(value).toString())
                        .collect(Collectors.joining(","));
    }

    private static Extraction extraction(JsonNode payload, Instant now) {
        return new Extraction(payload, now.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
    }
}
