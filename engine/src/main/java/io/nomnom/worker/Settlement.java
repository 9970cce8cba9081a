package io.nomnom.worker;

import io.nomnom.message.Envelope;
import io.nomnom.message.Parsed;
import io.nomnom.nats.DeadLetters;
import io.nomnom.nats.DeadLetters.Reason;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.pg.BatchWriter.Written;
import io.nomnom.pg.LedgerRow;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Ends deliveries whose transaction is committed: what became rows is acknowledged, what is dead
 * only after its letter is stored.
 */
record Settlement(DeadLetters deadLetters, Observer observer, InstantSource clock) {
    private static final Duration LETTER_RETRY = Duration.ofSeconds(5);

    void settle(WorkItem item, Written written, String catalog) {
        LedgerRow before = written.endedBefore().get(item.delivery().envelope().messageId());
        if (before != null) {
            settle(item, before, catalog);
            return;
        }
        switch (item.parsed()) {
            case Parsed.Rows ignored -> item.delivery().ack();
            case Parsed.Rejection rejection ->
                    bury(item, reason(item, rejection, written, catalog));
        }
    }

    /** It had ended before: a dead letter may be missing still, and storing it twice is one. */
    private void settle(WorkItem item, LedgerRow before, String catalog) {
        int generation = item.delivery().envelope().generation();
        if (before.status().equals("dlq") && before.generation() == generation) {
            bury(item, recorded(before, catalog));
        } else {
            item.delivery().ack();
        }
    }

    private Reason recorded(LedgerRow row, String catalog) {
        Instant ended = row.processedAt() == null ? clock.instant() : row.processedAt().toInstant();
        return new Reason(
                row.errorCode() == null ? "" : row.errorCode(),
                row.errorMessage() == null ? "" : row.errorMessage(),
                row.errorList(),
                row.retryCount() + 1,
                row.firstFailureOr(ended),
                ended,
                row.catalog() == null ? catalog : row.catalog());
    }

    private Reason reason(
            WorkItem item, Parsed.Rejection rejection, Written written, String catalog) {
        LedgerRow failed = written.failedBefore().get(item.delivery().envelope().messageId());
        Instant now = clock.instant();
        boolean exhausted = rejection.code() == Parsed.Code.ATTEMPTS_EXHAUSTED;
        int attempts = failed == null ? 0 : failed.retryCount();
        return new Reason(
                rejection.code().word(),
                rejection.message(),
                rejection.errors(),
                exhausted ? attempts : attempts + 1,
                failed == null ? now : failed.firstFailureOr(now),
                now,
                catalog);
    }

    private void bury(WorkItem item, Reason reason) {
        Envelope envelope = item.delivery().envelope();
        try {
            deadLetters.store(item.delivery(), reason);
        } catch (IOException away) {
            observer.observe(new Observation.Trouble("a dead letter waits", away));
            item.delivery().release(LETTER_RETRY);
            return;
        }
        observer.observe(
                new Observation.DeadLettered(
                        envelope.messageId().toString(),
                        envelope.entity(),
                        reason.code(),
                        reason.message()));
        item.delivery().ack();
    }
}
