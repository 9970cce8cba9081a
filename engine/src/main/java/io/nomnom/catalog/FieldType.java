package io.nomnom.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The declared type of a field.
 *
 * @param precision digits of a decimal in all, 0 where unbounded
 * @param scale digits of a decimal behind the point
 * @param items the type of an array's items; null for every other kind
 */
public record FieldType(Kind kind, int precision, int scale, @Nullable FieldType items) {

    /** The kinds of types; LIST and OBJECT are structure to derive from. */
    public enum Kind {
        STRING,
        INTEGER,
        BIGINT,
        FLOAT,
        DECIMAL,
        BOOLEAN,
        TIMESTAMP,
        DATE,
        UUID,
        JSON,
        ARRAY,
        LIST,
        OBJECT;

        /** The name in entity files. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public boolean isNumeric() {
            return this == INTEGER || this == BIGINT || this == FLOAT || this == DECIMAL;
        }

        public boolean isStructure() {
            return this == LIST || this == OBJECT;
        }
    }

    public static FieldType of(Kind kind) {
        return new FieldType(kind, 0, 0, null);
    }

    public static FieldType decimal(int precision, int scale) {
        return new FieldType(Kind.DECIMAL, precision, scale, null);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case DECIMAL -> precision == 0 ? "decimal" : "decimal(" + precision + "," + scale + ")";
            case ARRAY -> "array(" + items + ")";
            default -> kind.word();
        };
    }
}
