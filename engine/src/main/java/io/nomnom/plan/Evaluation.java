package io.nomnom.plan;

import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.transform.Expression;
import io.nomnom.transform.Plain;
import io.nomnom.transform.TransformException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CEL expression over a frame: the value of a field, or a condition.
 *
 * @param variables what it reads, and where that is
 * @param type what the result becomes; decimals are rounded half up to its scale
 */
public record Evaluation(Expression expression, List<Variable> variables, FieldType type)
        implements Extractor {
    public Evaluation {
        variables = List.copyOf(variables);
    }

    /** A variable of an expression. */
    public sealed interface Variable {
        String name();

        /** One value. */
        record Value(String name, Extractor extractor) implements Variable {}

        /** The fields of an entity that the expression reads. */
        record Entity(String name, Map<String, Extractor> fields) implements Variable {
            public Entity {
                fields = Map.copyOf(fields);
            }
        }
    }

    @Override
    public String label() {
        return "the expression";
    }

    @Override
    public @Nullable Object extract(Frame frame) {
        Map<String, Object> values = new HashMap<>();
        for (Variable variable : variables) {
            Object value =
                    switch (variable) {
                        case Variable.Value one -> one.extractor().extract(frame);
                        case Variable.Entity entity -> fields(entity, frame);
                    };
            if (value instanceof Fault) {
                return Fault.REPORTED;
            }
            values.put(
                    variable.name(),
                    variable instanceof Variable.Value ? Expression.value(value) : own(value));
        }
        try {
            Object result = expression.evaluate(values);
            return result == null ? null : Plain.json(fitted(result));
        } catch (TransformException failure) {
            return new Fault("transform", "the expression: " + failure.getMessage());
        }
    }

    private static Object own(@Nullable Object value) {
        return value == null ? Map.of() : value;
    }

    private static Object fields(Variable.Entity entity, Frame frame) {
        Map<String, Object> values = new HashMap<>();
        for (Map.Entry<String, Extractor> field : entity.fields().entrySet()) {
            Object value = field.getValue().extract(frame);
            if (value instanceof Fault) {
                return value;
            }
            values.put(field.getKey(), Expression.value(value));
        }
        return values;
    }

    private Object fitted(Object result) {
        if (type.kind() == Kind.DECIMAL && type.precision() > 0 && result instanceof Number) {
            BigDecimal exact =
                    result instanceof BigDecimal decimal
                            ? decimal
                            : new BigDecimal(result.toString());
            return exact.scale() > type.scale()
                    ? exact.setScale(type.scale(), RoundingMode.HALF_UP)
                    : exact;
        }
        return type.kind() == Kind.DATE && result instanceof OffsetDateTime time
                ? time.toLocalDate()
                : result;
    }
}
