package io.nomnom.worker;

import io.nomnom.message.Envelope;
import io.nomnom.message.MessageParser;
import io.nomnom.message.Parsed;
import io.nomnom.message.Parsed.Code;
import io.nomnom.message.Parsed.Rejection;
import io.nomnom.nats.DeadLetters;
import io.nomnom.nats.Delivery;
import io.nomnom.nats.DeliverySource;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.pg.BatchWriter;
import io.nomnom.pg.BatchWriter.Claim;
import io.nomnom.pg.BatchWriter.Written;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.FaultKind;
import io.nomnom.pg.Ledger;
import io.nomnom.pg.LedgerRow;
import io.nomnom.plan.FieldError;
import io.nomnom.plan.MessagePlan;
import io.nomnom.plan.Plan;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One worker loop on a virtual thread of its own: fetch, parse with the plan, one transaction a
 * batch, settle after the commit. A batch that fails is halved until the message at fault stands
 * alone; then its failure is told apart: rejection, transient, outage.
 */
public final class WorkerLane implements Runnable {
    private static final Duration AWAY = Duration.ofMillis(500);
    private static final Duration LETTER_RETRY = Duration.ofSeconds(5);
    private static final Duration CATALOG_RETRY = Duration.ofSeconds(2);
    private static final Duration CATALOG_PATIENCE = Duration.ofMinutes(5);
    private static final int QUARANTINE_FACTOR = 3;

    /** What a lane works with; shared by all lanes. */
    public record Tools(
            Plan plan,
            WorkerSettings settings,
            BatchWriter writer,
            Ledger ledger,
            DeadLetters deadLetters,
            KnownCatalogs catalogs,
            Circuit circuit,
            Runnable committed,
            Observer observer,
            InstantSource clock) {}

    private record Item(Delivery delivery, Parsed parsed) {
        Claim claim() {
            return new Claim(delivery.envelope(), parsed);
        }

        Item rejected(Code code, String message) {
            return new Item(delivery, new Rejection(code, message, List.of()));
        }
    }

    private final Tools tools;
    private final DeliverySource source;
    private volatile boolean stopping;

    public WorkerLane(Tools tools, DeliverySource source) {
        this.tools = tools;
        this.source = source;
    }

    /** Asks the lane to end after the batch that it holds. */
    public void stop() {
        stopping = true;
    }

