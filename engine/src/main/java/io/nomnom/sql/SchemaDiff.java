package io.nomnom.sql;

import io.nomnom.catalog.EntitySpec;
import io.nomnom.plan.ColumnPlan;
import io.nomnom.plan.Plan;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.SchemaStep.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way from the database to the catalog, in steps. Nothing is renamed, and no column or table is
 * dropped: what the catalog does not name stays.
 */
public final class SchemaDiff {
    private SchemaDiff() {}

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
                    steps.addAll(ColumnDiff.steps(table, state));
                    steps.addAll(KeyDiff.steps(table, state));
                } else {
                    String what = "a view or something else has this name";
                    steps.add(SchemaStep.of(table, what, Risk.MANUAL, true));
                    continue;
                }
                foreignKeys.addAll(ForeignKeyDiff.steps(table, state));
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

    private static SchemaStep create(TablePlan table) {
        List<String> statements = new ArrayList<>();
        statements.add(SqlWriter.createTable(table).text());
        SqlWriter.indexes(table)
                .forEach(
                        index -> statements.add(SqlWriter.createIndex(table, index, false).text()));
        return SchemaStep.of(
                table, "create table", Risk.SAFE, true, statements.toArray(String[]::new));
    }

    /** The table of someone else: only what keeps rows from being written is told. */
    private static List<SchemaStep> unmanaged(TablePlan table, @Nullable TableState state) {
        if (state == null) {
            return List.of(
                    told(
                            table,
                            "the table is not there; it is not managed, so its owner makes it"));
        }
        List<SchemaStep> told = new ArrayList<>();
        for (ColumnPlan column : table.columns()) {
            TableState.Column there = state.columns().get(column.name());
            if (there == null) {
                told.add(
                        told(
                                table,
                                "column %s %s is not there; the table is not managed"
                                        .formatted(column.name(), column.sqlType())));
            } else if (!there.type().equals(column.sqlType())
                    && !new ColumnChange(there.type(), column.sqlType()).isWideEnough()) {
                told.add(
                        told(
                                table,
                                "column %s is %s, the catalog says %s; the table is not managed"
                                        .formatted(column.name(), there.type(), column.sqlType())));
            }
        }
        if (!table.key().isEmpty() && !state.isUniqueBy(table.key())) {
            told.add(
                    told(
                            table,
                            "no unique constraint on %s, which upserts aim at"
                                    .formatted(String.join(", ", table.key()))));
        }
        return told;
    }

    private static SchemaStep told(TablePlan table, String what) {
        return SchemaStep.of(table, what, Risk.MANUAL, false);
    }
}
