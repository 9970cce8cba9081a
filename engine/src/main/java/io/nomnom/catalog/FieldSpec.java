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

    /** The same field as part of the primary key. */
    FieldSpec asPrimaryKey() {
        Constraints was = constraints;
        return new FieldSpec(
                name,
                type,
                doc,
                new Constraints(
                        was.nullable(),
                        was.minLength(),
                        was.maxLength(),
                        was.minimum(),
                        was.maximum(),
                        was.pattern(),
                        was.enumeration(),
                        was.defaultValue(),
                        true,
                        was.indexed(),
                        was.unique(),
                        was.places()),
                coerce,
                sound,
                stored,
                source);
    }

    /** The same field with another source. */
    FieldSpec from(ValueSource other) {
        return new FieldSpec(name, type, doc, constraints, coerce, sound, stored, other);
    }
}
