package io.nomnom.worker;

import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.pg.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Says whether the database works; opens at an outage and closes by itself. For all threads. */
public final class Circuit {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Database database;
    private final Observer observer;
    private final InstantSource clock;
    private volatile @Nullable Instant openSince;
    private volatile String reason = "";

    public Circuit(Database database, Observer observer, InstantSource clock) {
        this.database = database;
        this.observer = observer;
        this.clock = clock;
    }

    /** Why the worker waits; empty where it does not. */
    public String reason() {
        return openSince == null ? "" : reason;
    }

    /** An outage was seen. */
    void open(String why) {
        synchronized (this) {
            reason = why;
            if (openSince == null) {
                openSince = clock.instant();
                observer.observe(new Observation.OutageBegan("postgresql", why));
            }
        }
    }

    private void close() {
        synchronized (this) {
            Instant since = openSince;
            if (since != null) {
                openSince = null;
                observer.observe(
                        new Observation.OutageEnded(
                                "postgresql", Duration.between(since, clock.instant())));
            }
        }
    }

    /**
     * Waits until the database answers; {@code meanwhile} runs between the tries.
     *
     * @return whether it does; false where waiting was called off
     */
    boolean awaitClosed(Runnable meanwhile, BooleanSupplier calledOff) throws InterruptedException {
        Duration wait = SHORTEST;
        while (openSince != null) {
            if (calledOff.getAsBoolean()) {
                return false;
            }
            Thread.sleep(wait.plusMillis(ThreadLocalRandom.current().nextLong(wait.toMillis())));
            meanwhile.run();
            if (database.answers()) {
                close();
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
        }
        return true;
    }
}
