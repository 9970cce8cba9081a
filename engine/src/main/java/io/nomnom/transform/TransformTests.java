package io.nomnom.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.TransformSpec;
import io.nomnom.transform.Transform.Arguments;
import io.nomnom.yaml.Node;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs the tests that transforms of one's own carry. */
public final class TransformTests {
    private TransformTests() {}

    /** Null where the test passes, else what was expected and what came. */
    public static @Nullable String run(
            Transforms transforms, TransformSpec spec, TransformSpec.Test test) {
        Transform transform = Objects.requireNonNull(transforms.find(spec.name().text()));
        List<@Nullable Object> inputs = new ArrayList<>();
        for (TransformSpec.Parameter parameter : spec.parameters()) {
            Node given = test.args().get(parameter.name().text());
            inputs.add(typed(given == null ? null : Plain.of(given), parameter.type()));
        }
        Node wanted = test.expected();
        Object expected = wanted == null ? null : Plain.of(wanted);
        Object given;
        try {
            given = new Bound(transform, new Arguments(Map.of())).apply(inputs);
        } catch (TransformException failure) {
            return "- %s\n+ it fails: %s".formatted(words(expected), failure.getMessage());
        }
        return same(expected, given) ? null : "- %s\n+ %s".formatted(words(expected), words(given));
    }

    /** A value of YAML as a field of the type would hold it. */
    private static @Nullable Object typed(@Nullable Object value, FieldType type) {
        if (value == null) {
            return null;
        }
        try {
            return switch (type.kind()) {
                case DECIMAL -> value instanceof Number ? new BigDecimal(value.toString()) : value;
                case FLOAT -> value instanceof Number n ? (Object) n.doubleValue() : value;
                case DATE -> LocalDate.parse(value.toString());
                case TIMESTAMP ->
                        OffsetDateTime.parse(value.toString())
                                .withOffsetSameInstant(ZoneOffset.UTC);
                case STRING, UUID -> Plain.text(value);
                case JSON, ARRAY, LIST, OBJECT -> Plain.json(value);
                case INTEGER, BIGINT, BOOLEAN -> value;
            };
        } catch (DateTimeException notOne) {
            return value;
        }
    }

    private static boolean same(@Nullable Object expected, @Nullable Object given) {
        if (expected == null || given == null) {
            return Objects.equals(expected, given);
        }
        JsonNode a = Plain.json(expected);
        JsonNode b = Plain.json(given);
        return (a.isNumber() && b.isNumber())
                ? a.decimalValue().compareTo(b.decimalValue()) == 0
                : a.equals(b);
    }

    private static String words(@Nullable Object value) {
        return value == null ? "null" : Plain.json(value).toString();
    }
}
