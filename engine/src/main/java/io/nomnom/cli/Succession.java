package io.nomnom.cli;

import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.PersistenceSpec;
import io.nomnom.plan.Plan;
import io.nomnom.plan.TablePlan;
import java.util.ArrayList;
import java.util.List;

/** Says which tables succeed older ones. */
final class Succession {
    private Succession() {}

    /** A line a table that names its predecessor. */
    static List<String> of(Plan plan) {
        List<String> lines = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            EntitySpec entity = plan.catalog().entity(table.entity());
            PersistenceSpec stored = entity == null ? null : entity.stored();
            PersistenceSpec.Legacy legacy = stored == null ? null : stored.legacy();
            if (legacy != null && legacy.enabled()) {
                lines.add(
                        "%s succeeds %s (its key: %s); the engine does not touch that table"
                                .formatted(table.name(), legacy.table(), legacy.idColumn()));
            }
        }
        return lines;
    }
}
