package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.plan.NaiveInterpreter.Bad;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The oracle's types, constraints and transforms, each by its definition in the contract. */
final class NaiveTypes {
    private NaiveTypes() {}

    static Object read(FieldType type, JsonNode node, boolean coerce) {
        String text = node.isTextual() ? node.textValue() : null;
        return switch (type.kind()) {
            case STRING -> text == null ? new Bad("type") : storable(text);
            case BOOLEAN -> bool(node, coerce);
            case TIMESTAMP -> text == null ? new Bad("type") : timestamp(text);
            case DATE -> text == null ? new Bad("type") : date(text);
            case UUID -> text != null && text.length() == 36 ? uuid(text) : new Bad("type");
            case ARRAY -> node.isArray() ? items(type, node, coerce) : new Bad("type");
            case LIST -> node.isArray() ? storable(node) : new Bad("type");
            case OBJECT -> node.isObject() ? storable(node) : new Bad("type");
            case JSON -> storable(node);
            case INTEGER, BIGINT, FLOAT, DECIMAL -> number(type, node, coerce);
        };
    }

    private static Object storable(String text) {
        return text.contains("\0") ? new Bad("nul") : text;
    }

    /** PostgreSQL's jsonb takes no U+0000, which JSON text can only hold as an escape. */
    private static Object storable(JsonNode node) {
        return node.toString().contains("\\u0000") ? new Bad("nul") : node;
    }

    private static Object bool(JsonNode node, boolean coerce) {
        boolean word = coerce && List.of("true", "false").contains(node.asText());
        return node.isBoolean() || word ? node.asText().equals("true") : new Bad("type");
    }

    private static Object number(FieldType type, JsonNode node, boolean coerce) {
        boolean strings =
                coerce
                        || type.kind() == FieldType.Kind.BIGINT
                        || type.kind() == FieldType.Kind.DECIMAL;
        BigDecimal number;
        if (node.isNumber()) {
            number = node.decimalValue();
        } else if (strings && node.isTextual() && node.textValue().matches("-?[0-9.]+")) {
            number = new BigDecimal(node.textValue());
        } else {
            return new Bad("type");
        }
        return switch (type.kind()) {
            case INTEGER -> whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT -> {
                double value = Double.parseDouble(number.toString());
                yield Double.isInfinite(value) ? new Bad("range") : (Object) value;
            }
            default -> decimal(type, number);
        };
    }

    private static Object whole(BigDecimal number, long least, long most) {
        if (number.abs().compareTo(new BigDecimal("1e20")) >= 0) {
            return new Bad("range");
        }
        if (number.remainder(BigDecimal.ONE).signum() != 0) {
            return new Bad("type");
        }
        boolean inside =
                number.compareTo(BigDecimal.valueOf(least)) >= 0
                        && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        return !inside
                ? new Bad("range")
                : most == Integer.MAX_VALUE ? (Object) number.intValue() : number.longValue();
    }

    private static Object decimal(FieldType type, BigDecimal number) {
        BigDecimal limit = BigDecimal.TEN.pow(type.precision() - type.scale());
        boolean fits =
                number.remainder(BigDecimal.ONE.movePointLeft(type.scale())).signum() == 0
                        && number.abs().compareTo(limit) < 0;
        return fits ? number : new Bad("digits");
    }

    private static Object timestamp(String text) {
        try {
            boolean shaped = text.length() >= 20 && text.charAt(10) == 'T';
            return shaped
                    ? OffsetDateTime.parse(text)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .truncatedTo(ChronoUnit.MICROS)
                    : new Bad("type");
        } catch (DateTimeException wrong) {
            return new Bad("type");
        }
    }

    private static Object date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException wrong) {
            return new Bad("type");
        }
    }

    private static Object uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException wrong) {
            return new Bad("type");
        }
    }

    private static Object items(FieldType type, JsonNode node, boolean coerce) {
        List<Object> values = new ArrayList<>();
        for (JsonNode item : node) {
            Object value =
                    item.isNull()
                            ? new Bad("type")
                            : read(Objects.requireNonNull(type.items()), item, coerce);
            if (value instanceof Bad) {
                return value;
            }
            values.add(value);
        }
        return values;
    }

    /** The value, or why a constraint refuses it. */
    static Object check(FieldSpec field, Object value) {
        var constraints = field.constraints();
        if (value instanceof String text) {
            int length = text.codePointCount(0, text.length());
            Integer least = constraints.minLength();
            Integer most = constraints.maxLength();
            if ((least != null && length < least) || (most != null && length > most)) {
                return new Bad("length");
            }
            String pattern = constraints.pattern();
            if (pattern != null && !Pattern.compile(pattern).matcher(text).find()) {
                return new Bad("pattern");
            }
        }
        if (value instanceof Number) {
            BigDecimal number = new BigDecimal(value.toString());
            BigDecimal least = constraints.minimum();
            BigDecimal most = constraints.maximum();
            if ((least != null && number.compareTo(least) < 0)
                    || (most != null && number.compareTo(most) > 0)) {
                return new Bad("range");
            }
        }
        boolean listed =
                constraints.enumeration().isEmpty()
                        || constraints.enumeration().stream()
                                .anyMatch(each -> each.text().equals(value.toString()));
        return listed ? value : new Bad("enum");
    }

    static @Nullable Object call(String name, List<@Nullable Object> inputs, String field) {
        Object first = inputs.getFirst();
        if (name.equals("copy_field")) {
            return first;
        }
        if (name.equals("coalesce")) {
            return inputs.stream().filter(Objects::nonNull).findFirst().orElse(null);
        }
        if (first == null) {
            return name.contains("optional") ? null : new Bad("transform");
        }
        if (!(first instanceof JsonNode json) || !json.isObject()) {
            return new Bad("transform");
        }
        JsonNode member = json.path(field);
        if (member.isMissingNode() || member.isNull()) {
            return name.contains("optional") ? null : new Bad("transform");
        }
        boolean fits =
                switch (name.substring(name.lastIndexOf('_') + 1)) {
                    case "string" -> member.isTextual();
                    case "int" -> member.isIntegralNumber();
                    case "float" -> member.isNumber();
                    default -> member.isBoolean();
                };
        return fits ? member : new Bad("transform");
    }
}
