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
import io.nomnom.pg.SchemaSetup;
import io.nomnom.plan.Plan;
import io.nomnom.yaml.SourceFile;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The role worker: prepares the tables, then runs the lanes until it is stopped. */
public final class Workers implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofSeconds(20);
    private static final Duration HOUSEKEEPING = Duration.ofMinutes(1);
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(100);

    private final Plan plan;
    private final WorkerSettings settings;
    private final Queue queue;
    private final Database database;
    private final Observer observer;
    private final Runnable committed;
    private final Circuit circuit;
    private final List<WorkerLane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile String trouble = "the tables are not prepared yet";

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
        this.plan = plan;
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

    private void prepareAndRun() {
        try {
            Set<String> known = prepare();
            Ledger ledger = new Ledger(database);
            WorkerLane.Tools tools =
                    new WorkerLane.Tools(
                            plan,
                            settings,
                            new BatchWriter(database, plan),
                            ledger,
                            new Settlement(
                                    new DeadLetters(queue),
                                    plan.hash(),
                                    observer,
                                    InstantSource.system()),
                            new KnownCatalogs(known),
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

    /** Makes the tables, as often as it takes; returns the catalogs that are known here. */
    private Set<String> prepare() throws InterruptedException {
        while (true) {
            try {
                List<String> refused = new SchemaSetup(database).apply(plan);
                if (refused.isEmpty()) {
                    return new Ledger(database).remember(plan.hash(), filesJson());
                }
                report(String.join("; ", refused));
            } catch (DatabaseException failure) {
                report(failure.getMessage());
            } catch (RuntimeException bug) {
                report("the engine failed: " + bug);
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
    }

    private void report(String why) {
        if (!why.equals(trouble)) {
            observer.observe(new Observation.OutageBegan("postgresql", why));
        }
        trouble = why;
    }

    private String filesJson() {
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
