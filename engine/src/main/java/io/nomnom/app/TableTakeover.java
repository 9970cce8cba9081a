package io.nomnom.app;

import io.nomnom.pg.Database;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.SchemaChanges;
import io.nomnom.plan.Plan;
import io.nomnom.worker.Workers;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sees to the tables before a changed plan is put in force: a worker makes them, a dashboard
 * without one waits for them, an api needs none.
 */
record TableTakeover(Settings settings, @Nullable Workers workers, Database database)
        implements Reloader.Takeover {

    @Override
    public Reloader.@Nullable Obstacle prepare(Plan next) throws InterruptedException {
        try {
            if (workers != null) {
                String steps = workers.adopt(next);
                return steps.isEmpty() ? null : new Reloader.Obstacle(steps, false);
            }
            String steps = settings.has(Role.DASHBOARD) ? missing(next) : "";
            return steps.isEmpty()
                    ? null
                    : new Reloader.Obstacle("waits for a worker: " + steps, true);
        } catch (DatabaseException away) {
            return new Reloader.Obstacle("waits for PostgreSQL: " + away.getMessage(), true);
        }
    }

    private String missing(Plan next) throws DatabaseException {
        return new SchemaChanges(database)
                .open(next).stream()
                        .filter(left -> left.step().needed())
                        .map(SchemaChanges.Left::render)
                        .collect(Collectors.joining("\n\n"));
    }
}
