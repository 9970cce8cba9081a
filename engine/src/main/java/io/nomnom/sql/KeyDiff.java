package io.nomnom.sql;

import io.nomnom.plan.ColumnPlan;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.SchemaStep.Probe;
import io.nomnom.sql.SchemaStep.Risk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a table that is there is unique by, and its indexes; all are built beside the work. */
final class KeyDiff {
    private final TablePlan table;
    private final TableState state;
    private final List<SchemaStep> steps = new ArrayList<>();

    private KeyDiff(TablePlan table, TableState state) {
        this.table = table;
        this.state = state;
    }

    static List<SchemaStep> steps(TablePlan table, TableState state) {
        KeyDiff diff = new KeyDiff(table, state);
        diff.keys();
        diff.indexes();
        return diff.steps;
    }

    private void keys() {
        Set<Set<String>> wanted = new HashSet<>();
        if (!table.key().isEmpty()) {
            wanted.add(Set.copyOf(table.key()));
            unique(SqlWriter.uniqueName(table), table.key());
        }
        for (ColumnPlan column : table.columns()) {
            if (column.unique()) {
                wanted.add(Set.of(column.name()));
                unique(SqlWriter.uniqueName(table, List.of(column.name())), List.of(column.name()));
            }
        }
        for (TableState.Index index : state.indexes()) {
            if (isOurs(index)
                    && !wanted.contains(Set.copyOf(index.columns()))
                    && !index.columns().equals(List.of(table.idColumn()))) {
                String drop = "DROP CONSTRAINT " + SqlWriter.quote(index.constraint());
                steps.add(
                        SchemaStep.of(
                                table,
                                "rows are no longer unique by "
                                        + String.join(", ", index.columns()),
                                Risk.LOSSY,
                                true,
                                SqlWriter.alter(table, drop)));
            }
        }
    }

    private void unique(String name, List<String> columns) {
        if (state.isUniqueBy(columns)) {
            return;
        }
        String quoted = SqlWriter.quote(name);
        String keys = SqlWriter.quoted(columns);
        String from = SqlWriter.quote(table.name());
        List<String> statements = new ArrayList<>();
        if (state.indexes().stream().anyMatch(index -> index.name().equals(name))) {
            statements.add("DROP INDEX CONCURRENTLY " + quoted);
        }
        statements.add(
                "CREATE UNIQUE INDEX CONCURRENTLY %s ON %s (%s)".formatted(quoted, from, keys));
        statements.add(
                SqlWriter.alter(
                        table,
                        "ADD CONSTRAINT %s UNIQUE USING INDEX %s".formatted(quoted, quoted)));
        String present =
                columns.stream()
                        .map(column -> SqlWriter.quote(column) + " IS NOT NULL")
                        .collect(Collectors.joining(" AND "));
        String twice =
                "SELECT %s, count(*) FROM %s WHERE %s GROUP BY %s HAVING count(*) > 1"
                        .formatted(keys, from, present, keys);
        SchemaStep step =
                SchemaStep.of(
                        table,
                        "rows are unique by " + String.join(", ", columns),
                        Risk.SAFE,
                        true,
                        statements.toArray(String[]::new));
        boolean allThere = state.columns().keySet().containsAll(columns);
        Probe probe =
                new Probe(
                        new Sql("SELECT count(*) FROM (" + twice + ") AS twice"),
                        "values that occur more than once: %d; see " + twice);
        steps.add(step.eachAlone().after(allThere ? probe : null));
    }

    /** Whether the engine made the constraint: as a key, or with the column. */
    private boolean isOurs(TableState.Index index) {
        String name = index.constraint();
        String ofColumn = table.name() + "_" + String.join("_", index.columns()) + "_key";
        return name.startsWith("uq_" + table.name() + "_")
                || name.equals(table.name() + "_pkey")
                || name.equals(ofColumn);
    }

    private void indexes() {
        for (TablePlan.IndexPlan wanted : SqlWriter.indexes(table)) {
            TableState.Index there =
                    state.indexes().stream()
                            .filter(index -> index.name().equals(SqlWriter.cut(wanted.name())))
                            .findFirst()
                            .orElse(null);
            if (there == null) {
                steps.add(build("create", wanted));
            } else if (!isSame(there, wanted)) {
                String drop = "DROP INDEX CONCURRENTLY " + SqlWriter.quote(there.name());
                steps.add(build("rebuild", wanted, drop));
            }
        }
    }

    private static boolean isSame(TableState.Index there, TablePlan.IndexPlan wanted) {
        return there.valid()
                && there.plain()
                && there.columns().equals(wanted.columns())
                && there.unique() == wanted.unique()
                && there.method().equals(wanted.method());
    }

    private SchemaStep build(String verb, TablePlan.IndexPlan index, String... before) {
        List<String> statements = new ArrayList<>(List.of(before));
        statements.add(SqlWriter.createIndex(table, index, true).text());
        return SchemaStep.of(
                        table,
                        "%s index %s on %s"
                                .formatted(verb, index.name(), String.join(", ", index.columns())),
                        Risk.SAFE,
                        false,
                        statements.toArray(String[]::new))
                .eachAlone();
    }
}
