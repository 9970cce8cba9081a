package io.nomnom.sql;

import io.nomnom.plan.ColumnPlan;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.SchemaStep.Probe;
import io.nomnom.sql.SchemaStep.Risk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The columns of a table that is there: those of the fields, of the system, and others. */
final class ColumnDiff {
    private final TablePlan table;
    private final TableState state;
    private final List<SchemaStep> steps = new ArrayList<>();
    private final List<SchemaStep> missing = new ArrayList<>();

    private ColumnDiff(TablePlan table, TableState state) {
        this.table = table;
        this.state = state;
    }

    static List<SchemaStep> steps(TablePlan table, TableState state) {
        return new ColumnDiff(table, state).steps();
    }

    private List<SchemaStep> steps() {
        Set<String> ours = new HashSet<>();
        for (ColumnPlan column : table.columns()) {
            ours.add(column.name());
            column(column.name(), column.sqlType(), column.nullable());
        }
        if (table.systemColumns()) {
            for (String system : SqlWriter.SYSTEM_COLUMNS) {
                int space = system.indexOf(' ');
                ours.add(system.substring(0, space));
                column(system.substring(0, space), system.substring(space + 1), true);
            }
        }
        if (!table.idColumn().isEmpty()) {
            ours.add(table.idColumn());
            id();
        }
        strangers(ours);
        steps.addAll(missing);
        return steps;
    }

    private void add(String change, Risk risk, boolean needed, String... statements) {
        steps.add(SchemaStep.of(table, change, risk, needed, statements));
    }

    private void column(String name, String type, boolean nullable) {
        String quoted = SqlWriter.quote(name);
        TableState.Column there = state.columns().get(name);
        if (there == null) {
            missing.add(
                    SchemaStep.of(
                            table,
                            "add column %s %s".formatted(name, type),
                            Risk.SAFE,
                            true,
                            SqlWriter.alter(table, "ADD COLUMN " + quoted + " " + type)));
            if (!nullable) {
                missing.add(demand(name));
            }
            return;
        }
        if (!there.type().equals(type)) {
            retype(name, there.type(), type);
        }
        if (nullable && there.required() && !there.filled()) {
            add(
                    "column %s may be null".formatted(name),
                    Risk.SAFE,
                    true,
                    SqlWriter.alter(table, "ALTER COLUMN " + quoted + " DROP NOT NULL"));
        } else if (!nullable && !there.required()) {
            steps.add(demand(name));
        }
    }

    private SchemaStep demand(String name) {
        String quoted = SqlWriter.quote(name);
        return SchemaStep.of(
                        table,
                        "column %s must have a value (the engine sees to it already)"
                                .formatted(name),
                        Risk.LOCKING,
                        false,
                        SqlWriter.alter(table, "ALTER COLUMN " + quoted + " SET NOT NULL"))
                .after(
                        new Probe(
                                new Sql(
                                        "SELECT count(*) FROM %s WHERE %s IS NULL"
                                                .formatted(SqlWriter.quote(table.name()), quoted)),
                                "rows without " + name + ": %d; give them one first"));
    }

    private void retype(String name, String from, String to) {
        ColumnChange change = new ColumnChange(from, to);
        String quoted = SqlWriter.quote(name);
        Risk risk = change.risk();
        String using = risk == Risk.SAFE ? "" : " USING " + quoted + "::" + to;
        Probe probe =
                change.shortens()
                        ? new Probe(
                                new Sql(
                                        "SELECT count(*) FROM %s WHERE length(%s) > %d"
                                                .formatted(
                                                        SqlWriter.quote(table.name()),
                                                        quoted,
                                                        change.length())),
                                "rows with a longer " + name + ": %d; shorten them first")
                        : null;
        steps.add(
                SchemaStep.of(
                                table,
                                "column %s is %s, the catalog says %s".formatted(name, from, to),
                                risk,
                                !change.isWideEnough(),
                                SqlWriter.alter(
                                        table, "ALTER COLUMN " + quoted + " TYPE " + to + using))
                        .after(probe));
    }

    private void id() {
        String name = table.idColumn();
        String quoted = SqlWriter.quote(name);
        TableState.Column there = state.columns().get(name);
        String identity = " GENERATED ALWAYS AS IDENTITY";
        if (there == null) {
            add(
                    "add the generated key %s %s".formatted(name, table.idType()),
                    Risk.LOCKING,
                    true,
                    SqlWriter.alter(
                            table,
                            "ADD COLUMN "
                                    + quoted
                                    + " "
                                    + table.idType()
                                    + identity
                                    + (state.hasPrimaryKey() ? "" : " PRIMARY KEY")));
            return;
        }
        if (!there.type().equals(table.idType())) {
            retype(name, there.type(), table.idType());
        }
        if (!there.filled()) {
            add(
                    "the key %s generates itself".formatted(name),
                    Risk.LOCKING,
                    there.required(),
                    SqlWriter.alter(table, "ALTER COLUMN " + quoted + " SET NOT NULL"),
                    SqlWriter.alter(table, "ALTER COLUMN " + quoted + " ADD" + identity),
                    "SELECT setval(pg_get_serial_sequence('%s', '%s'), coalesce(max(%s), 0) + 1, false) FROM %s"
                            .formatted(
                                    SqlWriter.quote(table.name()).replace("'", "''"),
                                    name.replace("'", "''"),
                                    quoted,
                                    SqlWriter.quote(table.name())));
        }
    }

    /** Columns that the catalog does not name. */
    private void strangers(Set<String> ours) {
        state.columns()
                .forEach((name, column) -> {
                    if (ours.contains(name)) {
                        return;
                    }
                    if (column.required() && !column.filled()) {
                        add(
                                "column %s is required, and the catalog does not fill it"
                                        .formatted(name),
                                Risk.LOSSY,
                                true,
                                SqlWriter.alter(
                                        table,
                                        "ALTER COLUMN "
                                                + SqlWriter.quote(name)
                                                + " DROP NOT NULL"));
                    } else if (!name.startsWith("_")) {
                        add(
                                "column %s %s is not in the catalog%s"
                                        .formatted(name, column.type(), renamed(column)),
                                Risk.NOTE,
                                false);
                    }
                });
    }

    /** A column that is missing beside one too many: often it was renamed in the files. */
    private String renamed(TableState.Column stranger) {
        return table.columns().stream()
                .filter(column -> !state.columns().containsKey(column.name()))
                .filter(column -> column.sqlType().equals(stranger.type()))
                .map(column ->
                        "; if it became %s, rename it first: ALTER TABLE … RENAME COLUMN"
                                .formatted(column.name()))
                .findFirst()
                .orElse("");
    }
}
