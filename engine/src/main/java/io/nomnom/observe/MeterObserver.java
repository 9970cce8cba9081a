package io.nomnom.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Counts observations; the names are listed in docs/reference/metrics.md. */
public final class MeterObserver implements Observer {
    private final MeterRegistry meters;
    private final ConcurrentMap<String, Meters> byEntity = new ConcurrentHashMap<>();

    /** The meters of one entity on the hot path of the api, looked up once. */
    private record Meters(Counter accepted, Counter duplicates, Timer publish) {}

    public MeterObserver(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void observe(Observation observation) {
        switch (observation) {
            case Observation.Accepted o -> accepted(o);
            case Observation.Refused o ->
                    meters.counter(
                                    "nomnom_rejected",
                                    "entity",
                                    o.entity(),
                                    "status",
                                    String.valueOf(o.status()))
                            .increment();
            case Observation.Fetched o -> {
                meters.counter("nomnom_fetched").increment(o.messages());
                meters.timer("nomnom_fetch").record(o.took());
            }
            case Observation.Committed o -> {
                meters.counter("nomnom_completed").increment(o.messages());
                meters.summary("nomnom_batch_size").record(o.messages());
                meters.timer("nomnom_parse").record(o.parse());
                meters.timer("nomnom_write").record(o.write());
                o.rows()
                        .forEach((table, n) ->
                                meters.counter("nomnom_rows", "table", table).increment(n));
            }
            case Observation.DeadLettered o ->
                    meters.counter("nomnom_dead_letters", "entity", o.entity(), "code", o.code())
                            .increment();
            case Observation.Retried o ->
                    meters.counter("nomnom_retries", "entity", o.entity()).increment();
            case Observation.OutageBegan o ->
                    meters.counter("nomnom_outages", "server", o.server()).increment();
            case Observation.OutageEnded o ->
                    meters.timer("nomnom_outage", "server", o.server()).record(o.lasted());
            case Observation.Started o ->
                    meters.counter("nomnom_starts", "catalog", o.catalog()).increment();
            case Observation.CatalogSwapped ignored -> reloaded("swapped");
            case Observation.CatalogRefused ignored -> reloaded("refused");
            case Observation.CatalogWaits ignored -> reloaded("waiting");
            case Observation.TableChanged ignored -> {}
            case Observation.TableDiffers ignored -> {}
            case Observation.SettingUnread ignored -> {}
            case Observation.QueueDiffers ignored -> {}
            case Observation.Trouble o -> meters.counter("nomnom_troubles").increment();
        }
    }

    private void reloaded(String outcome) {
        meters.counter("nomnom_reloads", "outcome", outcome).increment();
    }

    private void accepted(Observation.Accepted accepted) {
        Meters entity = byEntity.computeIfAbsent(accepted.entity(), this::meters);
        Counter counter = accepted.duplicate() ? entity.duplicates() : entity.accepted();
        counter.increment();
        entity.publish().record(accepted.publish());
    }

    private Meters meters(String entity) {
        return new Meters(
                meters.counter("nomnom_accepted", "entity", entity),
                meters.counter("nomnom_duplicates", "entity", entity),
                meters.timer("nomnom_publish", "entity", entity));
    }
}
