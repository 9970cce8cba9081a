package io.nomnom.sql;

import io.nomnom.plan.TablePlan;
import io.nomnom.plan.TablePlan.ForeignKeyPlan;
import io.nomnom.sql.SchemaStep.Risk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The references that the database enforces; rows of before are looked at beside the work. */
final class ForeignKeyDiff {
    private ForeignKeyDiff() {}

    /** The steps of a table; its state is null where it is not there yet. */
    static List<SchemaStep> steps(TablePlan table, @Nullable TableState state) {
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
                        SchemaStep.of(
                                table,
                                "%s need not be in %s any more"
                                        .formatted(String.join(", ", key.columns()), key.table()),
                                Risk.LOSSY,
                                true,
                                SqlWriter.alter(
                                        table, "DROP CONSTRAINT " + SqlWriter.quote(key.name()))));
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
        List<String> statements = new ArrayList<>();
        if (add) {
            statements.add(
                    SqlWriter.alter(
                            table,
                            "ADD CONSTRAINT %s %s NOT VALID"
                                    .formatted(SqlWriter.quote(name), SqlWriter.foreignKey(key))));
        }
        statements.add(SqlWriter.alter(table, "VALIDATE CONSTRAINT " + SqlWriter.quote(name)));
        return SchemaStep.of(
                        table,
                        "%s must be in %s (%s)"
                                .formatted(
                                        String.join(", ", key.columns()),
                                        key.table(),
                                        String.join(", ", key.referenced())),
                        Risk.SAFE,
                        false,
                        statements.toArray(String[]::new))
                .eachAlone();
    }
}
