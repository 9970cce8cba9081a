package io.nomnom.catalog;

import io.nomnom.yaml.Place;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an entity is stored, as declared: null and empty where nothing is said, so that what it
 * extends can say it.
 *
 * @param place of the declaration
 * @param table null only where another entity that extends this one names it
 * @param primaryKey the generated key column
 * @param unicity the fields of the unique constraint that the upsert aims at; empty for none
 * @param managed false where the table belongs to someone else and is never created or altered
 */
public record PersistenceSpec(
        Place place,
        @Nullable Boolean enabled,
        @Nullable Name table,
        @Nullable PrimaryKey primaryKey,
        List<Name> unicity,
        @Nullable OnConflict onConflict,
        List<Index> indexes,
        List<ForeignKey> foreignKeys,
        @Nullable Boolean systemColumns,
        @Nullable Boolean managed,
        @Nullable Legacy legacy) {

    public PersistenceSpec {
        unicity = List.copyOf(unicity);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** The key where none is declared. */
    public PrimaryKey key() {
        return Objects.requireNonNullElse(
                primaryKey, new PrimaryKey("id", FieldType.of(FieldType.Kind.BIGINT)));
    }

    public boolean isManaged() {
        return managed == null || managed;
    }

    public boolean hasSystemColumns() {
        return systemColumns == null || systemColumns;
    }

    /** What is declared here, and where nothing is, what the base declares. */
    PersistenceSpec over(PersistenceSpec base) {
        return new PersistenceSpec(
                place,
                either(enabled, base.enabled),
                either(table, base.table),
                either(primaryKey, base.primaryKey),
                unicity.isEmpty() ? base.unicity : unicity,
                either(onConflict, base.onConflict),
                indexes.isEmpty() ? base.indexes : indexes,
                foreignKeys.isEmpty() ? base.foreignKeys : foreignKeys,
                either(systemColumns, base.systemColumns),
                either(managed, base.managed),
                either(legacy, base.legacy));
    }

    private static <T> @Nullable T either(@Nullable T own, @Nullable T inherited) {
        return own == null ? inherited : own;
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
    public record Index(Name name, List<Name> fields, boolean unique, String method) {
        public Index {
            fields = List.copyOf(fields);
        }
    }

    /** A reference to another table; only a constraint of the database where enforced. */
    public record ForeignKey(
            List<Name> fields, String table, List<String> columns, boolean enforce, Name written) {
        public ForeignKey {
            fields = List.copyOf(fields);
            columns = List.copyOf(columns);
        }
    }

    /** The table that this one succeeds. */
    public record Legacy(boolean enabled, String table, String idColumn) {}
}
