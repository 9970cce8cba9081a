package io.nomnom.pg;

import io.nomnom.plan.Plan;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.LedgerSql;
import io.nomnom.sql.SchemaDiff;
import io.nomnom.sql.SchemaSql;
import io.nomnom.sql.SchemaStep;
import io.nomnom.sql.SchemaStep.Risk;
import io.nomnom.sql.Sql;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings tables to a plan, under an advisory lock, so that many workers at once are safe. Steps are
 * found by looking, so a run that was cut off is taken up by the next one. Blocks.
 */
public final class SchemaChanges {
    /** "nomnom" in ASCII: the key of the advisory lock. */
    static final long LOCK = 0x6e6f6d6e6f6dL;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final int TRIES = 5;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final SchemaStep LEDGER =
            new SchemaStep(
                    "message_status, catalog_version",
                    "make or extend the tables of the engine itself",
                    Risk.SAFE,
                    true,
                    LedgerSql.CREATE,
                    false,
                    null);

    private final Database database;

    public SchemaChanges(Database database) {
        this.database = database;
    }

    /**
     * A step that was not run.
     *
     * @param obstacle what stands in the way; empty where it only was not allowed
     */
    public record Left(SchemaStep step, String obstacle) {
        /** As plan, apply and the worker print it. */
        public String render() {
            return obstacle.isEmpty() ? step.render() : step.render() + "\n  not now: " + obstacle;
        }
    }

    /** The steps from the database to the plan, with what stands in their way. */
    public List<Left> open(Plan plan) throws DatabaseException {
        return database.inSession(session -> {
            List<Left> open = new ArrayList<>();
            for (SchemaStep step : diff(session, plan)) {
                open.add(new Left(step, obstacle(session, step)));
            }
            return open;
        });
    }

    /**
     * Runs the steps of the allowed risks.
     *
     * @param done told of each step that was run
     * @return the steps that are left, with what stands in their way
     */
    public List<Left> apply(Plan plan, Set<Risk> allowed, Consumer<SchemaStep> done)
            throws DatabaseException, InterruptedException {
        Database.Session session = database.session();
        try (session) {
            while (!session.run(SchemaSql.TRY_LOCK, LOCK).iterator().next().getBoolean(0)) {
                Thread.sleep(BETWEEN_TRIES);
            }
            List<Left> left = new ArrayList<>();
            Set<SchemaStep> stuck = new HashSet<>();
            for (SchemaStep step : diff(session, plan)) {
                String obstacle = allowed.contains(step.risk()) ? run(session, step) : "";
                if (obstacle == null) {
                    done.accept(step);
                } else {
                    stuck.add(step);
                    left.add(new Left(step, obstacle));
                }
            }
            for (SchemaStep step : diff(session, plan)) {
                if (stuck.add(step)) {
                    left.add(new Left(step, ""));
                }
            }
            return left;
        }
    }

    /** The steps of the engine's own tables, then those of the plan. */
    private static List<SchemaStep> diff(Database.Session session, Plan plan)
            throws DatabaseException {
        List<SchemaStep> steps = new ArrayList<>();
        if (!session.run(LedgerSql.FITS).iterator().next().getBoolean(0)) {
            steps.add(LEDGER);
        }
        List<String> names = plan.tables().stream().map(TablePlan::name).toList();
        steps.addAll(SchemaDiff.between(plan, SchemaReader.read(session, names)));
        return steps;
    }

    private static String obstacle(Database.Session session, SchemaStep step)
            throws DatabaseException {
        SchemaStep.Probe probe = step.probe();
        if (probe == null) {
            return "";
        }
        long count = session.run(probe.count()).iterator().next().getLong(0);
        return count == 0 ? "" : probe.meaning().formatted(count);
    }

    /** Runs a step; gives what stood in its way, or null where it is done. */
    private static @Nullable String run(Database.Session session, SchemaStep step)
            throws DatabaseException, InterruptedException {
        String obstacle = obstacle(session, step);
        if (!obstacle.isEmpty()) {
            return obstacle;
        }
        for (int tries = 1; ; tries++) {
            try {
                if (step.concurrent()) {
                    for (Sql statement : step.statements()) {
                        boolean waits = statement.text().contains(" CONCURRENTLY ");
                        session.runPlain(waits ? SchemaSql.WAIT : SchemaSql.GIVE_WAY);
                        session.runPlain(statement);
                    }
                } else {
                    session.runPlain(SchemaSql.GIVE_WAY);
                    session.transact(step.statements());
                }
                return null;
            } catch (DatabaseException failure) {
                boolean locked = LOCK_NOT_AVAILABLE.equals(failure.sqlState());
                if (failure.sqlState() == null || (locked && step.needed() && tries == TRIES)) {
                    throw failure;
                }
                if (!locked || tries == TRIES) {
                    return failure.getMessage();
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }
}
