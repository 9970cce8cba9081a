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

/**
 * Says whether the database works; for all threads. It opens at an outage. While it is open lanes
 * wait, growing longer, and try again when the database answers; it closes when something worked,
 * or when nothing has failed for a while.
 */
public final class Circuit {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final Database database;
    private final Observer observer;
    private final InstantSource clock;
    private volatile @Nullable Instant openSince;
    private volatile Instant lastFailure = Instant.EPOCH;
    private volatile Duration wait = SHORTEST;
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
    synchronized void open(String why) {
        reason = why;
        lastFailure = clock.instant();
        if (openSince == null) {
            openSince = lastFailure;
            wait = SHORTEST;
            observer.observe(new Observation.OutageBegan("postgresql", why));
        }
    }

    /** A transaction was committed. */
    synchronized void worked() {
        Instant since = openSince;
        if (since != null) {
            openSince = null;
            observer.observe(
                    new Observation.OutageEnded(
                            "postgresql", Duration.between(since, clock.instant())));
        }
    }

    /** There was nothing to do, so nothing could fail or work. */
    void idle() {
        if (openSince != null && lastFailure.plus(QUIET).isBefore(clock.instant())) {
            worked();
        }
    }

    /**
     * Returns at once while it is closed; else waits until the database answers, which is worth a
     * try. {@code meanwhile} runs between the looks.
     *
     * @return false where waiting was called off
     */
    boolean awaitTry(Runnable meanwhile, BooleanSupplier calledOff) throws InterruptedException {
        boolean worthATry = openSince == null;
        while (!worthATry && !calledOff.getAsBoolean()) {
            Duration now = wait;
            Thread.sleep(now.plusMillis(ThreadLocalRandom.current().nextLong(now.toMillis())));
            Duration twice = now.multipliedBy(2);
            wait = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
            meanwhile.run();
            worthATry = database.answers();
        }
        return worthATry;
    }
}
