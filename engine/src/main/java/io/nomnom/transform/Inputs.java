package io.nomnom.transform;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a transform is called with. Those that do not take null find none. */
public record Inputs(List<@Nullable Object> values) {

    /** The first input. */
    Object first() {
        return Objects.requireNonNull(values.getFirst());
    }

    /** The first input, a text. */
    String text() {
        return (String) first();
    }

    /** The input in this place. */
    @Nullable Object at(int index) {
        return values.get(index);
    }
}
