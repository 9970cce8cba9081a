package io.nomnom.worker;

import io.nomnom.pg.BatchWriter;
import io.nomnom.plan.Plan;
import java.util.Set;

/**
 * A plan whose tables are there. A lane takes one a batch, and parses and writes all of it by that.
 *
 * @param known the hashes of the catalogs that were ever in force here, this one's among them
 */
public record WorkingPlan(Plan plan, BatchWriter writer, Set<String> known) {
    public WorkingPlan {
        known = Set.copyOf(known);
    }
}
