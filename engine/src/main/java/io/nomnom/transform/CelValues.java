package io.nomnom.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Timestamp;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import io.nomnom.catalog.FieldType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Types and values of fields as CEL sees them, and CEL's results as transforms give them. */
final class CelValues {
    /** Exact decimal numbers, which CEL itself does not have. */
    static final OpaqueType DECIMAL = OpaqueType.create("decimal");

    private CelValues() {}

    /** The type of a field's values in expressions. */
    static CelType type(FieldType type, boolean nullable) {
        CelType plain =
                switch (type.kind()) {
                    case STRING, UUID -> SimpleType.STRING;
                    case INTEGER, BIGINT -> SimpleType.INT;
                    case FLOAT -> SimpleType.DOUBLE;
                    case DECIMAL -> DECIMAL;
                    case BOOLEAN -> SimpleType.BOOL;
                    case TIMESTAMP, DATE -> SimpleType.TIMESTAMP;
                    case ARRAY ->
                            ListType.create(
                                    type.items() == null
                                            ? SimpleType.DYN
                                            : type(type.items(), false));
                    case LIST -> ListType.create(SimpleType.DYN);
                    case JSON, OBJECT -> SimpleType.DYN;
                };
        if (!nullable || plain.equals(SimpleType.DYN)) {
            return plain;
        }
        if (plain.equals(SimpleType.TIMESTAMP)) {
            return plain; // takes null by itself
        }
        return plain instanceof ListType ? SimpleType.DYN : NullableType.create(plain);
    }

    /** A slot's value or JSON as CEL takes it. */
    static Object of(@Nullable Object value) {
        return switch (value) {
            case null -> NullValue.NULL_VALUE;
            case JsonNode node -> json(node);
            case Integer number -> number.longValue();
            case OffsetDateTime time -> timestamp(time.toInstant());
            case LocalDate date -> timestamp(date.atStartOfDay(ZoneOffset.UTC).toInstant());
            case java.util.UUID uuid -> uuid.toString();
            case List<?> items -> items.stream().map(CelValues::of).toList();
            default -> value;
        };
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static Object json(JsonNode node) {
        return switch (node.getNodeType()) {
            case ARRAY -> {
                List<Object> items = new ArrayList<>(node.size());
                node.forEach(item -> items.add(json(item)));
                yield items;
            }
            case OBJECT -> {
                Map<String, Object> members = new LinkedHashMap<>();
                node.properties()
                        .forEach(member -> members.put(member.getKey(), json(member.getValue())));
                yield members;
            }
            default -> {
                Object plain = Plain.of(node);
                yield plain == null ? NullValue.NULL_VALUE : plain;
            }
        };
    }

    /** The runtime has a null of its own for literals. */
    static boolean isNull(Object value) {
        return value instanceof NullValue || value instanceof com.google.protobuf.NullValue;
    }

    /** A result of CEL as a transform gives it. */
    static @Nullable Object plain(Object value) {
        return switch (value) {
            case NullValue ignored -> null;
            case com.google.protobuf.NullValue ignored -> null;
            case Timestamp time ->
                    Instant.ofEpochSecond(time.getSeconds(), time.getNanos())
                            .atOffset(ZoneOffset.UTC);
            case List<?> items -> {
                List<@Nullable Object> plain = new ArrayList<>();
                items.forEach(item -> plain.add(plain(item)));
                yield plain;
            }
            case Map<?, ?> entries -> {
                Map<String, @Nullable Object> plain = new LinkedHashMap<>();
                entries.forEach((key, item) -> plain.put(String.valueOf(key), plain(item)));
                yield plain;
            }
            case String ignored -> value;
            case Boolean ignored -> value;
            case Long ignored -> value;
            case Double ignored -> value;
            case BigDecimal ignored -> value;
            default -> value.toString();
        };
    }

    /** Whether a result of the CEL type can be a value of the field's type. */
    static boolean fits(CelType result, FieldType type) {
        CelType plain = result instanceof NullableType nullable ? nullable.targetType() : result;
        if (plain.equals(SimpleType.DYN) || plain.equals(SimpleType.NULL_TYPE)) {
            return true;
        }
        return switch (type.kind()) {
            case STRING, UUID -> plain.equals(SimpleType.STRING);
            case INTEGER, BIGINT -> plain.equals(SimpleType.INT);
            case FLOAT, DECIMAL ->
                    plain.equals(SimpleType.DOUBLE)
                            || plain.equals(SimpleType.INT)
                            || plain.equals(DECIMAL);
            case BOOLEAN -> plain.equals(SimpleType.BOOL);
            case TIMESTAMP, DATE ->
                    plain.equals(SimpleType.TIMESTAMP) || plain.equals(SimpleType.STRING);
            case ARRAY, LIST -> plain instanceof ListType;
            case JSON, OBJECT -> true;
        };
    }

    /** How people call a CEL type. */
    static String word(CelType type) {
        return switch (type) {
            case NullableType nullable -> word(nullable.targetType()) + " or null";
            case ListType ignored -> "list";
            default -> type.name().equals("google.protobuf.Timestamp") ? "timestamp" : type.name();
        };
    }
}
