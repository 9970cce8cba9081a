package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message of one entity becomes: the entity itself and all that derives from it, parents
 * before children. Immutable; safe for all threads.
 */
public record MessagePlan(String entity, List<EntityPlan> entities) {
    public MessagePlan {
        entities = List.copyOf(entities);
    }

    /**
     * The rows of a payload, by table in writing order. Broken rules are added to {@code errors};
     * the rows are only of use where none was.
     *
     * @param payload a JSON object
     * @param now the message's own time
     */
    public List<EntityRows> rows(JsonNode payload, OffsetDateTime now, List<FieldError> errors) {
        List<List<Frame>> frames = new ArrayList<>(entities.size());
        List<EntityRows> rows = new ArrayList<>();
        for (EntityPlan plan : entities) {
            List<Frame> made =
                    plan.parent() < 0
                            ? plan.sent(payload, now, errors)
                            : plan.derive(
                                    entities.get(plan.parent()),
                                    frames.get(plan.parent()),
                                    now,
                                    errors);
            frames.add(made);
            TablePlan table = plan.table();
            if (table != null && !made.isEmpty() && errors.isEmpty()) {
                rows.add(new EntityRows(table, table(table, made)));
            }
        }
        return rows;
    }

    private static List<@Nullable Object[]> table(TablePlan table, List<Frame> frames) {
        List<@Nullable Object[]> rows = new ArrayList<>(frames.size());
        List<ColumnPlan> columns = table.columns();
        for (Frame frame : frames) {
            @Nullable Object[] row = new Object[columns.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = frame.value(columns.get(i).slot());
            }
            rows.add(row);
        }
        return rows;
    }
}
