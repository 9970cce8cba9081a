package io.nomnom.sql;

import io.nomnom.catalog.EntitySpec;
import io.nomnom.plan.ColumnPlan;
import io.nomnom.plan.Plan;
import io.nomnom.plan.TablePlan;
import io.nomnom.plan.TablePlan.ForeignKeyPlan;
import io.nomnom.sql.SchemaStep.Probe;
import io.nomnom.sql.SchemaStep.Risk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way from the database to the catalog, in steps. Nothing is renamed, and no column or table is
 * dropped: what the catalog does not name stays.
 */
public final class SchemaDiff {
    private final TablePlan table;
    private final TableState state;
    private final List<SchemaStep> steps = new ArrayList<>();
    private final List<SchemaStep> missing = new ArrayList<>();

    private SchemaDiff(TablePlan table, TableState state) {
        this.table = table;
        this.state = state;
    }

    /**
     * The steps in the order of their running; empty where all fits.
     *
     * @param found the tables that are there, by name
     */
    public static List<SchemaStep> between(Plan plan, Map<String, TableState> found) {
        List<SchemaStep> steps = new ArrayList<>();
        List<SchemaStep> foreignKeys = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            TableState state = found.get(table.name());
            if (table.managed()) {
                if (state == null) {
                    steps.add(create(table));
                } else if (state.isTable()) {
                    steps.addAll(new SchemaDiff(table, state).managed());
                } else {
                    steps.add(manual(table, "a view or something else has this name", true));
                }
                foreignKeys.addAll(foreignKeys(table, state));
            } else if (!isReference(plan, table)) {
                steps.addAll(unmanaged(table, state));
            }
        }
        steps.addAll(foreignKeys);
        return steps;
    }

    /** Whether the data is owned elsewhere and never written. */
    private static boolean isReference(Plan plan, TablePlan table) {
        EntitySpec entity = plan.catalog().entity(table.entity());
        return entity != null && entity.type() == EntitySpec.Type.REFERENCE;
    }

    private static SchemaStep manual(TablePlan table, String what, boolean needed) {
        return new SchemaStep(table.name(), what, Risk.MANUAL, needed, List.of(), false, null);
    }

    private static SchemaStep create(TablePlan table) {
        List<Sql> statements = new ArrayList<>();
        statements.add(SqlWriter.createTable(table));
        SqlWriter.indexes(table)
                .forEach(index -> statements.add(SqlWriter.createIndex(table, index, false)));
        return new SchemaStep(
                table.name(), "create table", Risk.SAFE, true, statements, false, null);
    }

    /** The table of someone else: only what keeps rows from being written is told. */
    private static List<SchemaStep> unmanaged(TablePlan table, @Nullable TableState state) {
        if (state == null) {
            return List.of(
                    manual(
                            table,
                            "the table is not there; it is not managed, so its owner makes it",
                            false));
        }
        List<SchemaStep> told = new ArrayList<>();
        for (ColumnPlan column : table.columns()) {
            TableState.Column there = state.columns().get(column.name());
            if (there == null) {
                told.add(
                        manual(
                                table,
                                "column %s %s is not there; the table is not managed"
                                        .formatted(column.name(), column.sqlType()),
                                false));
            } else if (!there.type().equals(column.sqlType())
                    && !new ColumnChange(there.type(), column.sqlType()).isWideEnough()) {
                told.add(
                        manual(
                                table,
                                "column %s is %s, the catalog says %s; the table is not managed"
                                        .formatted(column.name(), there.type(), column.sqlType()),
                                false));
            }
        }
        if (!table.key().isEmpty() && !state.isUniqueBy(table.key())) {
            told.add(
                    manual(
                            table,
                            "no unique constraint on %s, which upserts aim at"
                                    .formatted(String.join(", ", table.key())),
                            false));
        }
        return told;
    }

    private List<SchemaStep> managed() {
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
        keys();
        indexes();
        return steps;
    }

    private void add(String change, Risk risk, boolean needed, String... statements) {
        steps.add(step(change, risk, needed, null, statements));
    }

    private SchemaStep step(
            String change, Risk risk, boolean needed, @Nullable Probe probe, String... statements) {
        return new SchemaStep(table.name(), change, risk, needed, sql(statements), false, probe);
    }

    private static List<Sql> sql(String... statements) {
        return List.of(statements).stream().map(Sql::new).toList();
    }

    private String alter(String rest) {
        return "ALTER TABLE " + SqlWriter.quote(table.name()) + " " + rest;
    }

    private void column(String name, String type, boolean nullable) {
        String quoted = SqlWriter.quote(name);
        TableState.Column there = state.columns().get(name);
        if (there == null) {
            missing.add(
                    step(
                            "add column %s %s".formatted(name, type),
                            Risk.SAFE,
                            true,
                            null,
                            alter("ADD COLUMN " + quoted + " " + type)));
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
                    alter("ALTER COLUMN " + quoted + " DROP NOT NULL"));
        } else if (!nullable && !there.required()) {
            steps.add(demand(name));
        }
    }

    private SchemaStep demand(String name) {
        String quoted = SqlWriter.quote(name);
        return step(
                "column %s must have a value (the engine sees to it already)".formatted(name),
                Risk.LOCKING,
                false,
                new Probe(
                        new Sql(
                                "SELECT count(*) FROM %s WHERE %s IS NULL"
                                        .formatted(SqlWriter.quote(table.name()), quoted)),
                        "rows without " + name + ": %d; give them one first"),
                alter("ALTER COLUMN " + quoted + " SET NOT NULL"));
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
                step(
                        "column %s is %s, the catalog says %s".formatted(name, from, to),
                        risk,
                        !change.isWideEnough(),
                        probe,
                        alter("ALTER COLUMN " + quoted + " TYPE " + to + using)));
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
                    alter(
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
                    alter("ALTER COLUMN " + quoted + " SET NOT NULL"),
                    alter("ALTER COLUMN " + quoted + " ADD" + identity),
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
                                alter("ALTER COLUMN " + SqlWriter.quote(name) + " DROP NOT NULL"));
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
            boolean ours =
                    index.constraint().startsWith("uq_" + table.name() + "_")
                            || index.constraint().equals(table.name() + "_pkey");
            if (ours
                    && !wanted.contains(Set.copyOf(index.columns()))
                    && !index.columns().equals(List.of(table.idColumn()))) {
                add(
                        "rows are no longer unique by " + String.join(", ", index.columns()),
                        Risk.LOSSY,
                        true,
                        alter("DROP CONSTRAINT " + SqlWriter.quote(index.constraint())));
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
        statements.add(alter("ADD CONSTRAINT %s UNIQUE USING INDEX %s".formatted(quoted, quoted)));
        String present =
                columns.stream()
                        .map(column -> SqlWriter.quote(column) + " IS NOT NULL")
                        .collect(Collectors.joining(" AND "));
        String twice =
                "SELECT %s, count(*) FROM %s WHERE %s GROUP BY %s HAVING count(*) > 1"
                        .formatted(keys, from, present, keys);
        boolean allThere = state.columns().keySet().containsAll(columns);
        steps.add(
                new SchemaStep(
                        table.name(),
                        "rows are unique by " + String.join(", ", columns),
                        Risk.SAFE,
                        true,
                        sql(statements.toArray(String[]::new)),
                        true,
                        allThere
                                ? new Probe(
                                        new Sql("SELECT count(*) FROM (" + twice + ") AS twice"),
                                        "values that occur more than once: %d; see " + twice)
                                : null));
    }

    private void indexes() {
        for (TablePlan.IndexPlan wanted : SqlWriter.indexes(table)) {
            TableState.Index there =
                    state.indexes().stream()
                            .filter(index -> index.name().equals(SqlWriter.cut(wanted.name())))
                            .findFirst()
                            .orElse(null);
            if (there == null) {
                steps.add(build("create", wanted, List.of()));
            } else if (!isSame(there, wanted)) {
                Sql drop = new Sql("DROP INDEX CONCURRENTLY " + SqlWriter.quote(there.name()));
                steps.add(build("rebuild", wanted, List.of(drop)));
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

    private SchemaStep build(String verb, TablePlan.IndexPlan index, List<Sql> before) {
        List<Sql> statements = new ArrayList<>(before);
        statements.add(SqlWriter.createIndex(table, index, true));
        return new SchemaStep(
                table.name(),
                "%s index %s on %s"
                        .formatted(verb, index.name(), String.join(", ", index.columns())),
                Risk.SAFE,
                false,
                statements,
                true,
                null);
    }

    private static List<SchemaStep> foreignKeys(TablePlan table, @Nullable TableState state) {
        List<SchemaStep> steps = new ArrayList<>();
        List<TableState.ForeignKey> there = state == null ? List.of() : state.foreignKeys();
        Set<String> wanted = new HashSet<>();
        for (ForeignKeyPlan key : table.foreignKeys()) {
            if (!key.enforce()) {
                continue;
            }
            String name = SqlWriter.foreignKeyName(table, key);
            wanted.add(name);
            TableState.ForeignKey same =
                    there.stream().filter(each -> isSame(each, key)).findFirst().orElse(null);
            if (same == null || !same.validated()) {
                steps.add(reference(table, key, same == null ? name : same.name(), same == null));
            }
        }
        for (TableState.ForeignKey key : there) {
            boolean ours = key.name().startsWith("fk_" + table.name() + "_");
            if (ours && !wanted.contains(key.name())) {
                steps.add(
                        new SchemaStep(
                                table.name(),
                                "%s need not be in %s any more"
                                        .formatted(String.join(", ", key.columns()), key.table()),
                                Risk.LOSSY,
                                true,
                                sql(
                                        "ALTER TABLE %s DROP CONSTRAINT %s"
                                                .formatted(
                                                        SqlWriter.quote(table.name()),
                                                        SqlWriter.quote(key.name()))),
                                false,
                                null));
            }
        }
        return steps;
    }

    private static boolean isSame(TableState.ForeignKey there, ForeignKeyPlan key) {
        return there.columns().equals(key.columns())
                && there.table().equals(key.table())
                && there.referenced().equals(key.referenced());
    }

    private static SchemaStep reference(
            TablePlan table, ForeignKeyPlan key, String name, boolean add) {
        String from = SqlWriter.quote(table.name());
        List<String> statements = new ArrayList<>();
        if (add) {
            statements.add(
                    "ALTER TABLE %s ADD CONSTRAINT %s %s NOT VALID"
                            .formatted(from, SqlWriter.quote(name), SqlWriter.foreignKey(key)));
        }
        statements.add(
                "ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(from, SqlWriter.quote(name)));
        return new SchemaStep(
                table.name(),
                "%s must be in %s (%s)"
                        .formatted(
                                String.join(", ", key.columns()),
                                key.table(),
                                String.join(", ", key.referenced())),
                Risk.SAFE,
                false,
                sql(statements.toArray(String[]::new)),
                true,
                null);
    }
}
