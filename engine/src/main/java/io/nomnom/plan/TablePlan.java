package io.nomnom.plan;

import io.nomnom.catalog.PersistenceSpec.OnConflict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that an entity is written to.
 *
 * @param idColumn the generated key column; empty where fields are the primary key, and where the
 *     table belongs to someone else who did not name one
 * @param idType PostgreSQL's type of the generated key
 * @param key the columns of the upsert's conflict target; empty for plain inserts
 * @param keyIsPrimary whether {@link #key} is the primary key rather than a unique constraint
 * @param managed whether the worker may create and extend the table
 * @param systemColumns whether rows carry their message, time and transaction
 * @param orphans how children that a newer parent no longer has are known; null where they stay
 * @param depends the tables whose rows must be there before this one's
 */
public record TablePlan(
        String entity,
        String name,
        String idColumn,
        String idType,
        List<ColumnPlan> columns,
        List<String> key,
        boolean keyIsPrimary,
        OnConflict onConflict,
        List<IndexPlan> indexes,
        List<ForeignKeyPlan> foreignKeys,
        boolean managed,
        boolean systemColumns,
        @Nullable OrphanPlan orphans,
        List<String> depends) {

    public TablePlan {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        depends = List.copyOf(depends);
    }

    /** The column with this name. */
    public ColumnPlan column(String column) {
        return columns.get(position(column));
    }

    /** The place of a column among the columns. */
    public int position(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException(column + " is not a column of " + name);
    }

    /** An index beside those of the key. */
    public record IndexPlan(String name, List<String> columns, boolean unique, String method) {}

    /** A reference; a constraint of the database only where enforced. */
    public record ForeignKeyPlan(
            List<String> columns, String table, List<String> referenced, boolean enforce) {}

    /**
     * The owner of a table's rows.
     *
     * @param columns of this table, in the order of the owner's key
     */
    public record OrphanPlan(String owner, List<String> ownerKey, List<String> columns) {}
}
