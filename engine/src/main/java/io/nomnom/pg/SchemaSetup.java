package io.nomnom.pg;

import io.nomnom.plan.ColumnPlan;
import io.nomnom.plan.Plan;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.LedgerSql;
import io.nomnom.sql.SchemaSql;
import io.nomnom.sql.Sql;
import io.nomnom.sql.SqlWriter;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the tables at start, under an advisory lock, so that many workers at once are safe. Missing
 * columns and indexes are added; a table that differs in another way is refused.
 */
public final class SchemaSetup {
    /** "nomnom" in ASCII: the key of the advisory lock. */
    static final long LOCK = 0x6e6f6d6e6f6dL;

    private final Database database;

    public SchemaSetup(Database database) {
        this.database = database;
    }

    /**
     * Brings the database to the plan.
     *
     * @return the differences that it refuses to change; empty where the tables fit
     */
    public List<String> apply(Plan plan) throws DatabaseException {
        return database.inTransaction(transaction -> {
            transaction.run(SchemaSql.TAKE_LOCK, LOCK);
            for (Sql sql : LedgerSql.CREATE) {
                transaction.runPlain(sql);
            }
            List<String> refused = new ArrayList<>();
            for (TablePlan table : plan.tables()) {
                if (table.managed()) {
                    apply(table, transaction, refused);
                }
            }
            return refused;
        });
    }

    private static void apply(
            TablePlan table, Database.Transaction transaction, List<String> refused)
            throws DatabaseException {
        Map<String, String> types = new HashMap<>();
        Set<String> required = new HashSet<>();
        for (Row row : transaction.run(SchemaSql.COLUMNS, SqlWriter.quote(table.name()))) {
            types.put(row.getString(0), row.getString(1));
            if (row.getBoolean(2)) {
                required.add(row.getString(0));
            }
        }
        if (types.isEmpty()) {
            transaction.runPlain(SqlWriter.createTable(table));
        } else {
            extend(table, types, required, transaction, refused);
        }
        if (refused.isEmpty()) {
            for (Sql index : SqlWriter.createIndexes(table)) {
                transaction.runPlain(index);
            }
        }
    }

    private static void extend(
            TablePlan table,
            Map<String, String> types,
            Set<String> required,
            Database.Transaction transaction,
            List<String> refused)
            throws DatabaseException {
        for (ColumnPlan column : table.columns()) {
            required.remove(column.name());
            String type = types.get(column.name());
            if (type == null) {
                transaction.runPlain(SqlWriter.addColumn(table, column.name(), column.sqlType()));
            } else if (!type.equals(column.sqlType())) {
                refused.add(
                        "table %s: column %s is %s, the catalog says %s"
                                .formatted(table.name(), column.name(), type, column.sqlType()));
            }
        }
        for (String system : SqlWriter.SYSTEM_COLUMNS) {
            int space = system.indexOf(' ');
            String name = system.substring(0, space);
            required.remove(name);
            if (!types.containsKey(name)) {
                transaction.runPlain(SqlWriter.addColumn(table, name, system.substring(space + 1)));
            }
        }
        for (String column : required) {
            refused.add(
                    "table %s: column %s is required, and the catalog does not fill it"
                            .formatted(table.name(), column));
        }
    }
}
