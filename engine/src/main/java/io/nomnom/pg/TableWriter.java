package io.nomnom.pg;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.message.Envelope;
import io.nomnom.plan.ColumnPlan;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.Sql;
import io.nomnom.sql.SqlWriter;
import io.vertx.sqlclient.Row;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes the rows of one table: one statement a batch, one array a column. */
final class TableWriter {
    private final TablePlan table;
    private final Sql upsert;
    private final int[] key;

    TableWriter(TablePlan table) {
        this.table = table;
        this.upsert = SqlWriter.upsert(table);
        this.key = table.key().stream().mapToInt(table::position).toArray();
    }

    Batch batch() {
        return new Batch();
    }

    private record Pending(Envelope envelope, @Nullable Object[] row) {
        boolean olderThan(Envelope other) {
            int byTime = envelope.storedAt().compareTo(other.storedAt());
            return byTime < 0
                    || (byTime == 0 && envelope.storedSequence() <= other.storedSequence());
        }
    }

    /** The rows of one transaction. */
    final class Batch {
        private final Map<Object, Pending> byKey = new HashMap<>();
        private int sent;

        boolean isEmpty() {
            return byKey.isEmpty();
        }

        /** Adds rows; of two with one key the newer stays, as if written one after the other. */
        void add(Envelope envelope, List<@Nullable Object[]> rows) {
            for (@Nullable Object[] row : rows) {
                sent++;
                Object rowKey = rowKey(row);
                Pending there = byKey.get(rowKey);
                if (there == null || there.olderThan(envelope)) {
                    byKey.put(rowKey, new Pending(envelope, row));
                }
            }
        }

        private Object rowKey(@Nullable Object[] row) {
            if (key.length == 0) {
                return sent;
            }
            List<@Nullable Object> values = new ArrayList<>(key.length);
            for (int position : key) {
                if (row[position] == null) {
                    return sent;
                }
                values.add(row[position]);
            }
            return values;
        }

        /** Writes the rows in the order of their keys; returns how many were written. */
        int write(Database.Transaction transaction, Map<UUID, Map<String, Integer>> superseded)
                throws DatabaseException {
            List<Pending> rows = new ArrayList<>(byKey.values());
            rows.sort(Comparator.comparing(pending -> rowKey(pending.row()).toString()));
            int n = rows.size();
            int columns = table.columns().size();
            Object[] parameters = new Object[table.systemColumns() ? columns + 3 : columns];
            for (int c = 0; c < columns; c++) {
                parameters[c] = column(table.columns().get(c), c, rows);
            }
            if (!table.systemColumns()) {
                transaction.run(upsert, parameters);
                return n;
            }
            UUID[] ids = new UUID[n];
            Long[] sequences = new Long[n];
            OffsetDateTime[] times = new OffsetDateTime[n];
            for (int i = 0; i < n; i++) {
                Envelope envelope = rows.get(i).envelope();
                ids[i] = envelope.messageId();
                sequences[i] = envelope.storedSequence();
                times[i] = Ledger.utc(envelope.storedAt());
            }
            parameters[columns] = ids;
            parameters[columns + 1] = sequences;
            parameters[columns + 2] = times;
            Map<UUID, Integer> written = new HashMap<>();
            for (Row row : transaction.run(upsert, parameters)) {
                written.merge(row.getUUID(0), 1, Integer::sum);
            }
            int total = written.values().stream().mapToInt(Integer::intValue).sum();
            if (total < n) {
                for (UUID id : ids) {
                    int left = written.merge(id, -1, Integer::sum);
                    if (left < 0) {
                        superseded
                                .computeIfAbsent(id, any -> new HashMap<>())
                                .merge(table.name(), 1, Integer::sum);
                    }
                }
            }
            return total;
        }
    }

    private static Object column(ColumnPlan column, int position, List<Pending> rows) {
        List<@Nullable Object> cells = new ArrayList<>(rows.size());
        rows.forEach(pending -> cells.add(pending.row()[position]));
        return array(column, cells);
    }

    /** The values of a column as the array that its parameter takes. */
    static Object array(ColumnPlan column, List<@Nullable Object> rows) {
        @Nullable Object[] values =
                switch (SqlWriter.parameterType(column)) {
                    case "integer" -> new Integer[rows.size()];
                    case "bigint" -> new Long[rows.size()];
                    case "double precision" -> new Double[rows.size()];
                    case "boolean" -> new Boolean[rows.size()];
                    case "timestamptz" -> new OffsetDateTime[rows.size()];
                    case "date" -> new LocalDate[rows.size()];
                    case "uuid" -> new UUID[rows.size()];
                    default -> new String[rows.size()];
                };
        boolean text = values instanceof String[];
        for (int i = 0; i < values.length; i++) {
            Object value = rows.get(i);
            values[i] = text && value != null ? text(value) : value;
        }
        return values;
    }

    /** A value as PostgreSQL reads it from text. */
    private static String text(Object value) {
        return switch (value) {
            case String string -> string;
            case JsonNode json -> json.toString();
            case List<?> list -> array(list);
            default -> value.toString();
        };
    }

    /** An array literal, every item in quotes. */
    private static String array(List<?> items) {
        StringBuilder literal = new StringBuilder("{");
        for (Object item : items) {
            String text = text(item).replace("\\", "\\\\").replace("\"", "\\\"");
            literal.append(literal.length() == 1 ? "" : ",").append('"').append(text).append('"');
        }
        return literal.append('}').toString();
    }
}
