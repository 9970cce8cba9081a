package io.nomnom.sql;

import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.plan.ColumnPlan;
import io.nomnom.plan.TablePlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the statements of entity tables from their plans. */
public final class SqlWriter {
    /** What the engine adds to every row, with its types. */
    public static final List<String> SYSTEM_COLUMNS =
            List.of(
                    "_message_id uuid",
                    "_seq bigint",
                    "_ingested_at timestamp with time zone",
                    "_updated_at timestamp with time zone",
                    "_xid xid8");

    private SqlWriter() {}

    /** The one place where identifiers are quoted. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    static String quoted(List<String> identifiers) {
        return identifiers.stream().map(SqlWriter::quote).collect(Collectors.joining(", "));
    }

    /**
     * Writes a batch of rows. Parameters are arrays, one a column, then message ids, sequences and
     * times; returns the message id of each row that was written. A row that is newer in the table
     * stays. Without system columns the last three parameters are not there, nothing is returned,
     * and the last write wins.
     */
    public static Sql upsert(TablePlan table) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        List<String> parameters = new ArrayList<>();
        for (ColumnPlan column : table.columns()) {
            names.add(quote(column.name()));
            values.add("u.c" + names.size() + cast(column));
            parameters.add("$" + names.size() + "::" + parameterType(column) + "[]");
        }
        int n = names.size();
        if (!table.systemColumns()) {
            return new Sql(
                    "INSERT INTO %s AS t (%s) SELECT %s FROM unnest(%s) AS u(%s)%s"
                            .formatted(
                                    quote(table.name()),
                                    String.join(", ", names),
                                    String.join(", ", values),
                                    String.join(", ", parameters),
                                    String.join(", ", aliases(n)),
                                    conflict(table)));
        }
        return new Sql(
                "INSERT INTO "
                        + quote(table.name())
                        + " AS t ("
                        + join(names, "_message_id, _seq, _ingested_at, _updated_at, _xid")
                        + ") SELECT "
                        + join(values, "u.m, u.s, u.i, now(), pg_current_xact_id()")
                        + " FROM unnest("
                        + join(
                                parameters,
                                "$%d::uuid[], $%d::bigint[], $%d::timestamptz[]"
                                        .formatted(n + 1, n + 2, n + 3))
                        + ") AS u("
                        + join(aliases(n), "m, s, i")
                        + ")"
                        + conflict(table)
                        + " RETURNING _message_id");
    }

    /** A row as a statement to read: values are literals, system columns are left out. */
    public static Sql insertOf(TablePlan table, @Nullable Object[] row) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < row.length; i++) {
            names.add(quote(table.columns().get(i).name()));
            values.add(literal(row[i]));
        }
        return new Sql(
                "INSERT INTO %s (%s) VALUES (%s)"
                        .formatted(
                                quote(table.name()),
                                String.join(", ", names),
                                String.join(", ", values)));
    }

    private static String literal(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case Boolean flag -> flag.toString();
            case BigDecimal number -> number.toPlainString();
            case Number number -> number.toString();
            case List<?> items ->
                    items.stream()
                            .map(SqlWriter::literal)
                            .collect(Collectors.joining(", ", "ARRAY[", "]"));
            default -> "'" + value.toString().replace("'", "''") + "'";
        };
    }

    private static String join(List<String> parts, String last) {
        return parts.isEmpty() ? last : String.join(", ", parts) + ", " + last;
    }

    private static List<String> aliases(int count) {
        List<String> aliases = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            aliases.add("c" + i);
        }
        return aliases;
    }

    private static String conflict(TablePlan table) {
        if (table.key().isEmpty()) {
            return "";
        }
        String target = " ON CONFLICT (" + quoted(table.key()) + ")";
        return switch (table.onConflict()) {
            case ERROR -> "";
            case IGNORE -> target + " DO NOTHING";
            case UPDATE -> {
                List<String> sets = new ArrayList<>();
                for (ColumnPlan column : table.columns()) {
                    if (!table.key().contains(column.name())) {
                        sets.add(quote(column.name()) + " = excluded." + quote(column.name()));
                    }
                }
                if (!table.systemColumns()) {
                    yield target
                            + (sets.isEmpty()
                                    ? " DO NOTHING"
                                    : " DO UPDATE SET " + String.join(", ", sets));
                }
                for (String name :
                        List.of("_message_id", "_seq", "_ingested_at", "_updated_at", "_xid")) {
                    sets.add(name + " = excluded." + name);
                }
                yield target
                        + " DO UPDATE SET "
                        + String.join(", ", sets)
                        + " WHERE t._ingested_at IS NULL OR (t._ingested_at, t._seq)"
                        + " <= (excluded._ingested_at, excluded._seq)";
            }
        };
    }

    /** The element type of a column's parameter; what has no array of its own goes as text. */
    public static String parameterType(ColumnPlan column) {
        return switch (column.type().kind()) {
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case FLOAT -> "double precision";
            case BOOLEAN -> "boolean";
            case TIMESTAMP -> "timestamptz";
            case DATE -> "date";
            case UUID -> "uuid";
            case STRING, DECIMAL, JSON, ARRAY, LIST, OBJECT -> "text";
        };
    }

    private static String cast(ColumnPlan column) {
        boolean asText =
                parameterType(column).equals("text") && column.type().kind() != Kind.STRING;
        return asText ? "::" + column.sqlType() : "";
    }

    /** The beginning of a statement that changes the table, and the rest. */
    static String alter(TablePlan table, String rest) {
        return "ALTER TABLE " + quote(table.name()) + " " + rest;
    }

    /** Makes the table with its key, its unique constraint and its system columns. */
    public static Sql createTable(TablePlan table) {
        List<String> parts = new ArrayList<>();
        if (!table.idColumn().isEmpty()) {
            parts.add(
                    quote(table.idColumn())
                            + " "
                            + table.idType()
                            + " GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
        }
        for (ColumnPlan column : table.columns()) {
            parts.add(
                    quote(column.name())
                            + " "
                            + column.sqlType()
                            + (column.nullable() ? "" : " NOT NULL")
                            + (column.unique() ? " UNIQUE" : ""));
        }
        if (table.systemColumns()) {
            parts.addAll(SYSTEM_COLUMNS);
        }
        if (!table.key().isEmpty()) {
            parts.add(
                    table.keyIsPrimary()
                            ? "PRIMARY KEY (" + quoted(table.key()) + ")"
                            : "CONSTRAINT %s UNIQUE (%s)"
                                    .formatted(quote(uniqueName(table)), quoted(table.key())));
        }
        return new Sql(
                "CREATE TABLE "
                        + quote(table.name())
                        + " (\n  "
                        + String.join(",\n  ", parts)
                        + "\n)");
    }

    static String foreignKey(TablePlan.ForeignKeyPlan key) {
        return "FOREIGN KEY (%s) REFERENCES %s (%s)"
                .formatted(quoted(key.columns()), quote(key.table()), quoted(key.referenced()));
    }

    /** The name of a constraint of the table. */
    public static String foreignKeyName(TablePlan table, TablePlan.ForeignKeyPlan key) {
        return cut("fk_" + table.name() + "_" + String.join("_", key.columns()));
    }

    /** The name of the unique constraint that upserts aim at. */
    public static String uniqueName(TablePlan table) {
        return uniqueName(table, table.key());
    }

    static String uniqueName(TablePlan table, List<String> columns) {
        return cut("uq_" + table.name() + "_" + String.join("_", columns));
    }

    /** A name as PostgreSQL can hold it: long ones keep their beginning. */
    public static String cut(String name) {
        return name.length() <= 63
                ? name
                : name.substring(0, 54) + "_" + Integer.toHexString(name.hashCode());
    }

    /**
     * Removes rows whose owner is newer: children that its newest message no longer has. Parameters
     * are arrays, one a column of the owner's key.
     */
    public static Sql deleteOrphans(TablePlan table, TablePlan.OrphanPlan orphans) {
        List<String> parameters = new ArrayList<>();
        List<String> aliases = new ArrayList<>();
        List<String> owner = new ArrayList<>();
        List<String> children = new ArrayList<>();
        for (int i = 0; i < orphans.columns().size(); i++) {
            String column = orphans.columns().get(i);
            ColumnPlan plan = table.column(column);
            String key = "u.k" + i + cast(plan);
            aliases.add("k" + i);
            parameters.add("$" + (i + 1) + "::" + parameterType(plan) + "[]");
            owner.add("p." + quote(orphans.ownerKey().get(i)) + " = " + key);
            children.add("t." + quote(column) + " = " + key);
        }
        return new Sql(
                "DELETE FROM %s AS t USING unnest(%s) AS u(%s), %s AS p WHERE %s AND %s"
                                .formatted(
                                        quote(table.name()),
                                        String.join(", ", parameters),
                                        String.join(", ", aliases),
                                        quote(orphans.owner()),
                                        String.join(" AND ", owner),
                                        String.join(" AND ", children))
                        + " AND (t._ingested_at, t._seq) < (p._ingested_at, p._seq)");
    }

    /** The indexes of a table, the one on {@code _xid} for the live feed among them. */
    static List<TablePlan.IndexPlan> indexes(TablePlan table) {
        List<TablePlan.IndexPlan> indexes = new ArrayList<>();
        if (table.systemColumns()) {
            String name = "idx_" + table.name() + "_xid";
            indexes.add(new TablePlan.IndexPlan(name, List.of("_xid"), false, "btree"));
        }
        indexes.addAll(table.indexes());
        return indexes;
    }

    static Sql createIndex(TablePlan table, TablePlan.IndexPlan index, boolean concurrently) {
        return new Sql(
                "CREATE %sINDEX %s%s ON %s USING %s (%s)"
                        .formatted(
                                index.unique() ? "UNIQUE " : "",
                                concurrently ? "CONCURRENTLY " : "",
                                quote(cut(index.name())),
                                quote(table.name()),
                                index.method(),
                                quoted(index.columns())));
    }

    /** The statements that make a table and all that belongs to it, its foreign keys last. */
    public static List<Sql> create(TablePlan table) {
        List<Sql> statements = new ArrayList<>();
        statements.add(createTable(table));
        indexes(table).forEach(index -> statements.add(createIndex(table, index, false)));
        for (TablePlan.ForeignKeyPlan key : table.foreignKeys()) {
            if (key.enforce()) {
                statements.add(
                        new Sql(
                                "ALTER TABLE %s ADD CONSTRAINT %s %s"
                                        .formatted(
                                                quote(table.name()),
                                                quote(foreignKeyName(table, key)),
                                                foreignKey(key))));
            }
        }
        return statements;
    }
}
