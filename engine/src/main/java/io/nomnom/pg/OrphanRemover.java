package io.nomnom.pg;

import io.nomnom.message.Parsed;
import io.nomnom.pg.BatchWriter.Claim;
import io.nomnom.plan.EntityRows;
import io.nomnom.plan.TablePlan;
import io.nomnom.plan.TablePlan.OrphanPlan;
import io.nomnom.sql.Sql;
import io.nomnom.sql.SqlWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Removes the rows of one table that the newest message of their owner no longer has. Late messages
 * too leave nothing behind: their children are older than the owner's row. The owner's row is
 * locked by its upsert, so that two transactions do not meet here.
 */
final class OrphanRemover {
    private final TablePlan table;
    private final OrphanPlan orphans;
    private final Sql delete;

    OrphanRemover(TablePlan table, OrphanPlan orphans) {
        this.table = table;
        this.orphans = orphans;
        this.delete = SqlWriter.deleteOrphans(table, orphans);
    }

    void remove(List<Claim> claims, Set<UUID> claimed, Database.Transaction transaction)
            throws DatabaseException {
        Set<List<@Nullable Object>> owners = new LinkedHashSet<>();
        for (Claim claim : claims) {
            if (claim.parsed() instanceof Parsed.Rows rows
                    && claimed.contains(claim.envelope().messageId())) {
                rows.tables().forEach(entity -> collect(entity, owners));
            }
        }
        if (owners.isEmpty()) {
            return;
        }
        Object[] parameters = new Object[orphans.columns().size()];
        for (int i = 0; i < parameters.length; i++) {
            List<@Nullable Object> values = new ArrayList<>(owners.size());
            for (List<@Nullable Object> key : owners) {
                values.add(key.get(i));
            }
            parameters[i] = TableWriter.array(table.column(orphans.columns().get(i)), values);
        }
        transaction.run(delete, parameters);
    }

    private void collect(EntityRows entity, Set<List<@Nullable Object>> owners) {
        if (!entity.table().name().equals(orphans.owner())) {
            return;
        }
        for (@Nullable Object[] row : entity.rows()) {
            List<@Nullable Object> key = new ArrayList<>();
            for (String column : orphans.ownerKey()) {
                key.add(row[entity.table().position(column)]);
            }
            owners.add(key);
        }
    }
}
