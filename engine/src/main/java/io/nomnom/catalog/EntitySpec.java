package io.nomnom.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entity as declared, whichever form its file has.
 *
 * @param isAbstract whether it is only there to be extended
 * @param base the entity that it extends; null for none
 * @param existence when an instance is made at all; null for the rule of its kind
 * @param persistence null where nothing is declared; see {@link #stored()}
 */
public record EntitySpec(
        Name name,
        Type type,
        boolean isAbstract,
        @Nullable Name base,
        Map<String, String> labels,
        Map<String, String> annotations,
        IngestSpec ingest,
        @Nullable Derivation derivation,
        @Nullable Existence existence,
        List<RuleSpec> rules,
        List<FieldSpec> fields,
        @Nullable PersistenceSpec persistence) {

    /** What an entity is made from: a message, other entities, or nothing of ours. */
    public enum Type {
        ROOT,
        DERIVED,
        REFERENCE;

        /** What to go on with where the type is at fault. */
        static Type fitting(@Nullable Derivation derivation) {
            return derivation == null ? ROOT : DERIVED;
        }
    }

    public EntitySpec {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        rules = List.copyOf(rules);
        fields = List.copyOf(fields);
    }

    /** With other fields and persistence: what it inherits and its own. */
    EntitySpec with(List<FieldSpec> allFields, @Nullable PersistenceSpec whole) {
        return new EntitySpec(
                name,
                type,
                isAbstract,
                base,
                labels,
                annotations,
                ingest,
                derivation,
                existence,
                rules,
                allFields,
                whole);
    }

    /** With another derivation. */
    EntitySpec madeFrom(Derivation other) {
        return new EntitySpec(
                name,
                type,
                isAbstract,
                base,
                labels,
                annotations,
                ingest,
                other,
                existence,
                rules,
                fields,
                persistence);
    }

    /** How it is stored; null for transient and abstract entities. */
    public @Nullable PersistenceSpec stored() {
        boolean off =
                persistence == null
                        || Boolean.FALSE.equals(persistence.enabled())
                        || persistence.table() == null;
        return off || isAbstract ? null : persistence;
    }

    /** Whether clients may send it by itself: roots, and derived entities that are stored. */
    public boolean ingestible() {
        if (type == Type.REFERENCE || isAbstract) {
            return false;
        }
        Boolean enabled = ingest.enabled();
        return enabled == null ? type == Type.ROOT || stored() != null : enabled;
    }

    /** The field with this name as written, or by its column name. */
    public @Nullable FieldSpec field(String name) {
        for (FieldSpec field : fields) {
            if (field.name().text().equals(name) || field.name().snakeCase().equals(name)) {
                return field;
            }
        }
        return null;
    }
}
