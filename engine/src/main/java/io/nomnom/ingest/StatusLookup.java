package io.nomnom.ingest;

import io.nomnom.nats.QueueLookup;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.Ledger;
import io.nomnom.pg.LedgerRow;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a message is: the ledger first, then the queue, then the ledger once more. Blocks. */
public final class StatusLookup {
    private final Ledger ledger;
    private final QueueLookup queue;

    public StatusLookup(Ledger ledger, QueueLookup queue) {
        this.ledger = ledger;
        this.queue = queue;
    }

    /** What is known of a message. */
    public sealed interface Found {

        /** The ledger has it. */
        record Recorded(LedgerRow row) implements Found {}

        /** The queue has it. */
        record Waiting(UUID id, QueueLookup.Queued queued) implements Found {}

        /** Nobody has it. */
        record Unknown() implements Found {}

        /** It can't be known now. */
        record Unavailable(String reason) implements Found {}
    }

    public Found find(UUID id, long sequence) {
        String away = null;
        for (int round = 0; round < 2; round++) {
            try {
                List<LedgerRow> rows = ledger.find(List.of(id));
                if (!rows.isEmpty()) {
                    return new Found.Recorded(rows.getFirst());
                }
                away = null;
            } catch (DatabaseException failure) {
                away = "PostgreSQL: " + failure.getMessage();
            }
            if (round == 0) {
                Found waiting = inQueue(id, sequence);
                if (waiting != null) {
                    return waiting;
                }
            }
        }
        return away == null ? new Found.Unknown() : new Found.Unavailable(away);
    }

    private @Nullable Found inQueue(UUID id, long sequence) {
        try {
            QueueLookup.Queued queued = queue.find(id, sequence);
            return queued == null ? null : new Found.Waiting(id, queued);
        } catch (IOException away) {
            return new Found.Unavailable(String.valueOf(away.getMessage()));
        }
    }
}
