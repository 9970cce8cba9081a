package io.nomnom.catalog;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entity as declared, whichever form its file has.
 *
 * @param ingestEnabled whether it may be sent by itself; null for the default of its type
 * @param rejectsUnknown whether a payload's unknown keys refuse the message
 */
public record EntitySpec(
        Name name,
        Type type,
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable Boolean ingestEnabled,
        boolean rejectsUnknown,
        @Nullable Derivation derivation,
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
        fields = List.copyOf(fields);
    }

    /** Whether clients may send it by itself: roots, and derived entities that are stored. */
    public boolean ingestible() {
        if (type == Type.REFERENCE) {
            return false;
        }
        if (ingestEnabled != null) {
            return ingestEnabled;
        }
        return type == Type.ROOT || persistence != null;
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
