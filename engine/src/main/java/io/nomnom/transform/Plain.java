package io.nomnom.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nomnom.yaml.Node;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values as transforms see them, from JSON, from YAML and back. */
public final class Plain {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Plain() {}

    /** A value of a slot or of a payload as transforms take it; objects and arrays stay JSON. */
    public static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case JsonNode node ->
                    switch (node.getNodeType()) {
                        case STRING -> node.textValue();
                        case BOOLEAN -> node.booleanValue();
                        case NUMBER -> number(node.decimalValue());
                        case ARRAY, OBJECT -> node;
                        default -> null;
                    };
            case Integer number -> number.longValue();
            case UUID uuid -> uuid.toString();
            case null, default -> value;
        };
    }

    private static Object number(BigDecimal exact) {
        if (exact.scale() <= 0 && exact.precision() - exact.scale() < 19) {
            return exact.longValueExact();
        }
        return exact;
    }

    /** A piece of YAML: text, Long, BigDecimal, Boolean, List, Map, or null. */
    public static @Nullable Object of(Node node) {
        return switch (node) {
            case Node.Scalar scalar ->
                    switch (scalar.type()) {
                        case TEXT -> scalar.text();
                        case BOOLEAN -> Boolean.valueOf(scalar.text().equalsIgnoreCase("true"));
                        case INTEGER -> integer(scalar.text());
                        case FLOAT -> decimal(scalar.text());
                        case NULL -> null;
                    };
            case Node.Sequence sequence -> {
                List<@Nullable Object> items = new ArrayList<>();
                sequence.items().forEach(item -> items.add(of(item)));
                yield items;
            }
            case Node.Mapping mapping -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                mapping.entries().forEach(entry -> entries.put(entry.key(), of(entry.value())));
                yield entries;
            }
        };
    }

    private static Object integer(String text) {
        return text.matches("[-+]?[0-9]{1,18}")
                ? (Object) Long.valueOf(text.startsWith("+") ? text.substring(1) : text)
                : text.matches("[-+]?[0-9]+") ? new BigDecimal(new BigInteger(text)) : text;
    }

    private static Object decimal(String text) {
        return text.matches("[-+]?[0-9]{1,100}(\\.[0-9]{0,100})?") ? new BigDecimal(text) : text;
    }

    /** A result as JSON, the way a client would have sent it. */
    public static JsonNode json(Object value) {
        return switch (value) {
            case JsonNode node -> node;
            case String text -> JSON.textNode(text);
            case Boolean bool -> JSON.booleanNode(bool);
            case Long number -> JSON.numberNode(number);
            case Integer number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(BigDecimal.valueOf(number));
            case BigDecimal number -> JSON.numberNode(number);
            case List<?> items -> {
                var array = JSON.arrayNode();
                items.forEach(item -> array.add(item == null ? JSON.nullNode() : json(item)));
                yield array;
            }
            case Map<?, ?> entries -> {
                ObjectNode object = JSON.objectNode();
                entries.forEach((key, item) ->
                        object.set(
                                String.valueOf(key), item == null ? JSON.nullNode() : json(item)));
                yield object;
            }
            default -> JSON.textNode(text(value));
        };
    }

    /** A value as text, as {@code to_string} gives it. */
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case BigDecimal number -> number.toPlainString();
            case OffsetDateTime time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
            default -> value.toString();
        };
    }
}
