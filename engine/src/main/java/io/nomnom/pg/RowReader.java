package io.nomnom.pg;

import io.nomnom.plan.TablePlan;
import io.nomnom.sql.LedgerSql;
import io.nomnom.sql.ReadSql;
import io.nomnom.sql.SchemaSql;
import io.nomnom.sql.Sql;
import io.nomnom.sql.SqlWriter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.data.Numeric;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows for people: keys are column names, numbers keep all digits, times are in UTC. Blocks.
 */
public final class RowReader {
    private final Database database;

    public RowReader(Database database) {
        this.database = database;
    }

    /** The newest rows of a table; empty where it does not exist, or lacks columns. */
    public List<Map<String, @Nullable Object>> newest(TablePlan table, int limit)
            throws DatabaseException {
        return newest(database::run, table, limit);
    }

    private static List<Map<String, @Nullable Object>> newest(
            Runner runner, TablePlan table, int limit) throws DatabaseException {
        return page(runner, table, limit, List.of()).rows();
    }

    /** A page of rows, newest first, and the key to ask for the next page with; null at the end. */
    public record Page(List<Map<String, @Nullable Object>> rows, @Nullable String next) {}

    /**
     * A page of a table; empty where it does not exist, or lacks columns.
     *
     * @param after the {@code next} of the page before; null for the first page
     * @throws IllegalArgumentException where the key is not one that this table's pages give
     */
    public Page page(TablePlan table, int limit, @Nullable String after) throws DatabaseException {
        List<String> key = after == null ? List.of() : key(after);
        if (!key.isEmpty() && key.size() != ReadSql.pageColumns(table).size()) {
            throw new IllegalArgumentException(
                    "after: not a key of this table's pages; send `next` as it came");
        }
        return page(database::run, table, limit, key);
    }

    private static Page page(Runner runner, TablePlan table, int limit, List<String> after)
            throws DatabaseException {
        if (!exists(runner, table)) {
            return new Page(List.of(), null);
        }
        List<Object> parameters = new ArrayList<>();
        parameters.add(limit);
        parameters.addAll(after);
        boolean behind = !after.isEmpty();
        String next = null;
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Row row : runner.run(ReadSql.page(table, behind), parameters.toArray())) {
            rows.add(shown(row, row.size() - 1));
            next = row.getString(row.size() - 1);
        }
        return new Page(rows, next == null || rows.size() < limit ? null : encoded(next));
    }

    private static String encoded(String key) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> key(String encoded) {
        try {
            String text =
                    new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
            return new JsonArray(text).stream().map(String.class::cast).toList();
        } catch (RuntimeException wrong) {
            throw new IllegalArgumentException(
                    "after: not a key of this table's pages; send `next` as it came", wrong);
        }
    }

    /** The number of rows; null where the table does not exist. */
    public @Nullable Long count(TablePlan table) throws DatabaseException {
        return exists(database::run, table)
                ? database.run(ReadSql.count(table)).iterator().next().getLong(0)
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

    /** Work inside one look. */
    @FunctionalInterface
    public interface Looking {
        void at(Look look) throws DatabaseException;
    }

    /** Looks at the database in one snapshot: all that is read in it is of the same moment. */
    public void look(Looking looking) throws DatabaseException {
        database.inSnapshot(transaction -> {
            looking.at(new Look(transaction));
            return true;
        });
    }

    /** The database at one moment. */
    public static final class Look {
        private final Database.Transaction transaction;

        Look(Database.Transaction transaction) {
            this.transaction = transaction;
        }

        /** The moment itself, for a later {@link #changedSince}. */
        public String snapshot() throws DatabaseException {
            return transaction.run(SchemaSql.SNAPSHOT).iterator().next().getString(0);
        }

        /** The rows that were not visible in an earlier snapshot, oldest first, page by page. */
        public void changedSince(
                String snapshot,
                TablePlan table,
                int size,
                Consumer<List<Map<String, @Nullable Object>>> each)
                throws DatabaseException {
            if (exists(transaction::run, table)) {
                transaction.pages(
                        ReadSql.changedSince(table), size, set -> each.accept(rows(set)), snapshot);
            }
        }

        /** The newest rows of a table; empty where it does not exist, or lacks columns. */
        public List<Map<String, @Nullable Object>> newest(TablePlan table, int limit)
                throws DatabaseException {
            return RowReader.newest(transaction::run, table, limit);
        }
    }

    /** Runs a statement: in a transaction, or by itself. */
    @FunctionalInterface
    private interface Runner {
        RowSet<Row> run(Sql sql, Object... parameters) throws DatabaseException;
    }

    /** Whether there is a table with all columns; one that lacks some is not there yet. */
    private static boolean exists(Runner runner, TablePlan table) throws DatabaseException {
        String name = SqlWriter.quote(table.name());
        String[] columns = ReadSql.shown(table).toArray(String[]::new);
        return runner.run(SchemaSql.HAS_COLUMNS, name, columns).iterator().next().getBoolean(0);
    }

    private static List<Map<String, @Nullable Object>> rows(RowSet<Row> set) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (Row row : set) {
            rows.add(shown(row, row.size()));
        }
        return rows;
    }

    private static Map<String, @Nullable Object> shown(Row row, int columns) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        for (int i = 0; i < columns; i++) {
            shown.put(row.getColumnName(i), shown(row.getValue(i)));
        }
        return shown;
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