    @Override
    public void run() {
        while (!stopping) {
            try {
                tools.circuit().awaitClosed(() -> {});
                Instant began = tools.clock().instant();
                List<Delivery> deliveries = source.fetch(tools.settings().batchSize());
                if (!deliveries.isEmpty()) {
                    tools.observer()
                            .observe(new Observation.Fetched(deliveries.size(), since(began)));
                    work(deliveries);
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
        Map<UUID, Item> items = new HashMap<>();
        for (Delivery delivery : deliveries) {
            if (waitsForCatalog(delivery.envelope())) {
                delivery.release(CATALOG_RETRY);
            } else {
                Item item = new Item(delivery, parse(delivery));
                Item twin = items.putIfAbsent(delivery.envelope().messageId(), item);
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
                && !tools.catalogs().knows(catalog)
                && since(envelope.storedAt()).compareTo(CATALOG_PATIENCE) < 0;
    }

    private Parsed parse(Delivery delivery) {
        Envelope envelope = delivery.envelope();
        if (delivery.deliveries() > (long) QUARANTINE_FACTOR * tools.settings().maxDeliver()) {
            return new Rejection(
                    Code.QUARANTINED,
                    "delivered %d times without an end".formatted(delivery.deliveries()),
                    List.of());
        }
        MessagePlan plan = tools.plan().route(envelope.entity());
        if (plan == null) {
            return new Rejection(
                    Code.UNKNOWN_ENTITY,
                    "'%s' is not an entity that is taken in".formatted(envelope.entity()),
                    List.of());
        }
        return MessageParser.parse(envelope.body(), plan, envelope.storedAt());
    }

    /** Writes the items and settles them; on failure halves, counts or waits. */
    private void attempt(List<Item> items, Duration parse) throws InterruptedException {
        Instant began = tools.clock().instant();
        try {
            Written written = tools.writer().write(items.stream().map(Item::claim).toList());
            tools.committed().run();
            tools.observer()
                    .observe(
                            new Observation.Committed(
                                    items.size(), written.rows(), parse, since(began)));
            items.forEach(item -> settle(item, written));
        } catch (DatabaseException failure) {
            failed(items, failure);
        }
    }

    private void failed(List<Item> items, DatabaseException failure) throws InterruptedException {
        FaultKind kind = failure.kind();
        if (kind == FaultKind.OUTAGE && (failure.sqlState() != null || !tools.writer().answers())) {
            tools.circuit().open(failure.getMessage());
            holdThrough(items);
        } else if (items.size() > 1) {
            int middle = items.size() / 2;
            attempt(items.subList(0, middle), Duration.ZERO);
            attempt(items.subList(middle, items.size()), Duration.ZERO);
        } else if (kind == FaultKind.REJECTION
                && items.getFirst().parsed() instanceof Parsed.Rows) {
            attempt(
                    List.of(items.getFirst().rejected(Code.DATABASE_REFUSED, failure.getMessage())),
                    Duration.ZERO);
        } else {
            retry(items.getFirst(), failure);
        }
    }

    /** Keeps what it holds alive until the database is back, or gives it back when stopping. */
    private void holdThrough(List<Item> items) throws InterruptedException {
        List<Item> held = new ArrayList<>(items);
        tools.circuit()
                .awaitClosed(() -> {
                    if (stopping) {
                        held.forEach(item -> item.delivery().release(Duration.ZERO));
                        held.clear();
                    }
                    held.forEach(item -> item.delivery().inProgress());
                });
        if (!held.isEmpty()) {
            attempt(held, Duration.ZERO);
        }
    }

    private void retry(Item item, DatabaseException failure) throws InterruptedException {
        Envelope envelope = item.delivery().envelope();
        try {
            int attempts =
                    tools.ledger()
                            .fail(envelope, "transient", failure.getMessage(), tools.plan().hash());
            if (attempts >= tools.settings().maxDeliver()) {
                attempt(
                        List.of(
                                item.rejected(
                                        Code.ATTEMPTS_EXHAUSTED,
                                        "%d attempts failed, the last with: %s"
                                                .formatted(attempts, failure.getMessage()))),
                        Duration.ZERO);
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

    /** Acknowledges what has ended; a dead message only after its letter is stored. */
    private void settle(Item item, Written written) {
        Envelope envelope = item.delivery().envelope();
        LedgerRow before = written.endedBefore().get(envelope.messageId());
        if (before != null) {
            boolean dead =
                    before.status().equals("dlq") && before.generation() == envelope.generation();
            if (!dead || bury(item, before.errorCode(), before.errorMessage(), List.of())) {
                item.delivery().ack();
            }
            return;
        }
        switch (item.parsed()) {
            case Parsed.Rows ignored -> item.delivery().ack();
            case Rejection rejection -> {
                if (bury(item, rejection.code().word(), rejection.message(), rejection.errors())) {
                    item.delivery().ack();
                }
            }
        }
    }

    private boolean bury(
            Item item, @Nullable String code, @Nullable String message, List<FieldError> errors) {
        Envelope envelope = item.delivery().envelope();
        String why = message == null ? "" : message;
        String reason = code == null ? "" : code;
        try {
            tools.deadLetters()
                    .store(
                            item.delivery(),
                            new DeadLetters.Reason(
                                    reason,
                                    why,
                                    errors,
                                    item.delivery().deliveries(),
                                    tools.plan().hash()),
                            tools.clock().instant());
            tools.observer()
                    .observe(
                            new Observation.DeadLettered(
                                    envelope.messageId().toString(),
                                    envelope.entity(),
                                    reason,
                                    why));
            return true;
        } catch (IOException away) {
            tools.observer().observe(new Observation.Trouble("a dead letter waits", away));
            item.delivery().release(LETTER_RETRY);
            return false;
        }
    }
}
