package io.nomnom.pg;

import io.nomnom.message.Envelope;
import io.nomnom.sql.LedgerSql;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The ledger of messages and the catalogs that were in force. Blocks. */
public final class Ledger {
    /** The key of the advisory lock of house-keeping: one more than that of the schema. */
    private static final long HOUSE_LOCK = SchemaChanges.LOCK + 1;

    private final Database database;

    public Ledger(Database database) {
        this.database = database;
    }

    /** The rows of the ids that it knows. */
    public List<LedgerRow> find(Collection<UUID> ids) throws DatabaseException {
        List<LedgerRow> rows = new ArrayList<>();
        for (Row row : database.run(LedgerSql.FIND, (Object) ids.toArray(UUID[]::new))) {
            rows.add(LedgerRow.of(row));
        }
        return rows;
    }

    /** Counts a failed attempt of a message; returns the attempts of its generation so far. */
    public int fail(Envelope envelope, String code, String message, String catalog)
            throws DatabaseException {
        for (Row row :
                database.run(
                        LedgerSql.FAIL,
                        envelope.messageId(),
                        envelope.entity(),
                        utc(envelope.storedAt()),
                        code,
                        message,
                        envelope.generation(),
                        envelope.storedSequence(),
                        catalog)) {
            return row.getInteger(0);
        }
        return 0;
    }

    /** Keeps a catalog's files under its hash, and returns the hashes of all that were in force. */
    public Set<String> remember(String hash, String filesJson) throws DatabaseException {
        database.run(LedgerSql.REMEMBER_CATALOG, hash, filesJson);
        Set<String> hashes = new HashSet<>();
        for (Row row : database.run(LedgerSql.CATALOG_HASHES)) {
            hashes.add(row.getString(0));
        }
        return hashes;
    }

    /**
     * Removes a step of the rows that ended before the retention.
     *
     * @return how many; 0 also where another process is at it
     */
    public int prune(Instant now, Duration retention) throws DatabaseException {
        return database.inTransaction(transaction -> {
            boolean mine =
                    transaction.run(LedgerSql.TRY_LOCK, HOUSE_LOCK).iterator().next().getBoolean(0);
            return mine
                    ? transaction.run(LedgerSql.PRUNE, utc(now.minus(retention))).rowCount()
                    : 0;
        });
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
