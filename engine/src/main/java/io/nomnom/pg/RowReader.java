package io.nomnom.pg;

import io.nomnom.plan.TablePlan;
import io.nomnom.sql.LedgerSql;
import io.nomnom.sql.Sql;
import io.nomnom.sql.SqlWriter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.data.Numeric;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows for people: keys are column names, numbers keep all digits, times are in UTC. Blocks.
 */
public final class RowReader {
    private static final Sql SNAPSHOT = new Sql("SELECT pg_current_snapshot()::text");
    private static final Sql EXISTS = new Sql("SELECT to_regclass($1) IS NOT NULL");

    private final Database database;

    public RowReader(Database database) {
        this.database = database;
    }

    /** The newest rows of a table; empty where it does not exist. */
    public List<Map<String, @Nullable Object>> newest(TablePlan table, int limit)
            throws DatabaseException {
        return exists(table) ? rows(database.run(SqlWriter.page(table, false), limit)) : List.of();
    }

    /** The newest rows behind a key. */
    public List<Map<String, @Nullable Object>> after(TablePlan table, int limit, long key)
            throws DatabaseException {
        return exists(table)
                ? rows(database.run(SqlWriter.page(table, true), limit, key))
                : List.of();
    }

    private boolean exists(TablePlan table) throws DatabaseException {
        return database.run(EXISTS, SqlWriter.quote(table.name())).iterator().next().getBoolean(0);
    }

    /** The number of rows; null where the table does not exist. */
    public @Nullable Long count(TablePlan table) throws DatabaseException {
        return exists(table)
                ? database.run(SqlWriter.count(table)).iterator().next().getLong(0)
                : null;
    }

    /** Messages by entity and status. */
    public Map<String, Map<String, Long>> statuses() throws DatabaseException {
        Map<String, Map<String, Long>> statuses = new TreeMap<>();
        for (Row row : database.run(LedgerSql.COUNT_BY_STATUS)) {
            statuses.computeIfAbsent(row.getString(0), any -> new TreeMap<>())
                    .put(row.getString(1), row.getLong(2));
        }
        return statuses;
    }

    /**
     * What one look at the database saw.
     *
     * @param snapshot what the next look starts from
     * @param changed the rows by entity that this look saw first, oldest first
     */
    public record Look(String snapshot, Map<String, List<Map<String, @Nullable Object>>> changed) {}

    /** The rows that were not visible in the earlier snapshot; none for a null snapshot. */
    public Look changedSince(@Nullable String snapshot, List<TablePlan> tables, int limit)
            throws DatabaseException {
        return database.inSnapshot(transaction -> {
            String now = transaction.run(SNAPSHOT).iterator().next().getString(0);
            Map<String, List<Map<String, @Nullable Object>>> changed = new LinkedHashMap<>();
            if (snapshot == null) {
                return new Look(now, changed);
            }
            for (TablePlan table : tables) {
                List<Map<String, @Nullable Object>> rows =
                        rows(transaction.run(SqlWriter.changedSince(table), snapshot, limit));
                if (!rows.isEmpty()) {
                    changed.put(table.entity(), rows);
                }
            }
            return new Look(now, changed);
        });
    }

    private static List<Map<String, @Nullable Object>> rows(RowSet<Row> set) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Row row : set) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>();
            for (int i = 0; i < row.size(); i++) {
                shown.put(row.getColumnName(i), shown(row.getValue(i)));
            }
            rows.add(shown);
        }
        return rows;
    }

    private static @Nullable Object shown(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Numeric number -> number.bigDecimalValue();
            case OffsetDateTime time ->
                    time.withOffsetSameInstant(ZoneOffset.UTC)
                            .format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
            case JsonObject json -> json.getMap();
            case JsonArray json -> json.getList();
            case Object[] items -> Arrays.stream(items).map(RowReader::shown).toList();
            case Number number -> number;
            case Boolean bool -> bool;
            default -> value.toString();
        };
    }
}
