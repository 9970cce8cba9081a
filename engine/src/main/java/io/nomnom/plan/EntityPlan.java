package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nomnom.transform.Plain;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entity compiled: how its instances are filled, checked and kept.
 *
 * @param fields in declaration order, which is slot order
 * @param order the slots in the order of evaluation
 * @param existence null where every instance is made
 * @param skipsBad whether a bad instance is left out, rather than the message refused
 * @param needsObject whether an item must be a JSON object, as its keys are read
 * @param table where instances are stored; null for transient entities
 * @param keySlots the slots of the unicity fields
 * @param unknown what happens to keys that no field takes
 */
public record EntityPlan(
        String name,
        List<FieldPlan> fields,
        List<Integer> order,
        List<RulePlan> rules,
        @Nullable ExistencePlan existence,
        boolean skipsBad,
        boolean needsObject,
        @Nullable TablePlan table,
        List<Integer> keySlots,
        UnknownKeys unknown,
        Origin origin) {

    public EntityPlan {
        fields = List.copyOf(fields);
        order = List.copyOf(order);
        rules = List.copyOf(rules);
        keySlots = List.copyOf(keySlots);
    }

    /**
     * What happens to keys of a payload that no field takes.
     *
     * @param keep whether they are kept, in the slot behind the fields; else they refuse the
     *     message, or are left out where {@code known} is empty
     */
    public record UnknownKeys(boolean keep, Set<String> known) {
        public static final UnknownKeys IGNORED = new UnknownKeys(false, Set.of());

        public UnknownKeys {
            known = Set.copyOf(known);
        }
    }

    int slots() {
        return fields.size() + 1;
    }

    /** The one instance of the entity that is sent. */
    List<Frame> sent(Extraction extraction) {
        return filled(List.of(Frame.sent(extraction, slots())));
    }

    /** One instance for each item of a list in a slot of the parents. */
    List<Frame> repeat(List<Frame> parents, FieldPlan listField) {
        List<Frame> frames = new ArrayList<>();
        for (Frame parent : parents) {
            List<JsonNode> items = items(parent.value(listField.slot()));
            for (int i = 0; i < items.size(); i++) {
                JsonNode item = items.get(i);
                Frame frame = Frame.item(parent, listField.extractor(), i, item, slots());
                if (!needsObject || item.isObject()) {
                    frames.add(frame);
                } else {
                    report(
                            parent.extraction,
                            error(frame, "type", "expected an object, an item of " + name));
                }
            }
        }
        return filled(frames);
    }

    /** The items of a list or array field; none where it is at fault. */
    private static List<JsonNode> items(@Nullable Object list) {
        List<JsonNode> items = new ArrayList<>();
        if (list instanceof JsonNode json) {
            json.forEach(items::add);
        } else if (list instanceof List<?> values) {
            values.forEach(
                    value -> items.add(value == null ? NullNode.getInstance() : Plain.json(value)));
        }
        return items;
    }

    private FieldError error(Frame frame, String code, String message) {
        return new FieldError(frame.pointer(), code, message, origin.pathAndLine());
    }

    private void report(Extraction extraction, FieldError error) {
        if (skipsBad) {
            extraction.skip(List.of(error));
        } else {
            extraction.error(error);
        }
    }

    /** Fills the frames; those that need not exist, and bad ones that are left out, are gone. */
    List<Frame> filled(List<Frame> frames) {
        List<Frame> made = new ArrayList<>(frames.size());
        for (Frame frame : frames) {
            if (fill(frame)) {
                made.add(frame);
            }
        }
        return keySlots.isEmpty() || made.size() < 2 ? made : distinct(made);
    }

    private boolean fill(Frame frame) {
        Extraction extraction = frame.extraction;
        if (existence == null && !skipsBad) {
            evaluate(frame, null);
            return true;
        }
        List<FieldError> before = extraction.apart();
        boolean[] given = new boolean[fields.size()];
        evaluate(frame, given);
        List<FieldError> faults = extraction.together(before);
        if (existence != null && !existence.holds(given)) {
            return false;
        }
        if (skipsBad && !faults.isEmpty()) {
            extraction.skip(faults);
            return false;
        }
        faults.forEach(extraction::error);
        return true;
    }

    private void evaluate(Frame frame, boolean @Nullable [] given) {
        for (int slot : order) {
            boolean has = fields.get(slot).evaluate(frame);
            if (given != null) {
                given[slot] = has;
            }
        }
        if (unknown.keep()) {
            frame.values[fields.size()] = extra(frame);
        } else if (!unknown.known().isEmpty()) {
            rejectUnknown(frame);
        }
        for (int slot : keySlots) {
            if ("".equals(frame.values[slot])) {
                FieldPlan field = fields.get(slot);
                frame.extraction.error(
                        new FieldError(
                                field.extractor().pointer(frame),
                                "empty_key",
                                "'" + field.name() + "' is part of the key and must not be empty",
                                field.origin().pathAndLine()));
            }
        }
        for (RulePlan rule : rules) {
            FieldError broken = rule.test(frame);
            if (broken != null) {
                frame.extraction.error(broken);
            }
        }
    }

    private @Nullable Object extra(Frame frame) {
        if (!(frame.source instanceof ObjectNode source)) {
            return null;
        }
        ObjectNode extra = source.objectNode();
        source.properties()
                .forEach(member -> {
                    if (!unknown.known().contains(member.getKey())) {
                        extra.set(member.getKey(), member.getValue());
                    }
                });
        if (extra.isEmpty()) {
            return null;
        }
        Object read = ValueReader.JSON.read(extra);
        if (read instanceof Fault fault) {
            frame.extraction.error(error(frame, fault.code(), fault.message()));
        }
        return read;
    }

    private void rejectUnknown(Frame frame) {
        for (var member : frame.source.properties()) {
            if (!unknown.known().contains(member.getKey())) {
                frame.extraction.error(
                        new FieldError(
                                frame.pointer() + "/" + Frame.escape(member.getKey()),
                                "unknown_field",
                                "is not a field of " + name,
                                origin.pathAndLine()));
            }
        }
    }

    /** Two children of one message with the same key would be one row: refused, never left out. */
    private List<Frame> distinct(List<Frame> frames) {
        Set<List<@Nullable Object>> seen = new HashSet<>();
        List<Frame> kept = new ArrayList<>(frames.size());
        for (Frame frame : frames) {
            List<@Nullable Object> key = new ArrayList<>(keySlots.size());
            for (int slot : keySlots) {
                key.add(frame.values[slot]);
            }
            boolean whole = key.stream().noneMatch(part -> part == null || part instanceof Fault);
            boolean twice = whole && !seen.add(key);
            if (twice) {
                report(
                        frame.extraction,
                        error(
                                frame,
                                "duplicate_key",
                                "another %s of this message has the same key %s"
                                        .formatted(name, key)));
            }
            if (!twice || !skipsBad) {
                kept.add(frame);
            }
        }
        return kept;
    }
}
