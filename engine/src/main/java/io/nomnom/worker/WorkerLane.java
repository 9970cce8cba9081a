package io.nomnom.worker;

import io.nomnom.message.Envelope;
import io.nomnom.message.MessageParser;
import io.nomnom.message.Parsed;
import io.nomnom.message.Parsed.Code;
import io.nomnom.message.Parsed.Rejection;
import io.nomnom.nats.Delivery;
import io.nomnom.nats.DeliverySource;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.pg.BatchWriter.Written;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.FaultKind;
import io.nomnom.pg.Ledger;
import io.nomnom.plan.MessagePlan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * One worker loop on a virtual thread of its own: fetch, parse with the plan, one transaction a
 * batch, settle after the commit. A batch that fails is halved until the message at fault stands
 * alone; then its failure is told apart: rejection, transient, outage.
 */
public final class WorkerLane implements Runnable {
    private static final Duration AWAY = Duration.ofMillis(500);
    private static final Duration CATALOG_RETRY = Duration.ofSeconds(2);
    private static final Duration CATALOG_PATIENCE = Duration.ofMinutes(5);
    private static final int SUSPICION_FACTOR = 3;

    /** What a lane works with; shared by all lanes. */
    public record Tools(
            Supplier<WorkingPlan> plans,
            WorkerSettings settings,
            Ledger ledger,
            Settlement settlement,
            Circuit circuit,
            Runnable committed,
            Observer observer,
            InstantSource clock) {}

    private final Tools tools;
    private final DeliverySource source;
    private volatile boolean stopping;

    /** What the batch at hand is parsed and written by; of the lane's own thread. */
    private WorkingPlan current;

    public WorkerLane(Tools tools, DeliverySource source) {
        this.tools = tools;
        this.source = source;
        this.current = tools.plans().get();
    }

