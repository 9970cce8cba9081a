package io.nomnom.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The stored ancestor that owns the rows of a derived entity: the farthest one whose whole key the
 * entity copies into stored fields. By it the children are known that a newer parent no longer has.
 *
 * @param owner the ancestor
 * @param fields the entity's fields, in the order of the owner's unicity
 */
public record Ownership(EntitySpec owner, List<FieldSpec> fields) {
    public Ownership {
        fields = List.copyOf(fields);
    }

    /** The owner of an entity; null where it has none. */
    public static @Nullable Ownership of(EntitySpec entity, Catalog catalog) {
        Ownership found = null;
        for (EntitySpec ancestor : catalog.ancestors(entity)) {
            PersistenceSpec stored = ancestor.stored();
            if (stored == null || stored.unicity().isEmpty() || !stored.hasSystemColumns()) {
                continue;
            }
            List<FieldSpec> fields = new ArrayList<>();
            for (Name key : stored.unicity()) {
                for (FieldSpec field : entity.fields()) {
                    if (field.stored() && copies(entity, field, ancestor, key, catalog)) {
                        fields.add(field);
                        break;
                    }
                }
            }
            if (fields.size() == stored.unicity().size()) {
                found = new Ownership(ancestor, fields);
            }
        }
        return found;
    }

    /** Whether the field's value is the owner's, over any number of copies. */
    private static boolean copies(
            EntitySpec entity, FieldSpec field, EntitySpec owner, Name key, Catalog catalog) {
        EntitySpec at = entity;
        FieldSpec each = field;
        Set<String> seen = new HashSet<>();
        while (each != null
                && seen.add(at.name().text() + "." + each.name().text())
                && each.source() instanceof ValueSource.CopyFrom copy
                && copy.when() == null) {
            EntitySpec from = ancestor(at, copy.entity().text(), catalog);
            if (from == null) {
                return false;
            }
            FieldSpec copied = from.field(copy.field().text());
            if (from.equals(owner)) {
                return copied != null && copied.equals(owner.field(key.text()));
            }
            at = from;
            each = copied;
        }
        return false;
    }

    private static @Nullable EntitySpec ancestor(EntitySpec entity, String name, Catalog catalog) {
        Derivation derivation = entity.derivation();
        if (derivation != null) {
            for (Derivation.Parent parent : derivation.parents()) {
                if (parent.isCalled(name)) {
                    return catalog.entity(parent.entity().text());
                }
            }
        }
        return catalog.entity(name);
    }
}
