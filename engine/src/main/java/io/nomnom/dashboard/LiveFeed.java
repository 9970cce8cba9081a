package io.nomnom.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.RowReader;
import io.nomnom.pg.RowReader.Look;
import io.nomnom.plan.Plan;
import io.nomnom.plan.Plans;
import io.nomnom.plan.TablePlan;
import io.quarkus.websockets.next.WebSocketConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One look at the database for all clients: it sends the rows that became visible since the look
 * before, so that late commits are not missed and nothing is sent twice. A new client first gets a
 * snapshot, taken between two looks. One virtual thread; a commit in this process wakes it at once.
 */
public final class LiveFeed implements AutoCloseable {
    private static final int SNAPSHOT_ROWS = 10;
    private static final int MOST_ROWS = 2_000;
    private static final int ROWS_A_MESSAGE = 500;
    private static final Duration STATS_EVERY = Duration.ofSeconds(2);

    private final Plans plans;
    private final RowReader reader;
    private final StatsReader stats;
    private final ObjectMapper json;
    private final Duration poll;
    private final Map<String, LiveClient> clients = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<LiveClient> joining = new ConcurrentLinkedQueue<>();
    private final Semaphore wake = new Semaphore(0);
    private @Nullable String snapshot;
    private volatile boolean stopping;
    private long nextStats;

    public LiveFeed(
            Plans plans, RowReader reader, StatsReader stats, ObjectMapper json, Duration poll) {
        this.plans = plans;
        this.reader = reader;
        this.stats = stats;
        this.json = json;
        this.poll = poll;
    }

    public void start() {
        Thread.ofVirtual().name("live-feed").start(this::run);
    }

    /** Rows were committed: look now. */
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    void join(WebSocketConnection connection) {
        joining.add(new LiveClient(connection));
        wake();
    }

    void leave(WebSocketConnection connection) {
        LiveClient client = clients.remove(connection.id());
        if (client != null) {
            client.end();
        }
    }

    private void run() {
        while (!stopping) {
            try {
                boolean woken = wake.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS);
                if (woken) {
                    wake.drainPermits();
                }
                look();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (DatabaseException away) {
                snapshot = clients.isEmpty() ? null : snapshot;
            }
        }
    }

    private void look() throws DatabaseException {
        if (clients.isEmpty() && joining.isEmpty()) {
            snapshot = null;
            return;
        }
        Plan plan = plans.get();
        List<TablePlan> tables = plan.tables().stream().filter(TablePlan::managed).toList();
        Look look = reader.changedSince(snapshot, tables, MOST_ROWS);
        snapshot = look.snapshot();
        look.changed().forEach(this::sendRows);
        welcome(plan);
        if (System.nanoTime() >= nextStats) {
            sendAll(text(message("stats", "stats", stats.read())));
            nextStats = System.nanoTime() + STATS_EVERY.toNanos();
        }
    }

    /**
     * What joins sees a snapshot first; rows of the next look that it holds already replace those.
     */
    private void welcome(Plan plan) throws DatabaseException {
        LiveClient client = joining.poll();
        while (client != null) {
            for (TablePlan table : plan.tables()) {
                Map<String, Object> message = message("snapshot", "entity", table.entity());
                message.put("rows", reader.newest(table, SNAPSHOT_ROWS));
                client.send(text(message));
            }
            client.send(text(message("stats", "stats", stats.read())));
            clients.put(client.id(), client);
            client = joining.poll();
        }
    }

    private void sendRows(String entity, List<Map<String, @Nullable Object>> rows) {
        for (int from = 0; from < rows.size(); from += ROWS_A_MESSAGE) {
            Map<String, Object> message = message("rows", "entity", entity);
            message.put("rows", rows.subList(from, Math.min(rows.size(), from + ROWS_A_MESSAGE)));
            sendAll(text(message));
        }
    }

    private static Map<String, Object> message(String type, String key, Object value) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("type", type);
        message.put(key, value);
        return message;
    }

    private String text(Map<String, Object> message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug);
        }
    }

    private void sendAll(String message) {
        clients.values().forEach(client -> client.send(message));
    }

    @Override
    public void close() {
        stopping = true;
        wake();
    }
}
