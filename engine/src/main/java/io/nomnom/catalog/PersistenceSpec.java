package io.nomnom.catalog;

import java.util.List;

/**
 * How an entity is stored.
 *
 * @param primaryKey the generated key column
 * @param unicity the fields of the unique constraint that the upsert aims at; empty for none
 * @param managed false where the table belongs to someone else and is never created or altered
 */
public record PersistenceSpec(
        Name table,
        PrimaryKey primaryKey,
        List<Name> unicity,
        OnConflict onConflict,
        List<Index> indexes,
        List<ForeignKey> foreignKeys,
        boolean managed) {

    public PersistenceSpec {
        unicity = List.copyOf(unicity);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** What an upsert does with a row that is already there. */
    public enum OnConflict {
        UPDATE,
        IGNORE,
        ERROR
    }

    /** The key column that the database generates. */
    public record PrimaryKey(String column, FieldType type) {}

    /** A further index. */
    public record Index(Name name, List<Name> fields, boolean unique, String method) {}

    /** A reference to another table; only a constraint of the database where enforced. */
    public record ForeignKey(
            List<Name> fields, String table, String column, boolean enforce, Name written) {}
}
