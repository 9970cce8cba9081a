package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entity compiled for one route: where its instances come from and how each is filled.
 *
 * @param parent index of the parent in the route's entities; -1 for the one that is sent
 * @param listSlot the parent's slot that holds the items; -1 for one instance a parent
 * @param fields in declaration order, which is slot order
 * @param order the slots in the order of evaluation
 * @param table where instances are stored; null for transient entities
 * @param keySlots the slots of the unicity fields
 * @param known the payload's keys that are fields; empty where unknown keys are ignored
 */
public record EntityPlan(
        String name,
        int parent,
        int listSlot,
        List<FieldPlan> fields,
        List<Integer> order,
        @Nullable TablePlan table,
        List<Integer> keySlots,
        Set<String> known,
        Origin origin) {

    public EntityPlan {
        fields = List.copyOf(fields);
        order = List.copyOf(order);
        keySlots = List.copyOf(keySlots);
        known = Set.copyOf(known);
    }

    /** The one instance of the entity that is sent. */
    List<Frame> sent(JsonNode payload, OffsetDateTime now, List<FieldError> errors) {
        return List.of(fill(new Frame(null, payload, fields.size(), "", 0), now, errors));
    }

    /** The instances that derive from the parent's, each filled. */
    List<Frame> derive(
            EntityPlan parentPlan,
            List<Frame> parents,
            OffsetDateTime now,
            List<FieldError> errors) {
        List<Frame> frames = new ArrayList<>();
        for (Frame above : parents) {
            if (listSlot < 0) {
                frames.add(fill(new Frame(above, above.source, fields.size(), "", 0), now, errors));
            } else if (above.value(listSlot) instanceof JsonNode list) {
                FieldPlan field = parentPlan.fields().get(listSlot);
                items(above, list, field.extractor().pointer(above), now, errors, frames);
            }
        }
        checkKeys(frames, errors);
        return frames;
    }

    private void items(
            Frame above,
            JsonNode list,
            String pointer,
            OffsetDateTime now,
            List<FieldError> errors,
            List<Frame> frames) {
        String key = pointer.substring(above.pointer().length() + 1);
        for (int i = 0; i < list.size(); i++) {
            JsonNode item = Objects.requireNonNull(list.get(i));
            if (item.isObject()) {
                frames.add(fill(new Frame(above, item, fields.size(), key, i), now, errors));
            } else {
                errors.add(
                        new FieldError(
                                pointer + "/" + i,
                                "type",
                                "expected an object, an item of " + name,
                                origin.pathAndLine()));
            }
        }
    }

    private Frame fill(Frame frame, OffsetDateTime now, List<FieldError> errors) {
        for (int slot : order) {
            fields.get(slot).evaluate(frame, now, errors);
        }
        if (!known.isEmpty()) {
            rejectUnknown(frame, errors);
        }
        for (int slot : keySlots) {
            if ("".equals(frame.values[slot])) {
                FieldPlan field = fields.get(slot);
                errors.add(
                        new FieldError(
                                field.extractor().pointer(frame),
                                "empty_key",
                                "'" + field.name() + "' is part of the key and must not be empty",
                                field.origin().pathAndLine()));
            }
        }
        return frame;
    }

    private void rejectUnknown(Frame frame, List<FieldError> errors) {
        for (var member : frame.source.properties()) {
            if (!known.contains(member.getKey())) {
                errors.add(
                        new FieldError(
                                frame.pointer() + "/" + Frame.escape(member.getKey()),
                                "unknown_field",
                                "is not a field of " + name,
                                origin.pathAndLine()));
            }
        }
    }

    /** Two children of one message with the same key would be one row: refused, never left out. */
    private void checkKeys(List<Frame> frames, List<FieldError> errors) {
        if (keySlots.isEmpty() || frames.size() < 2) {
            return;
        }
        Set<List<@Nullable Object>> seen = new HashSet<>();
        for (Frame frame : frames) {
            List<@Nullable Object> key = new ArrayList<>(keySlots.size());
            for (int slot : keySlots) {
                key.add(frame.values[slot]);
            }
            boolean whole = key.stream().noneMatch(part -> part == null || part instanceof Fault);
            if (whole && !seen.add(key)) {
                errors.add(
                        new FieldError(
                                frame.pointer(),
                                "duplicate_key",
                                "another %s of this message has the same key %s"
                                        .formatted(name, key),
                                origin.pathAndLine()));
            }
        }
    }
}
