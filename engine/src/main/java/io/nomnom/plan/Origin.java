package io.nomnom.plan;

/**
 * Where a rule was declared, as {@code file:line}. Takes no part in equality: the same catalog
 * written in another file is the same plan.
 */
public record Origin(String pathAndLine) {

    @Override
    public boolean equals(Object other) {
        return other instanceof Origin;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
