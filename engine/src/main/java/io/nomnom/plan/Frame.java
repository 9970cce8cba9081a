package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entity of one message while it is extracted: its source in the payload and its slots. Used by
 * one thread.
 */
public final class Frame {
    private static final @Nullable Frame[] NONE = {};

    final Extraction extraction;

    /** The parents' frames, in the order of the declaration; null for one that is not there. */
    final @Nullable Frame[] above;

    final JsonNode source;
    final @Nullable Object[] values;

    /** Which item of each list that the entity repeats over, the outermost first. */
    final List<Integer> path;

    private final @Nullable Frame holder;
    private final @Nullable Extractor list;

    private Frame(
            Extraction extraction,
            @Nullable Frame[] above,
            JsonNode source,
            int slots,
            List<Integer> path,
            @Nullable Frame holder,
            @Nullable Extractor list) {
        this.extraction = extraction;
        this.above = above;
        this.source = source;
        this.values = new Object[slots];
        this.path = path;
        this.holder = holder;
        this.list = list;
    }

    /** The entity that is sent. */
    static Frame sent(Extraction extraction, int slots) {
        return new Frame(extraction, NONE, extraction.payload, slots, List.of(), null, null);
    }

    /** A child with the source of its parent; of several, of the one that repeats most. */
    static Frame child(@Nullable Frame[] above, Frame nearest, int slots) {
        return new Frame(
                nearest.extraction, above, nearest.source, slots, nearest.path, nearest, null);
    }

    /** A child for an item of a list field of its parent. */
    static Frame item(Frame parent, Extractor list, int index, JsonNode item, int slots) {
        List<Integer> path = new ArrayList<>(parent.path.size() + 1);
        path.addAll(parent.path);
        path.add(index);
        return new Frame(
                parent.extraction, new @Nullable Frame[] {parent}, item, slots, path, parent, list);
    }

    /** The JSON Pointer of the source; made only when something is wrong. */
    String pointer() {
        if (holder == null) {
            return "";
        }
        if (list == null) {
            return holder.pointer();
        }
        String base = list.pointer(holder);
        return list.isInPayload() ? base + "/" + path.getLast() : base;
    }

    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** The value in a slot; a {@link Fault} where it broke a rule. */
    @Nullable Object value(int slot) {
        return values[slot];
    }
}
