package io.nomnom.plan;

import io.nomnom.catalog.PersistenceSpec.OnConflict;
import java.util.List;

/**
 * A table that an entity is written to.
 *
 * @param idColumn the generated key column; empty where fields are the primary key
 * @param idType PostgreSQL's type of the generated key
 * @param key the columns of the upsert's conflict target; empty for plain inserts
 * @param keyIsPrimary whether {@link #key} is the primary key rather than a unique constraint
 * @param managed whether the worker may create and extend the table
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
        List<String> depends) {

    public TablePlan {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        depends = List.copyOf(depends);
    }

    /** An index beside those of the key. */
    public record IndexPlan(String name, List<String> columns, boolean unique, String method) {}

    /** A reference; a constraint of the database only where enforced. */
    public record ForeignKeyPlan(
            List<String> columns, String table, String column, boolean enforce) {}
}
