package io.nomnom.plan;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a message of one entity becomes: the entity itself and all that derives from it, parents
 * before children, each extracted once. Immutable; safe for all threads.
 *
 * @param keySlots the slots of the fields that name a message; empty for none
 * @param onlySyntax whether the api looks at the JSON only
 */
public record MessagePlan(
        String entity, List<Step> steps, List<Integer> keySlots, boolean onlySyntax) {
    public MessagePlan {
        steps = List.copyOf(steps);
        keySlots = List.copyOf(keySlots);
    }

    /** The rows of a message, by table in writing order; of use only where nothing was wrong. */
    public List<EntityRows> rows(Extraction extraction) {
        List<List<Frame>> frames = new ArrayList<>(steps.size());
        List<EntityRows> rows = new ArrayList<>();
        for (Step step : steps) {
            List<Frame> made = step.frames(extraction, frames, steps);
            frames.add(made);
            TablePlan table = step.entity().table();
            if (table != null && !made.isEmpty() && extraction.errors().isEmpty()) {
                rows.add(new EntityRows(table, table(table, made)));
            }
        }
        return rows;
    }

    /** The values that name the message; null where they are not all there and sound. */
    public @Nullable List<Object> idempotencyKey(Extraction extraction) {
        List<Frame> sent = steps.getFirst().frames(extraction, List.of(), steps);
        List<Object> values = new ArrayList<>();
        for (int slot : keySlots) {
            Object value = sent.isEmpty() ? null : sent.getFirst().value(slot);
            if (value == null || value instanceof Fault) {
                return null;
            }
            values.add(value);
        }
        return values;
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
