package io.nomnom.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.nomnom.dashboard.LiveFeed;
import io.nomnom.dashboard.StatsReader;
import io.nomnom.ingest.Acceptance;
import io.nomnom.ingest.StatusLookup;
import io.nomnom.nats.Publisher;
import io.nomnom.nats.Queue;
import io.nomnom.nats.QueueLookup;
import io.nomnom.observe.LogObserver;
import io.nomnom.observe.MeterObserver;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.pg.Database;
import io.nomnom.pg.Ledger;
import io.nomnom.pg.RowReader;
import io.nomnom.plan.Plan;
import io.nomnom.plan.Plans;
import io.nomnom.worker.Workers;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Makes what the roles need, starts it in order and stops it in reverse, and hands its parts to the
 * HTTP resources.
 */
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
        StartFaults.refuse(reader.faults());
        this.observer = new LogObserver().and(new MeterObserver(meters));
        reader.nearMisses(System.getenv().keySet())
                .forEach((name, meant) ->
                        observer.observe(new Observation.SettingUnread(name, meant)));
        this.plans = new Plans(StartFaults.plan(settings));
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
                                settings,
                                plans,
                                new TableTakeover(settings, workers, database),
                                observer)
                        : null;
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

    @Produces
    @Singleton
    Settings settings() {
        return settings;
    }

    @Produces
    @Singleton
    Plans plans() {
        return plans;
    }

    @Produces
    @Singleton
    RowReader rows() {
        return rows;
    }

    @Produces
    @Singleton
    StatsReader stats() {
        return stats;
    }

    @Produces
    @Singleton
    LiveFeed feed() {
        return feed;
    }

    @Produces
    @Singleton
    Acceptance acceptance() {
        return new Acceptance(
                plans,
                publisher,
                queue,
                settings.maxMessageBytes(),
                observer,
                InstantSource.system());
    }

    @Produces
    @Singleton
    StatusLookup statusLookup() {
        return new StatusLookup(new Ledger(database), new QueueLookup(queue));
    }

    /** Why NATS does not work; empty where it does. */
    String queueTrouble() {
        return queue.trouble();
    }

    /** Why PostgreSQL does not work; empty where it does. Blocks. */
    String databaseTrouble() {
        return database.answers() ? "" : "PostgreSQL does not answer";
    }

    /** Why the worker does not work; empty where it does, or is not this process' role. */
    String workerTrouble() {
        return workers == null ? "" : workers.trouble();
    }
}
