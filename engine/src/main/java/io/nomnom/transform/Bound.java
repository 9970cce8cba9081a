package io.nomnom.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nomnom.transform.Transform.Arguments;
import io.nomnom.transform.Transform.Kind;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transform with its constants, ready to be called by all threads. Two are equal where transform
 * and constants are.
 */
public final class Bound {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Transform transform;
    private final Arguments args;
    private final Transform.Call call;

    /**
     * @throws IllegalArgumentException where a constant is of no use
     */
    public Bound(Transform transform, Arguments args) {
        this.transform = transform;
        this.args = args;
        this.call = transform.binding().bind(args);
    }

    public Transform transform() {
        return transform;
    }

    public Arguments args() {
        return args;
    }

    /**
     * The result for these inputs, slot values or JSON.
     *
     * @throws TransformException where there is none
     */
    public @Nullable Object apply(List<@Nullable Object> raw) {
        List<@Nullable Object> inputs = new ArrayList<>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            Object value = Plain.of(raw.get(i));
            if (value == null && !transform.takesNull()) {
                return null;
            }
            inputs.add(value == null ? null : checked(value, transform.input(i)));
        }
        return call.apply(new Inputs(inputs));
    }

    private static Object checked(Object value, Transform.Parameter parameter) {
        boolean fits =
                switch (parameter.kind()) {
                    case ANY, SAME -> true;
                    case STRING -> value instanceof String;
                    case INTEGER -> value instanceof Long;
                    case NUMBER, DECIMAL, FLOAT -> value instanceof Number;
                    case BOOLEAN -> value instanceof Boolean;
                    case DATE -> value instanceof LocalDate;
                    case TIMESTAMP -> value instanceof OffsetDateTime;
                    case TIME -> value instanceof LocalDate || value instanceof OffsetDateTime;
                    case JSON -> true;
                    case LIST ->
                            value instanceof List
                                    || (value instanceof JsonNode node && node.isArray());
                };
        if (!fits) {
            throw new TransformException(
                    "%s must be %s, found %s"
                            .formatted(parameter.name(), parameter.kind().word(), word(value)));
        }
        return parameter.kind() == Kind.JSON && value instanceof String text ? parsed(text) : value;
    }

    private static Object parsed(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            return node == null ? text : node;
        } catch (JsonProcessingException fault) {
            throw new TransformException("the text is not JSON");
        }
    }

    static String word(Object value) {
        return switch (value) {
            case String ignored -> "a string";
            case Boolean ignored -> "a boolean";
            case Long ignored -> "an integer";
            case BigDecimal ignored -> "a decimal";
            case Number ignored -> "a float";
            case LocalDate ignored -> "a date";
            case OffsetDateTime ignored -> "a timestamp";
            case JsonNode node -> node.isArray() ? "a list" : "an object";
            default -> "a list";
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bound that
                && transform.name().equals(that.transform.name())
                && args.equals(that.args);
    }

    @Override
    public int hashCode() {
        return transform.name().hashCode() * 31 + args.hashCode();
    }

    @Override
    public String toString() {
        return transform.name() + args.values();
    }
}
