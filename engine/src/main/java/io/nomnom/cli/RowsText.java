package io.nomnom.cli;

import io.nomnom.message.Parsed;
import io.nomnom.plan.EntityRows;
import io.nomnom.plan.FieldError;
import io.nomnom.plan.TablePlan;
import io.nomnom.transform.Plain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a message gives, as text to read and compare, and as JSON. */
final class RowsText {
    private RowsText() {}

    /** A line for each row or fault. */
    static String text(Parsed parsed) {
        List<String> lines = new ArrayList<>();
        switch (parsed) {
            case Parsed.Rows rows -> {
                for (EntityRows entity : rows.tables()) {
                    for (Object[] row : entity.rows()) {
                        lines.add(entity.table().name() + row(entity.table(), row));
                    }
                }
                rows.skipped().forEach(fault -> lines.add("left out: " + fault(fault)));
            }
            case Parsed.Rejection rejection -> {
                lines.add(rejection.code().word() + ": " + rejection.message());
                rejection.errors().forEach(fault -> lines.add(fault(fault)));
            }
        }
        return lines.isEmpty() ? "no rows" : String.join("\n", lines);
    }

    private static String fault(FieldError error) {
        return "%s %s: %s (%s)"
                .formatted(error.pointer(), error.code(), error.message(), error.rule());
    }

    private static String row(TablePlan table, @Nullable Object[] row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            text.append(i == 0 ? " " : ", ")
                    .append(table.columns().get(i).name())
                    .append('=')
                    .append(text(row[i]));
        }
        return text.toString();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "null" : Plain.json(value).toString();
    }

    /** Rows by table, keys in the order of the columns. */
    static Map<String, Object> json(Parsed.Rows rows) {
        Map<String, Object> tables = new LinkedHashMap<>();
        for (EntityRows entity : rows.tables()) {
            List<Map<String, @Nullable Object>> made = new ArrayList<>();
            for (@Nullable Object[] values : entity.rows()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 0; i < values.length; i++) {
                    Object value = values[i];
                    row.put(
                            entity.table().columns().get(i).name(),
                            value == null ? null : Plain.json(value));
                }
                made.add(row);
            }
            tables.put(entity.table().name(), made);
        }
        return tables;
    }
}