    /** Asks the lane to end after the batch that it holds. */
    public void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                if (!tools.circuit().awaitTry(() -> {}, () -> stopping)) {
                    return;
                }
                Instant began = tools.clock().instant();
                List<Delivery> deliveries = source.fetch(tools.settings().batchSize());
                if (!deliveries.isEmpty()) {
                    tools.observer()
                            .observe(new Observation.Fetched(deliveries.size(), since(began)));
                    work(deliveries);
                } else {
                    tools.circuit().idle();
                }
            } catch (IOException away) {
                pause();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException bug) {
                tools.observer().observe(new Observation.Trouble("a batch failed", bug));
                pause();
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(AWAY);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private Duration since(Instant began) {
        return Duration.between(began, tools.clock().instant());
    }

    private void work(List<Delivery> deliveries) throws InterruptedException {
        Instant began = tools.clock().instant();
        current = tools.plans().get();
        Map<UUID, WorkItem> items = new HashMap<>();
        long suspicious = (long) SUSPICION_FACTOR * tools.settings().maxDeliver();
        for (Delivery delivery : deliveries) {
            if (waitsForCatalog(delivery.envelope())) {
                delivery.release(CATALOG_RETRY);
            } else if (delivery.deliveries() > suspicious) {
                attemptSuspect(delivery);
            } else {
                WorkItem item = new WorkItem(delivery, parse(delivery));
                WorkItem twin = items.putIfAbsent(delivery.envelope().messageId(), item);
                if (twin != null) {
                    delivery.release(AWAY);
                }
            }
        }
        if (!items.isEmpty()) {
            attempt(List.copyOf(items.values()), since(began));
        }
    }

    private boolean waitsForCatalog(Envelope envelope) {
        String catalog = envelope.catalog();
        return catalog != null
                && !current.known().contains(catalog)
                && since(envelope.storedAt()).compareTo(CATALOG_PATIENCE) < 0;
    }

    private Parsed parse(Delivery delivery) {
        Envelope envelope = delivery.envelope();
        MessagePlan plan = current.plan().route(envelope.entity());
        if (plan == null) {
            return new Rejection(
                    Code.UNKNOWN_ENTITY,
                    "'%s' is not an entity that is taken in".formatted(envelope.entity()),
                    List.of());
        }
        try {
            return MessageParser.parse(envelope.body(), plan, envelope.storedAt());
        } catch (RuntimeException bug) {
            tools.observer().observe(new Observation.Trouble("the parser failed", bug));
            return new Rejection(Code.ENGINE_FAULT, "the engine failed: " + bug, List.of());
        }
    }

    /**
     * A message that came back so often may have killed its workers. It is worked on alone, and the
     * attempt is counted before it: at MAX_DELIVER it goes to the dead letters unread. One that was
     * only released often, waiting for its catalog, gets through.
     */
    private void attemptSuspect(Delivery delivery) throws InterruptedException {
        Envelope envelope = delivery.envelope();
        String why = "delivered %d times without an end".formatted(delivery.deliveries());
        try {
            int attempts = tools.ledger().fail(envelope, "suspect", why, current.plan().hash());
            if (attempts >= tools.settings().maxDeliver()) {
                attemptAsDead(delivery, Code.QUARANTINED, why);
            } else {
                attempt(List.of(new WorkItem(delivery, parse(delivery))), Duration.ZERO);
            }
        } catch (DatabaseException later) {
            delivery.release(CATALOG_RETRY);
        }
    }

    private void attemptAsDead(Delivery delivery, Code code, String why)
            throws InterruptedException {
        attempt(List.of(WorkItem.rejected(delivery, code, why)), Duration.ZERO);
    }

    /** Writes the items and settles them; on failure halves, counts or waits. */
    private void attempt(List<WorkItem> items, Duration parse) throws InterruptedException {
        Instant began = tools.clock().instant();
        Written written = null;
        while (written == null) {
            try {
                written = current.writer().write(items.stream().map(WorkItem::claim).toList());
            } catch (DatabaseException failure) {
                if (!isOutage(failure)) {
                    failed(items, failure);
                    return;
                }
                tools.circuit().open(failure.getMessage());
                if (!holdThrough(items)) {
                    return;
                }
            } catch (RuntimeException bug) {
                failed(items, bug);
                return;
            }
        }
        tools.circuit().worked();
        tools.committed().run();
        tools.observer()
                .observe(
                        new Observation.Committed(
                                items.size(), written.rows(), parse, since(began)));
        for (WorkItem item : items) {
            tools.settlement().settle(item, written, current.plan().hash());
        }
    }

    /** A connection may break alone; it is an outage where a fresh one does not work either. */
    private boolean isOutage(DatabaseException failure) {
        return failure.kind() == FaultKind.OUTAGE
                && (failure.sqlState() != null || !current.writer().answers());
    }

    /**
     * Keeps what it holds alive until the database is worth a try.
     *
     * @return false where the lane is stopping: then everything is given back
     */
    private boolean holdThrough(List<WorkItem> items) throws InterruptedException {
        boolean worthATry =
                tools.circuit()
                        .awaitTry(
                                () -> items.forEach(item -> item.delivery().inProgress()),
                                () -> stopping);
        if (!worthATry) {
            items.forEach(item -> item.delivery().release(Duration.ZERO));
        }
        return worthATry;
    }

    /**
     * A batch that the engine itself cannot write is halved until the message at fault is alone.
     */
    private void failed(List<WorkItem> items, RuntimeException bug) throws InterruptedException {
        WorkItem first = items.getFirst();
        if (items.size() > 1) {
            halve(items);
        } else if (first.parsed() instanceof Parsed.Rows) {
            tools.observer().observe(new Observation.Trouble("a message failed", bug));
            attemptAsDead(first.delivery(), Code.ENGINE_FAULT, "the engine failed: " + bug);
        } else {
            throw bug;
        }
    }

    private void halve(List<WorkItem> items) throws InterruptedException {
        int middle = items.size() / 2;
        attempt(items.subList(0, middle), Duration.ZERO);
        attempt(items.subList(middle, items.size()), Duration.ZERO);
    }

    private void failed(List<WorkItem> items, DatabaseException failure)
            throws InterruptedException {
        if (items.size() > 1) {
            halve(items);
        } else if (failure.kind() == FaultKind.REJECTION
                && items.getFirst().parsed() instanceof Parsed.Rows) {
            attemptAsDead(items.getFirst().delivery(), Code.DATABASE_REFUSED, failure.getMessage());
        } else {
            retry(items.getFirst(), failure);
        }
    }

    private void retry(WorkItem item, DatabaseException failure) throws InterruptedException {
        Envelope envelope = item.delivery().envelope();
        try {
            int attempts =
                    tools.ledger()
                            .fail(
                                    envelope,
                                    "transient",
                                    failure.getMessage(),
                                    current.plan().hash());
            if (attempts >= tools.settings().maxDeliver()) {
                attemptAsDead(
                        item.delivery(),
                        Code.ATTEMPTS_EXHAUSTED,
                        "%d attempts failed, the last with: %s"
                                .formatted(attempts, failure.getMessage()));
                return;
            }
            tools.observer()
                    .observe(
                            new Observation.Retried(
                                    envelope.messageId().toString(),
                                    envelope.entity(),
                                    attempts,
                                    failure.getMessage()));
            item.delivery().release(Duration.ofSeconds(1L << Math.min(attempts, 5)));
        } catch (DatabaseException again) {
            item.delivery().release(CATALOG_RETRY);
        }
    }
}
