package io.nomnom.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.CatalogReader;
import io.nomnom.dashboard.LiveFeed;
import io.nomnom.dashboard.StatsReader;
import io.nomnom.nats.Publisher;
import io.nomnom.nats.Queue;
import io.nomnom.nats.QueueLookup;
import io.nomnom.observe.LogObserver;
import io.nomnom.observe.MeterObserver;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.pg.Database;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.RowReader;
import io.nomnom.pg.SchemaChanges;
import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.plan.Plans;
import io.nomnom.worker.Workers;
import io.nomnom.yaml.Issues;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** Starts what the roles need, in order, and stops it in reverse. */
@Singleton
public class Engine {
    /** For answers that are being written. */
    private static final Duration LAST_ANSWERS = Duration.ofMillis(200);

    private final Settings settings;
    private final Observer observer;
    private final Plans plans;
    private final Queue queue;
    private final Publisher publisher;
    private final Database database;
    private final @Nullable Workers workers;
    private final RowReader rows;
    private final StatsReader stats;
    private final LiveFeed feed;
    private final @Nullable Reloader reloader;

    @Inject
    public Engine(Config config, Vertx vertx, MeterRegistry meters, ObjectMapper json) {
        SettingsReader reader =
                new SettingsReader(
                        name -> config.getOptionalValue(name, String.class),
                        LaunchMode.current() == LaunchMode.DEVELOPMENT);
        this.settings = reader.read();
        refuse(reader.faults());
        this.observer = new LogObserver().and(new MeterObserver(meters));
        reader.nearMisses(System.getenv().keySet())
                .forEach((name, meant) ->
                        observer.observe(new Observation.SettingUnread(name, meant)));
        this.plans = new Plans(load(settings));
        this.queue = new Queue(settings.queue(), settings.has(Role.WORKER), observer);
        this.publisher = new Publisher(queue);
        int connections = settings.worker().lanes() + 6;
        this.database = new Database(vertx, settings.databaseUrl(), connections);
        this.rows = new RowReader(database);
        this.stats = new StatsReader(plans, rows, new QueueLookup(queue));
        this.feed = new LiveFeed(plans, rows, stats, json, settings.dashboardPoll(), observer);
        this.workers =
                settings.has(Role.WORKER)
                        ? new Workers(
                                plans.get(),
                                settings.worker(),
                                queue,
                                database,
                                queue::announceCommit,
                                observer)
                        : null;
        this.reloader =
                settings.reload()
                        ? new Reloader(
                                settings, plans, takeover(settings, workers, database), observer)
                        : null;
    }

    /** The worker makes the tables of a plan; a dashboard without one waits for them. */
    private static Reloader.Takeover takeover(
            Settings settings, @Nullable Workers workers, Database database) {
        if (workers != null) {
            return next -> obstacle(() -> workers.adopt(next), "", false);
        }
        return settings.has(Role.DASHBOARD)
                ? next -> obstacle(() -> missing(next, database), "waits for a worker: ", true)
                : next -> null;
    }

    private static String missing(Plan next, Database database) throws DatabaseException {
        return new SchemaChanges(database)
                .open(next).stream()
                        .filter(left -> left.step().needed())
                        .map(SchemaChanges.Left::render)
                        .collect(Collectors.joining("\n\n"));
    }

    /** A look at the tables; gives what must be done first. */
    @FunctionalInterface
    private interface Look {
        String steps() throws DatabaseException, InterruptedException;
    }

    private static Reloader.@Nullable Obstacle obstacle(Look look, String before, boolean passes)
            throws InterruptedException {
        try {
            String steps = look.steps();
            return steps.isEmpty() ? null : new Reloader.Obstacle(before + steps, passes);
        } catch (DatabaseException away) {
            return new Reloader.Obstacle("waits for PostgreSQL: " + away.getMessage(), true);
        }
    }

    /** Ends the process with code 1 where the user's settings are at fault. */
    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            exit("nomnom: wrong settings\n  " + String.join("\n  ", faults));
        }
    }

    private static Plan load(Settings settings) {
        Issues issues = new Issues();
        Catalog catalog = CatalogReader.read(settings.entities(), settings.transforms(), issues);
        Plan plan = PlanCompiler.compile(catalog, issues);
        if (plan == null) {
            throw exit(
                    issues.render()
                            + "\n\nnomnom: the entity files have errors; nothing was started");
        }
        if (!issues.all().isEmpty()) {
            System.err.println(issues.render());
        }
        return plan;
    }

    /** Before anything runs there is nothing to shut down: the report, then the exit code. */
    private static IllegalStateException exit(String report) {
        System.err.println(report);
        System.err.flush();
        Runtime.getRuntime().halt(1);
        return new IllegalStateException("unreachable");
    }

    void start(@Observes StartupEvent event) {
        if (settings.has(Role.DASHBOARD)) {
            queue.onCommit(feed::wake);
        }
        queue.start();
        if (workers != null) {
            workers.start();
        }
        if (settings.has(Role.DASHBOARD)) {
            feed.start();
        }
        if (reloader != null) {
            reloader.start();
        }
        String roles =
                settings.roles().stream().sorted().map(Role::word).collect(Collectors.joining(","));
        Plan plan = plans.get();
        observer.observe(
                new Observation.Started(
                        roles, settings.port(), plan.hash(), plan.catalog().entities().size()));
    }

    void stop(@Observes ShutdownEvent event) {
        if (reloader != null) {
            reloader.close();
        }
        if (workers != null) {
            workers.close();
        }
        drain();
        feed.close();
        queue.close();
        database.close();
    }

    /**
     * Lets requests whose message is on its way get their answer. Quarkus' own waiting for requests
     * would wait for open WebSockets too.
     */
    private void drain() {
        try {
            publisher.drain();
            if (settings.has(Role.API)) {
                Thread.sleep(LAST_ANSWERS);
            }
        } catch (InterruptedException now) {
            Thread.currentThread().interrupt();
        }
    }

    Publisher publisher() {
        return publisher;
    }

    Settings settings() {
        return settings;
    }

    Observer observer() {
        return observer;
    }

    Plans plans() {
        return plans;
    }

    Queue queue() {
        return queue;
    }

    RowReader rows() {
        return rows;
    }

    StatsReader stats() {
        return stats;
    }

    LiveFeed feed() {
        return feed;
    }

    Database database() {
        return database;
    }

    /** Why the worker does not work; empty where it does, or is not this process' role. */
    String workerTrouble() {
        return workers == null ? "" : workers.trouble();
    }
}
