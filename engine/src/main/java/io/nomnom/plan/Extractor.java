package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.transform.Bound;
import io.nomnom.transform.Plain;
import io.nomnom.transform.TransformException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a field's raw value out of a frame: a JSON node, a value of another field, null where there
 * is none, or a {@link Fault}. Compiled once, without names to look up; safe for all threads.
 */
public interface Extractor {

    @Nullable Object extract(Frame frame);

    /** Where in the payload the value comes from, for reports. */
    default String pointer(Frame frame) {
        return frame.pointer();
    }

    /** Whether {@link #pointer} is the value's own place. */
    default boolean isInPayload() {
        return false;
    }

    /** What computes the value, for reports; empty where nothing does. */
    default String label() {
        return "";
    }

    /** A key of the source object by either spelling; the first is as the entity file writes it. */
    record ByName(String name, String other) implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            JsonNode found = frame.source.get(name);
            if (name.equals(other)) {
                return found;
            }
            JsonNode second = frame.source.get(other);
            if (found != null && second != null) {
                return new Fault("type", "both '%s' and '%s' are given".formatted(name, other));
            }
            return found == null ? second : found;
        }

        @Override
        public String pointer(Frame frame) {
            boolean second = !frame.source.has(name) && frame.source.has(other);
            return frame.pointer() + "/" + Frame.escape(second ? other : name);
        }

        @Override
        public boolean isInPayload() {
            return true;
        }
    }

    /** A JSON Pointer into the source, its parts unescaped. */
    record ByPath(List<String> parts) implements Extractor {
        private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

        public ByPath {
            parts = List.copyOf(parts);
        }

        @Override
        public @Nullable Object extract(Frame frame) {
            JsonNode node = frame.source;
            for (String part : parts) {
                node = node.isArray() ? item(node, part) : node.get(part);
                if (node == null) {
                    return null;
                }
            }
            return node;
        }

        private static @Nullable JsonNode item(JsonNode array, String part) {
            boolean index = INDEX.matcher(part).matches();
            return index ? array.get(Integer.parseInt(part)) : null;
        }

        @Override
        public String pointer(Frame frame) {
            StringBuilder text = new StringBuilder(frame.pointer());
            parts.forEach(part -> text.append('/').append(Frame.escape(part)));
            return text.toString();
        }

        @Override
        public boolean isInPayload() {
            return true;
        }
    }

    /** A slot of this frame. */
    record Slot(int slot) implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            Object value = frame.values[slot];
            return value instanceof Fault ? Fault.REPORTED : value;
        }
    }

    /** What another extractor gives in the frame of a parent; null where that is not there. */
    record Above(int parent, Extractor inner) implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            Frame above = parent < frame.above.length ? frame.above[parent] : null;
            return above == null ? null : inner.extract(above);
        }
    }

    /** A value, where another is a constant; else null. */
    record When(Extractor value, Extractor condition, Object equals) implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            return equals.equals(condition.extract(frame)) ? value.extract(frame) : null;
        }
    }

    /** An integer as a value of a wider type. */
    record Widened(Extractor value) implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            Object found = value.extract(frame);
            return found == null || found instanceof Fault ? found : Plain.json(found);
        }
    }

    /** The source itself: the item of a repeated entity. */
    record Item() implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            return frame.source;
        }
    }

    /** A constant of the field's own type. */
    record Constant(Object value) implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            return value;
        }
    }

    /**
     * A transform over other extractors.
     *
     * @param label the transform with the names of its inputs
     */
    record Call(Bound bound, List<Extractor> inputs, String label) implements Extractor {
        public Call {
            inputs = List.copyOf(inputs);
        }

        @Override
        public @Nullable Object extract(Frame frame) {
            List<@Nullable Object> values = new ArrayList<>(inputs.size());
            for (Extractor input : inputs) {
                Object value = input.extract(frame);
                if (value instanceof Fault fault) {
                    return fault;
                }
                values.add(value);
            }
            try {
                Object result = bound.apply(values);
                return result == null ? null : Plain.json(result);
            } catch (TransformException failure) {
                return new Fault("transform", label + ": " + failure.getMessage());
            }
        }

        @Override
        public String pointer(Frame frame) {
            String base = inputs.isEmpty() ? frame.pointer() : inputs.getFirst().pointer(frame);
            boolean member = bound.transform().name().startsWith("json_get_");
            return member ? base + "/" + Frame.escape(bound.args().text("field")) : base;
        }
    }
}
