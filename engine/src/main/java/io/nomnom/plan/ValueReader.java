package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.catalog.FieldType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads JSON nodes as the Java values of a type: values are checked, not guessed.
 *
 * <p>string String, integer Integer, bigint Long, float Double, decimal BigDecimal, boolean
 * Boolean, timestamp OffsetDateTime in UTC cut to microseconds, date LocalDate, uuid UUID, array
 * List, and JsonNode for json, list and object. What does not fit gives a {@link Fault}.
 */
public record ValueReader(FieldType type, boolean coerce) {
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]{1,9})?");
    private static final Pattern RFC3339 =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[-+]\\d{2}:\\d{2})");
    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** The digits that PostgreSQL's numeric has before and behind the point. */
    private static final int MAX_INTEGER_DIGITS = 131_072;

    private static final int MAX_FRACTION_DIGITS = 16_383;

    /** Reads JSON of any shape. */
    static final ValueReader JSON = new ValueReader(FieldType.of(FieldType.Kind.JSON), false);

    /** The value, or a {@link Fault}; the node is not JSON null. */
    public Object read(JsonNode node) {
        return switch (type.kind()) {
            case STRING -> node.isTextual() ? text(node.textValue()) : wrong(node);
            case INTEGER -> whole(node, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(node, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> floating(node);
            case DECIMAL -> decimal(node);
            case BOOLEAN -> bool(node);
            case TIMESTAMP -> timestamp(node);
            case DATE -> date(node);
            case UUID -> uuid(node);
            case JSON -> storable(node, node);
            case ARRAY -> array(node);
            case LIST -> node.isArray() ? storable(node, node) : wrong(node);
            case OBJECT -> node.isObject() ? storable(node, node) : wrong(node);
        };
    }

    private Fault wrong(JsonNode node) {
        String found =
                switch (node.getNodeType()) {
                    case STRING -> "a string";
                    case NUMBER -> "a number";
                    case BOOLEAN -> "a boolean";
                    case ARRAY -> "an array";
                    case OBJECT -> "an object";
                    default -> "null";
                };
        return new Fault("type", "expected %s, found %s".formatted(type, found));
    }

    /** Text that PostgreSQL can store: Unicode without U+0000 and without halves of pairs. */
    private static Object text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0) {
                return new Fault("nul", "holds U+0000, which PostgreSQL cannot store");
            }
            if (Character.isSurrogate(unit)) {
                boolean pair =
                        i + 1 < text.length()
                                && Character.isSurrogatePair(unit, text.charAt(i + 1));
                if (!pair) {
                    return new Fault(
                            "surrogate", "holds half of a surrogate pair, not a character");
                }
                i++;
            }
        }
        return text;
    }

    private Object whole(JsonNode node, long minimum, long maximum) {
        if (node.isInt() || (node.isLong() && maximum == Long.MAX_VALUE)) {
            return maximum == Integer.MAX_VALUE ? (Object) node.intValue() : node.longValue();
        }
        Object number = number(node, type.kind() == FieldType.Kind.BIGINT);
        if (!(number instanceof BigDecimal exact)) {
            return number;
        }
        if (exact.signum() != 0 && exact.precision() - (long) exact.scale() > 20) {
            return outside(minimum, maximum);
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        if (stripped.scale() > 0) {
            return new Fault("type", "expected %s, found a fraction".formatted(type));
        }
        BigInteger integer = stripped.toBigIntegerExact();
        if (integer.compareTo(BigInteger.valueOf(minimum)) < 0
                || integer.compareTo(BigInteger.valueOf(maximum)) > 0) {
            return outside(minimum, maximum);
        }
        return maximum == Integer.MAX_VALUE ? (Object) integer.intValue() : integer.longValue();
    }

    private Fault outside(long minimum, long maximum) {
        return new Fault("range", "%s is %d to %d".formatted(type, minimum, maximum));
    }

    private Object floating(JsonNode node) {
        Object number = number(node, false);
        if (!(number instanceof BigDecimal exact)) {
            return number;
        }
        double value = exact.doubleValue();
        return Double.isFinite(value) ? value : new Fault("range", "too large for a float");
    }

    private Object decimal(JsonNode node) {
        Object number = number(node, true);
        return number instanceof BigDecimal exact ? fitted(exact) : number;
    }

    /** A decimal of another field, where it has the digits of this one; else a fault. */
    Object fitted(BigDecimal exact) {
        if (type.precision() == 0) {
            return storableNumber(exact) ? exact : new Fault("digits", "too many digits");
        }
        BigDecimal stripped = exact.stripTrailingZeros();
        if (stripped.scale() > type.scale()) {
            return new Fault(
                    "digits", "more than %d digits behind the point".formatted(type.scale()));
        }
        if (stripped.precision() - (long) stripped.scale() > type.precision() - type.scale()) {
            return new Fault(
                    "digits",
                    "more than %d digits before the point"
                            .formatted(type.precision() - type.scale()));
        }
        return exact.scale() > type.scale() || exact.scale() < 0
                ? stripped.setScale(type.scale())
                : exact;
    }

    /** The exact number of a node, or of a numeric string where those are taken; or a fault. */
    private Object number(JsonNode node, boolean stringsToo) {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        if (node.isTextual() && (stringsToo || coerce)) {
            String text = node.textValue();
            if (text.length() <= 1000 && NUMBER.matcher(text).matches()) {
                return new BigDecimal(text);
            }
        }
        return wrong(node);
    }

    private Object bool(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (coerce && node.isTextual() && node.textValue().matches("true|false")) {
            return Boolean.valueOf(node.textValue());
        }
        return wrong(node);
    }

    private Object timestamp(JsonNode node) {
        if (!node.isTextual()) {
            return wrong(node);
        }
        return timestamp(node.textValue());
    }

    /** An RFC 3339 timestamp in UTC, cut to microseconds, or a fault. */
    static Object timestamp(String text) {
        try {
            if (RFC3339.matcher(text).matches()) {
                return OffsetDateTime.parse(
                                text.toUpperCase(java.util.Locale.ROOT),
                                DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException notOnTheCalendar) {
            // told below
        }
        return new Fault("type", "expected an RFC 3339 timestamp such as 2024-01-31T12:00:00Z");
    }

    private Object date(JsonNode node) {
        if (!node.isTextual()) {
            return wrong(node);
        }
        try {
            if (node.textValue().length() == 10) {
                return LocalDate.parse(node.textValue());
            }
        } catch (DateTimeException notOnTheCalendar) {
            // told below
        }
        return new Fault("type", "expected a date such as 2024-01-31");
    }

    private Object uuid(JsonNode node) {
        boolean matches = node.isTextual() && UUID_TEXT.matcher(node.textValue()).matches();
        return matches ? UUID.fromString(node.textValue()) : wrong(node);
    }

    private Object array(JsonNode node) {
        FieldType items = type.items();
        if (!node.isArray() || items == null) {
            return wrong(node);
        }
        ValueReader reader = new ValueReader(items, coerce);
        List<Object> values = new ArrayList<>(node.size());
        for (JsonNode item : node) {
            Object value = item.isNull() ? new Fault("type", "null") : reader.read(item);
            if (value instanceof Fault fault) {
                return new Fault(
                        fault.code(), "item %d: %s".formatted(values.size(), fault.message()));
            }
            values.add(value);
        }
        return values;
    }

    /** JSON that jsonb can hold: no U+0000 anywhere, and numbers of a size that numeric has. */
    private static Object storable(JsonNode whole, JsonNode node) {
        if (node.isTextual()) {
            return text(node.textValue()) instanceof Fault fault ? fault : whole;
        }
        if (node.isNumber()) {
            return storableNumber(node.decimalValue())
                    ? whole
                    : new Fault("digits", "holds a number with too many digits");
        }
        for (var member : node.properties()) {
            if (text(member.getKey()) instanceof Fault fault) {
                return fault;
            }
        }
        for (JsonNode child : node) {
            if (storable(whole, child) instanceof Fault fault) {
                return fault;
            }
        }
        return whole;
    }

    private static boolean storableNumber(BigDecimal number) {
        return number.precision() - (long) number.scale() <= MAX_INTEGER_DIGITS
                && number.scale() <= MAX_FRACTION_DIGITS;
    }
}
