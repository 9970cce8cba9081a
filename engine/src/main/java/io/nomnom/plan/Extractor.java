package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.transform.Transform;
import io.nomnom.transform.TransformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes a field's raw value out of a frame: a JSON node, a value of another field, null where there
 * is none, or a {@link Fault}. Compiled once, without names to look up; safe for all threads.
 */
public sealed interface Extractor {

    @Nullable Object extract(Frame frame);

    /** Where in the payload the value comes from, for reports. */
    default String pointer(Frame frame) {
        return frame.pointer();
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
    }

    /** A JSON Pointer into the source, its parts unescaped. */
    record ByPath(List<String> parts) implements Extractor {
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
            boolean index = part.matches("0|[1-9][0-9]{0,8}");
            return index ? array.get(Integer.parseInt(part)) : null;
        }

        @Override
        public String pointer(Frame frame) {
            StringBuilder text = new StringBuilder(frame.pointer());
            parts.forEach(part -> text.append('/').append(Frame.escape(part)));
            return text.toString();
        }
    }

    /** A slot of this frame (0 hops) or of the one so many derivations above. */
    record Slot(int hops, int slot) implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            Frame at = frame;
            for (int i = 0; i < hops && at.parent != null; i++) {
                at = at.parent;
            }
            return at.values[slot] instanceof Fault ? Fault.REPORTED : at.values[slot];
        }
    }

    /** A slot, where another slot holds a value; else null. */
    record SlotWhen(Slot value, Slot condition, Object equals) implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            return equals.equals(condition.extract(frame)) ? value.extract(frame) : null;
        }
    }

    /** No value: what the field comes from is not part of the message. */
    record Absent() implements Extractor {
        @Override
        public @Nullable Object extract(Frame frame) {
            return null;
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

    /** A transform over other extractors. */
    record Call(Transform transform, List<Extractor> inputs, Map<String, String> args)
            implements Extractor {
        public Call {
            inputs = List.copyOf(inputs);
            args = Map.copyOf(args);
        }

        @Override
        public @Nullable Object extract(Frame frame) {
            List<@Nullable Object> values = new ArrayList<>(inputs.size());
            for (Extractor input : inputs) {
                Object value = input.extract(frame);
                if (value instanceof Fault fault) {
                    return fault;
                }
                boolean absent = value instanceof JsonNode node && node.isNull();
                values.add(absent ? null : value);
            }
            try {
                return transform.body().apply(values, args);
            } catch (TransformException failure) {
                return new Fault("transform", transform.name() + ": " + failure.getMessage());
            }
        }

        @Override
        public String pointer(Frame frame) {
            String field = args.get("field");
            String base = inputs.isEmpty() ? frame.pointer() : inputs.getFirst().pointer(frame);
            return field == null ? base : base + "/" + Frame.escape(field);
        }
    }
}
