package io.nomnom.plan;

import java.util.List;

/**
 * When an instance is made at all.
 *
 * @param any slots of which one must have a value; empty for no such rule
 * @param all slots that must all have a value
 */
public record ExistencePlan(List<Integer> any, List<Integer> all) {
    public ExistencePlan {
        any = List.copyOf(any);
        all = List.copyOf(all);
    }

    boolean holds(boolean[] given) {
        boolean some = any.isEmpty();
        for (int slot : any) {
            some |= given[slot];
        }
        for (int slot : all) {
            some &= given[slot];
        }
        return some;
    }
}
