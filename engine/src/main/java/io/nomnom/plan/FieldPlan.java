package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.catalog.FieldType.Kind;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field compiled: how its value is taken, read and checked.
 *
 * @param required whether a null is a fault
 * @param defaultValue taken for null; {@link #NOW} for the time of acceptance; null for none
 */
public record FieldPlan(
        String name,
        String column,
        int slot,
        Extractor extractor,
        ValueReader reader,
        List<Check> checks,
        boolean required,
        @Nullable Object defaultValue,
        Origin origin) {

    /** The default {@code now()}. */
    static final String NOW = "now()";

    public FieldPlan {
        checks = List.copyOf(checks);
    }

    /**
     * Fills this field's slot; a broken rule is an error of the extraction.
     *
     * @return whether there was a value to take, before any default
     */
    boolean evaluate(Frame frame) {
        Object raw = extractor.extract(frame);
        Object value = raw;
        if (raw instanceof JsonNode node) {
            value = node.isNull() ? null : reader.read(node);
        } else if (raw instanceof BigDecimal exact) {
            value = reader.fitted(exact);
        }
        boolean given = value != null && !value.equals("") && !isEmptyList(value);
        if (value instanceof Fault fault && fault.code().equals("transform") && !required) {
            value = null;
        }
        if (value == null) {
            value = absent(frame.extraction.now);
        } else if (!(value instanceof Fault)) {
            Fault broken = firstBroken(value);
            value = broken == null ? value : broken;
        }
        if (value instanceof Fault fault && !fault.isReported()) {
            frame.extraction.error(
                    new FieldError(
                            extractor.pointer(frame),
                            fault.code(),
                            fault.code().equals("transform")
                                    ? name + ": " + fault.message()
                                    : fault.message(),
                            origin.pathAndLine()));
        }
        frame.values[slot] = value;
        return given;
    }

    private static boolean isEmptyList(Object value) {
        return (value instanceof JsonNode node && node.isArray() && node.isEmpty())
                || (value instanceof List<?> list && list.isEmpty());
    }

    private @Nullable Object absent(OffsetDateTime now) {
        if (NOW.equals(defaultValue) && reader.type().kind() != Kind.STRING) {
            return reader.type().kind() == Kind.DATE ? now.toLocalDate() : now;
        }
        if (defaultValue != null) {
            return defaultValue;
        }
        String label = extractor.label();
        String why = label.isEmpty() ? "" : ", and " + label + " gives nothing";
        return required ? new Fault("missing", "'" + name + "' is required" + why) : null;
    }

    private @Nullable Fault firstBroken(Object value) {
        for (Check check : checks) {
            Fault fault = check.test(value);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }
}
