package io.nomnom.catalog;

/**
 * A field as declared.
 *
 * @param coerce whether numeric and boolean strings are taken for numbers and booleans
 * @param stored whether the field has a column: structure only where {@code persisted: true}
 */
public record FieldSpec(
        Name name,
        FieldType type,
        String doc,
        Constraints constraints,
        boolean coerce,
        boolean stored,
        ValueSource source) {}
