package io.nomnom.pg;

import io.nomnom.sql.SchemaSql;
import io.nomnom.sql.TableState;
import io.vertx.sqlclient.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads tables as the database has them, all with three statements. */
final class SchemaReader {
    private SchemaReader() {}

    /** The tables of these names that are there. */
    static Map<String, TableState> read(Database.Session session, List<String> names)
            throws DatabaseException {
        Object parameter = names.toArray(String[]::new);
        Map<String, List<TableState.Index>> indexes = new HashMap<>();
        for (Row row : session.run(SchemaSql.INDEXES, parameter)) {
            indexes.computeIfAbsent(row.getString(0), any -> new ArrayList<>())
                    .add(
                            new TableState.Index(
                                    row.getString(1),
                                    List.of(row.getArrayOfStrings(8)),
                                    row.getBoolean(2),
                                    row.getBoolean(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getBoolean(6),
                                    row.getBoolean(7)));
        }
        Map<String, List<TableState.ForeignKey>> foreignKeys = new HashMap<>();
        for (Row row : session.run(SchemaSql.FOREIGN_KEYS, parameter)) {
            foreignKeys
                    .computeIfAbsent(row.getString(0), any -> new ArrayList<>())
                    .add(
                            new TableState.ForeignKey(
                                    row.getString(1),
                                    List.of(row.getArrayOfStrings(4)),
                                    row.getString(3),
                                    List.of(row.getArrayOfStrings(5)),
                                    row.getBoolean(2)));
        }
        Map<String, Boolean> tables = new LinkedHashMap<>();
        Map<String, Map<String, TableState.Column>> columns = new HashMap<>();
        for (Row row : session.run(SchemaSql.COLUMNS, parameter)) {
            String table = row.getString(0);
            tables.put(table, row.getBoolean(1));
            Map<String, TableState.Column> found =
                    columns.computeIfAbsent(table, any -> new LinkedHashMap<>());
            if (row.getString(2) != null) {
                found.put(
                        row.getString(2),
                        new TableState.Column(
                                row.getString(3), row.getBoolean(4), row.getBoolean(5)));
            }
        }
        Map<String, TableState> found = new HashMap<>();
        tables.forEach((name, isTable) ->
                found.put(
                        name,
                        new TableState(
                                name,
                                isTable,
                                columns.getOrDefault(name, Map.of()),
                                indexes.getOrDefault(name, List.of()),
                                foreignKeys.getOrDefault(name, List.of()))));
        return found;
    }
}
