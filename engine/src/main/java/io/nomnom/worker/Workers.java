package io.nomnom.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nomnom.nats.DeadLetters;
import io.nomnom.nats.DeliverySource;
import io.nomnom.nats.Queue;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.pg.BatchWriter;
import io.nomnom.pg.Database;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.Ledger;
import io.nomnom.pg.SchemaChanges;
import io.nomnom.pg.SchemaChanges.Left;
import io.nomnom.plan.Plan;
import io.nomnom.sql.SchemaStep;
import io.nomnom.yaml.SourceFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The role worker: prepares the tables, then runs the lanes until it is stopped. */
public final class Workers implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(100);

    private final WorkerSettings settings;
    private final Queue queue;
    private final Database database;
    private final Observer observer;
    private final Runnable committed;
    private final Circuit circuit;
    private final List<WorkerLane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Object preparing = new Object();
    private volatile String trouble = "the tables are not prepared yet";
    private volatile Plan wanted;
    private volatile @Nullable WorkingPlan current;

    /**
     * @param committed told after each commit, so that the live feed looks at once
     */
    public Workers(
            Plan plan,
            WorkerSettings settings,
            Queue queue,
            Database database,
            Runnable committed,
            Observer observer) {
        this.wanted = plan;
        this.settings = settings;
        this.queue = queue;
        this.database = database;
        this.committed = committed;
        this.observer = observer;
        this.circuit = new Circuit(database, observer, InstantSource.system());
    }

    /** Starts in the background; the servers may come later. */
    public void start() {
        threads.add(Thread.ofVirtual().name("worker-start").start(this::prepareAndRun));
    }

    /** Why no messages are worked on; empty where they are. */
    public String trouble() {
        return trouble.isEmpty() ? circuit.reason() : trouble;
    }

    /**
     * Puts another plan in force, from the next batch of each lane on; its tables are made first.
     *
     * @return what must be done before it can be in force; empty where it is, or will be once the
     *     servers are there
     * @throws DatabaseException where PostgreSQL does not do it now
     */
    public String adopt(Plan next) throws DatabaseException, InterruptedException {
        wanted = next;
        if (current == null) {
            return "";
        }
        return String.join("\n\n", prepare(next));
    }

    private void prepareAndRun() {
        try {
            prepareAtStart();
            Ledger ledger = new Ledger(database);
            Settlement settlement =
                    new Settlement(new DeadLetters(queue), observer, InstantSource.system());
            WorkerLane.Tools tools =
                    new WorkerLane.Tools(
                            () -> Objects.requireNonNull(current),
                            settings,
                            ledger,
                            settlement,
                            circuit,
                            committed,
                            observer,
                            InstantSource.system());
            synchronized (this) {
                for (int i = 1; i <= settings.lanes(); i++) {
                    WorkerLane lane =
                            new WorkerLane(tools, new DeliverySource(queue, settings.idleWait()));
                    lanes.add(lane);
                    threads.add(Thread.ofVirtual().name("lane-" + i).start(lane));
                }
            }
            trouble = "";
            keepHouse(ledger);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes the tables, as often as it takes. */
    private void prepareAtStart() throws InterruptedException {
        while (true) {
            try {
                Plan plan = wanted;
                List<String> refused = prepare(plan);
                if (refused.isEmpty() && plan.hash().equals(wanted.hash())) {
                    return;
                }
                report(String.join("\n", refused));
            } catch (DatabaseException failure) {
                report(failure.getMessage());
            } catch (RuntimeException bug) {
                report("the engine failed: " + bug);
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
    }

    /** Makes the tables of a plan and puts it in force, or says what keeps it from that. */
    private List<String> prepare(Plan plan) throws DatabaseException, InterruptedException {
        synchronized (preparing) {
            return prepareAlone(plan);
        }
    }

    private List<String> prepareAlone(Plan plan) throws DatabaseException, InterruptedException {
        List<Left> left =
                new SchemaChanges(database)
                        .apply(
                                plan,
                                EnumSet.of(SchemaStep.Risk.SAFE),
                                step ->
                                        observer.observe(
                                                new Observation.TableChanged(
                                                        step.table(), step.change())));
        List<String> refused =
                left.stream().filter(each -> each.step().needed()).map(Left::render).toList();
        if (!refused.isEmpty()) {
            return refused;
        }
        left.stream()
                .filter(each -> !each.obstacle().isEmpty())
                .forEach(each ->
                        observer.observe(
                                new Observation.TableDiffers(
                                        each.step().table(),
                                        each.step().change(),
                                        each.obstacle())));
        Set<String> known = new Ledger(database).remember(plan.hash(), filesJson(plan));
        current = new WorkingPlan(plan, new BatchWriter(database, plan), known);
        return List.of();
    }

    private void report(String why) {
        if (!why.equals(trouble)) {
            observer.observe(new Observation.OutageBegan("postgresql", why));
        }
        trouble = why;
    }

    private static String filesJson(Plan plan) {
        ObjectNode files = new ObjectMapper().createObjectNode();
        for (SourceFile file : plan.catalog().files()) {
            files.put(file.path(), file.text().replace("\0", ""));
        }
        return files.toString();
    }

    /** Removes old rows from the ledger, as long as there are any. */
    private void keepHouse(Ledger ledger) throws InterruptedException {
        while (true) {
            Thread.sleep(HOUSEKEEPING);
            try {
                Instant now = InstantSource.system().instant();
                while (ledger.prune(now, settings.statusRetention()) > 0) {
                    Thread.sleep(BETWEEN_STEPS);
                }
            } catch (DatabaseException later) {
                observer.observe(new Observation.Trouble("old messages stay in the ledger", later));
            }
        }
    }

    /** Stops fetching, finishes or gives back what is held, and waits for that. */
    @Override
    public void close() {
        List<Thread> waiting;
        synchronized (this) {
            lanes.forEach(WorkerLane::stop);
            waiting = List.copyOf(threads);
        }
        waiting.stream().filter(t -> t.getName().equals("worker-start")).forEach(Thread::interrupt);
        long deadline = System.nanoTime() + DRAIN.toNanos();
        for (Thread thread : waiting) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
