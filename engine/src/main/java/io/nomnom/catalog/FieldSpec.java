package io.nomnom.catalog;

/**
 * A field as declared.
 *
 * @param coerce whether numeric and boolean strings are taken for numbers and booleans
 * @param sound false where its declaration has faults: it is there so that its name resolves, and
 *     what depends on its type is not judged
 * @param stored whether the field has a column: structure only where {@code persisted: true}
 */
public record FieldSpec(
        Name name,
        FieldType type,
        String doc,
        Constraints constraints,
        boolean coerce,
        boolean sound,
        boolean stored,
        ValueSource source) {

    /** A field of which only the name can be used. */
    static FieldSpec unsound(Name name) {
        return new FieldSpec(
                name,
                FieldType.of(FieldType.Kind.JSON),
                "",
                Constraints.NONE,
                false,
                false,
                true,
                new ValueSource.ByName());
    }
}
