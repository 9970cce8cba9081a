package io.nomnom.sql;

import io.nomnom.plan.ColumnPlan;
import io.nomnom.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;

/** Writes the statements that read entity tables for people. */
public final class ReadSql {
    private ReadSql() {}

    /** The columns that people see: the key, the fields, the system columns. */
    public static List<String> shown(TablePlan table) {
        List<String> names = new ArrayList<>();
        if (!table.idColumn().isEmpty()) {
            names.add(table.idColumn());
        }
        table.columns().forEach(column -> names.add(column.name()));
        if (table.systemColumns()) {
            names.addAll(List.of("_message_id", "_seq", "_ingested_at", "_updated_at"));
        }
        return names;
    }

    /** What pages are ordered by: an expression and PostgreSQL's name of its type. */
    public record PageColumn(String expression, String type) {}

    /**
     * The generated key; without one the time of storing and the fields of the key; without any of
     * these the whole row.
     */
    public static List<PageColumn> pageColumns(TablePlan table) {
        if (!table.idColumn().isEmpty()) {
            return List.of(new PageColumn(SqlWriter.quote(table.idColumn()), table.idType()));
        }
        List<PageColumn> columns = new ArrayList<>();
        if (table.systemColumns()) {
            columns.add(new PageColumn("coalesce(_ingested_at, '-infinity')", "timestamptz"));
            columns.add(new PageColumn("coalesce(_seq, 0)", "bigint"));
        }
        for (ColumnPlan column : table.columns()) {
            if (table.key().contains(column.name())) {
                columns.add(new PageColumn(SqlWriter.quote(column.name()), column.sqlType()));
            }
        }
        if (columns.isEmpty()) {
            columns.add(new PageColumn(SqlWriter.quote(table.name()) + "::text", "text"));
        }
        return columns;
    }

    /**
     * A page of rows, newest first: {@code $1} of them, behind the key in {@code $2} and on where
     * that is given, as text. The last column is the row's key, a JSON array of text.
     */
    public static Sql page(TablePlan table, boolean after) {
        List<PageColumn> columns = pageColumns(table);
        List<String> keys = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> order = new ArrayList<>();
        List<String> behind = new ArrayList<>();
        for (PageColumn column : columns) {
            keys.add(column.expression());
            texts.add("(" + column.expression() + ")::text");
            order.add(column.expression() + " DESC");
            behind.add("$" + (keys.size() + 1) + "::text::" + column.type());
        }
        return new Sql(
                "SELECT "
                        + SqlWriter.quoted(shown(table))
                        + ", jsonb_build_array("
                        + String.join(", ", texts)
                        + ")::text FROM "
                        + SqlWriter.quote(table.name())
                        + (after
                                ? " WHERE (%s) < (%s)"
                                        .formatted(
                                                String.join(", ", keys), String.join(", ", behind))
                                : "")
                        + " ORDER BY "
                        + String.join(", ", order)
                        + " LIMIT $1");
    }

    /**
     * The rows that the current snapshot sees and an earlier one, {@code $1}, did not; oldest
     * first.
     */
    public static Sql changedSince(TablePlan table) {
        return new Sql(
                "SELECT "
                        + SqlWriter.quoted(shown(table))
                        + " FROM "
                        + SqlWriter.quote(table.name())
                        + " WHERE _xid >= pg_snapshot_xmin($1::text::pg_snapshot)"
                        + " AND NOT pg_visible_in_snapshot(_xid, $1::text::pg_snapshot)"
                        + " ORDER BY _ingested_at, _seq");
    }

    public static Sql count(TablePlan table) {
        return new Sql("SELECT count(*) FROM " + SqlWriter.quote(table.name()));
    }
}
