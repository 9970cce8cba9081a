package io.nomnom.pg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nomnom.message.Envelope;
import io.nomnom.message.Parsed;
import io.nomnom.plan.EntityRows;
import io.nomnom.plan.Plan;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.LedgerSql;
import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Writes a batch of messages in one transaction: the ledger is claimed first, ids in order; then
 * one statement a table, parents before children. What the ledger says has ended is left alone.
 */
public final class BatchWriter {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Database database;
    private final String catalog;
    private final List<TablePlan> tables;
    private final Map<String, TableWriter> writers = new HashMap<>();
    private final List<OrphanRemover> removers = new ArrayList<>();

    public BatchWriter(Database database, Plan plan) {
        this.database = database;
        this.catalog = plan.hash();
        this.tables = plan.tables();
        for (TablePlan table : tables) {
            writers.put(table.name(), new TableWriter(table));
            if (table.orphans() != null) {
                removers.add(new OrphanRemover(table, table.orphans()));
            }
        }
    }

    /** A message and what its bytes are under the plan. */
    public record Claim(Envelope envelope, Parsed parsed) {}

    /**
     * What the transaction did.
     *
     * @param rows how many by table
     * @param endedBefore the ledger's rows of messages that had ended before
     * @param failedBefore those of messages that ended now, after failed attempts
     */
    public record Written(
            Map<String, Integer> rows,
            Map<UUID, LedgerRow> endedBefore,
            Map<UUID, LedgerRow> failedBefore) {}

    /** Writes the batch; after this returns it is committed. Ids are distinct. */
    public Written write(List<Claim> claims) throws DatabaseException {
        return database.inTransaction(transaction -> write(claims, transaction));
    }

    /** Whether the database answers on a fresh statement. */
    public boolean answers() {
        return database.answers();
    }

    private Written write(List<Claim> claims, Database.Transaction transaction)
            throws DatabaseException {
        List<Claim> ordered = new ArrayList<>(claims);
        ordered.sort(Comparator.comparing(claim -> claim.envelope().messageId().toString()));
        Set<UUID> claimed = new HashSet<>();
        Set<UUID> toRead = new HashSet<>();
        claim(ordered, transaction, claimed, toRead);
        ordered.forEach(claim -> {
            if (!claimed.contains(claim.envelope().messageId())) {
                toRead.add(claim.envelope().messageId());
            }
        });
        Map<UUID, LedgerRow> endedBefore = new HashMap<>();
        Map<UUID, LedgerRow> failedBefore = new HashMap<>();
        if (!toRead.isEmpty()) {
            for (Row row : transaction.run(LedgerSql.FIND, (Object) toRead.toArray(UUID[]::new))) {
                LedgerRow found = LedgerRow.of(row);
                boolean mine = claimed.contains(found.messageId());
                (mine ? failedBefore : endedBefore).put(found.messageId(), found);
            }
        }
        Map<String, Integer> rows = new LinkedHashMap<>();
        Map<UUID, Map<String, Integer>> superseded = new HashMap<>();
        for (TablePlan table : tables) {
            TableWriter.Batch batch = batch(table, ordered, claimed);
            if (!batch.isEmpty()) {
                rows.put(table.name(), batch.write(transaction, superseded));
            }
        }
        for (OrphanRemover remover : removers) {
            remover.remove(ordered, claimed, transaction);
        }
        correct(ordered, superseded, transaction);
        return new Written(rows, endedBefore, failedBefore);
    }

    private TableWriter.Batch batch(TablePlan table, List<Claim> claims, Set<UUID> claimed) {
        TableWriter writer = writers.get(table.name());
        if (writer == null) {
            throw new IllegalStateException("no writer for " + table.name());
        }
        TableWriter.Batch batch = writer.batch();
        for (Claim claim : claims) {
            if (claim.parsed() instanceof Parsed.Rows rows
                    && claimed.contains(claim.envelope().messageId())) {
                for (EntityRows entity : rows.tables()) {
                    if (entity.table().name().equals(table.name())) {
                        batch.add(claim.envelope(), entity.rows());
                    }
                }
            }
        }
        return batch;
    }

    /** Claims the messages; ids with failed attempts are added to {@code failed}. */
    private void claim(
            List<Claim> claims,
            Database.Transaction transaction,
            Set<UUID> claimed,
            Set<UUID> failed)
            throws DatabaseException {
        int n = claims.size();
        UUID[] ids = new UUID[n];
        String[] entities = new String[n];
        String[] statuses = new String[n];
        OffsetDateTime[] received = new OffsetDateTime[n];
        String[] codes = new String[n];
        String[] messages = new String[n];
        String[] errors = new String[n];
        String[] rows = new String[n];
        Integer[] generations = new Integer[n];
        Long[] sequences = new Long[n];
        for (int i = 0; i < n; i++) {
            Envelope envelope = claims.get(i).envelope();
            ids[i] = envelope.messageId();
            entities[i] = envelope.entity().replace("\0", "");
            received[i] = Ledger.utc(envelope.storedAt());
            generations[i] = envelope.generation();
            sequences[i] = envelope.storedSequence();
            switch (claims.get(i).parsed()) {
                case Parsed.Rows made -> {
                    statuses[i] = "completed";
                    rows[i] = json(counts(made));
                    if (!made.skipped().isEmpty()) {
                        codes[i] = "skipped";
                        messages[i] = made.skipped().size() + " faults of children left out";
                        errors[i] = json(made.skipped()).replace("\\u0000", "");
                    }
                }
                case Parsed.Rejection rejection -> {
                    statuses[i] = "dlq";
                    codes[i] = rejection.code().word();
                    messages[i] = rejection.message().replace("\0", "");
                    errors[i] = json(rejection.errors()).replace("\\u0000", "");
                }
            }
        }
        for (Row row :
                transaction.run(
                        LedgerSql.CLAIM,
                        ids,
                        entities,
                        statuses,
                        received,
                        codes,
                        messages,
                        errors,
                        rows,
                        generations,
                        sequences,
                        catalog)) {
            claimed.add(row.getUUID(0));
            if (row.getInteger(1) > 0) {
                failed.add(row.getUUID(0));
            }
        }
    }

    private static Map<String, Integer> counts(Parsed.Rows rows) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        rows.tables().forEach(each -> counts.put(each.table().name(), each.rows().size()));
        return counts;
    }

    /** Messages that found newer rows are recorded with the rows that they did write. */
    private static void correct(
            List<Claim> claims,
            Map<UUID, Map<String, Integer>> superseded,
            Database.Transaction transaction)
            throws DatabaseException {
        if (superseded.isEmpty()) {
            return;
        }
        List<UUID> ids = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (Claim claim : claims) {
            Map<String, Integer> left = superseded.get(claim.envelope().messageId());
            if (left != null && claim.parsed() instanceof Parsed.Rows made) {
                Map<String, Integer> counts = counts(made);
                left.forEach((table, n) -> counts.merge(table, -n, Integer::sum));
                ids.add(claim.envelope().messageId());
                rows.add(json(counts));
            }
        }
        transaction.run(
                LedgerSql.SUPERSEDED, ids.toArray(UUID[]::new), rows.toArray(String[]::new));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
