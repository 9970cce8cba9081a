package io.nomnom.plan;

import io.nomnom.catalog.Catalog;
import io.nomnom.transform.Transforms;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A catalog compiled. Immutable; one plan is in force at a time and read by all threads.
 *
 * @param hash the catalog's hash, which messages, ledger and dead letters name
 * @param routes what may be sent, by entity name
 * @param lines the layouts of delimited text, by prefix
 * @param tables all tables in writing order: what a table depends on comes before it
 */
public record Plan(
        String hash,
        Map<String, MessagePlan> routes,
        Map<String, LinePlan> lines,
        List<TablePlan> tables,
        Transforms transforms,
        Catalog catalog) {
    public Plan {
        routes = Map.copyOf(routes);
        lines = Map.copyOf(lines);
        tables = List.copyOf(tables);
    }

    public @Nullable MessagePlan route(String entity) {
        return routes.get(entity);
    }

    /** The layout that a line of delimited text begins with; null where no prefix fits. */
    public @Nullable LinePlan lineOf(String line) {
        for (Map.Entry<String, LinePlan> each : lines.entrySet()) {
            if (line.startsWith(each.getKey() + each.getValue().delimiter())) {
                return each.getValue();
            }
        }
        return null;
    }

    /** The table with this name, or null. */
    public @Nullable TablePlan table(String name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElse(null);
    }

    /** The table of this entity, or null where it is transient or unknown. */
    public @Nullable TablePlan tableOf(String entity) {
        return tables.stream().filter(t -> t.entity().equals(entity)).findFirst().orElse(null);
    }

    /** Whether another plan does the same, wherever its files lie. */
    public boolean isSame(Plan other) {
        return routes.equals(other.routes)
                && lines.equals(other.lines)
                && Set.copyOf(tables).equals(Set.copyOf(other.tables));
    }
}
