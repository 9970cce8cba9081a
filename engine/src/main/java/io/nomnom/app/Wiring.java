package io.nomnom.app;

import io.nomnom.dashboard.LiveFeed;
import io.nomnom.dashboard.StatsReader;
import io.nomnom.ingest.Acceptance;
import io.nomnom.ingest.StatusLookup;
import io.nomnom.nats.QueueLookup;
import io.nomnom.pg.Ledger;
import io.nomnom.pg.RowReader;
import io.nomnom.plan.Plans;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Hands the engine's parts to the HTTP resources. */
@Singleton
public class Wiring {

    @Produces
    @Singleton
    Acceptance acceptance(Engine engine) {
        return new Acceptance(
                engine.plans(),
                engine.publisher(),
                engine.queue(),
                engine.settings().maxMessageBytes(),
                engine.observer(),
                InstantSource.system());
    }

    @Produces
    @Singleton
    Plans plans(Engine engine) {
        return engine.plans();
    }

    @Produces
    @Singleton
    RowReader rows(Engine engine) {
        return engine.rows();
    }

    @Produces
    @Singleton
    StatsReader stats(Engine engine) {
        return engine.stats();
    }

    @Produces
    @Singleton
    LiveFeed feed(Engine engine) {
        return engine.feed();
    }

    @Produces
    @Singleton
    StatusLookup statusLookup(Engine engine) {
        return new StatusLookup(new Ledger(engine.database()), new QueueLookup(engine.queue()));
    }
}
