package io.nomnom.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table as the database has it.
 *
 * @param isTable false for a view or anything else of that name
 * @param columns by name, in the table's order
 */
public record TableState(
        String name,
        boolean isTable,
        Map<String, Column> columns,
        List<Index> indexes,
        List<ForeignKey> foreignKeys) {
    public TableState {
        columns = new LinkedHashMap<>(columns);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /**
     * A column.
     *
     * @param type as {@code format_type} prints it
     * @param filled whether the database gives a value by itself
     */
    public record Column(String type, boolean required, boolean filled) {}

    /**
     * An index on plain columns.
     *
     * @param constraint the constraint that it serves; empty where there is none
     * @param valid false where a concurrent build was cut off
     * @param plain false for partial indexes and indexes on expressions
     */
    public record Index(
            String name,
            List<String> columns,
            boolean unique,
            boolean primary,
            String method,
            String constraint,
            boolean valid,
            boolean plain) {}

    /** A foreign key; not validated where rows of before were never looked at. */
    public record ForeignKey(
            String name,
            List<String> columns,
            String table,
            List<String> referenced,
            boolean validated) {}

    /** Whether rows are kept unique by exactly these columns. */
    boolean isUniqueBy(List<String> key) {
        return indexes.stream()
                .anyMatch(index ->
                        index.unique()
                                && index.valid()
                                && index.plain()
                                && Set.copyOf(index.columns()).equals(Set.copyOf(key)));
    }

    boolean hasPrimaryKey() {
        return indexes.stream().anyMatch(Index::primary);
    }
}
