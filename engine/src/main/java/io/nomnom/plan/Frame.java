package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * One entity of one message while it is extracted: its source in the payload and its slots. Used by
 * one thread.
 */
public final class Frame {
    final @Nullable Frame parent;
    final JsonNode source;
    final @Nullable Object[] values;
    private final String key;
    private final int index;

    /** A frame whose source is the whole payload, or the parent's source where key is empty. */
    Frame(@Nullable Frame parent, JsonNode source, int slots, String key, int index) {
        this.parent = parent;
        this.source = source;
        this.values = new Object[slots];
        this.key = key;
        this.index = index;
    }

    /** The JSON Pointer of the source; made only when something is wrong. */
    String pointer() {
        String above = parent == null ? "" : parent.pointer();
        return key.isEmpty() ? above : above + "/" + escape(key) + "/" + index;
    }

    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** The value in a slot; a {@link Fault} where it broke a rule. */
    @Nullable Object value(int slot) {
        return values[slot];
    }
}
