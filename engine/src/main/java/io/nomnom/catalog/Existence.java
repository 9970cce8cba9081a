package io.nomnom.catalog;

import java.util.List;

/** When an instance is made at all: one of {@code any} and all of {@code all} have a value. */
public record Existence(List<Name> any, List<Name> all) {
    public Existence {
        any = List.copyOf(any);
        all = List.copyOf(all);
    }
}
