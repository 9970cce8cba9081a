package io.nomnom.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a derived entity comes to be.
 *
 * @param parents the entities that it is made from, at least one; the only one with repeatedFor
 * @param repeatedFor the list of the parent whose items it is made for; null for none
 */
public record Derivation(
        List<Parent> parents, @Nullable RepeatedFor repeatedFor, Orphans orphans, OnError onError) {
    public Derivation {
        parents = List.copyOf(parents);
    }

    /**
     * An entity that it is made from.
     *
     * @param alias what sources call it beside its name; null for nothing else
     * @param ancillary whether it may be absent
     */
    public record Parent(Name entity, @Nullable Name alias, boolean ancillary) {

        /** Whether sources mean this parent by the name. */
        public boolean isCalled(String name) {
            return entity.text().equals(name) || (alias != null && alias.text().equals(name));
        }
    }

    /** A list field of the parent; {@code itemName} names its items in sources. */
    public record RepeatedFor(Name field, String itemName) {}

    /** What becomes of children that a newer parent message no longer has. */
    public enum Orphans {
        KEEP,
        DELETE
    }

    /** What becomes of a message with a bad child. */
    public enum OnError {
        REJECT,
        SKIP
    }
}
