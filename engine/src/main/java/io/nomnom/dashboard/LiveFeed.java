package io.nomnom.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.RowReader;
import io.nomnom.pg.RowReader.Look;
import io.nomnom.plan.Plan;
import io.nomnom.plan.Plans;
import io.nomnom.plan.TablePlan;
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
 * snapshot of the same moment. One virtual thread; a commit in any process wakes it at once.
 */
public final class LiveFeed implements AutoCloseable {
    private static final int ROWS_A_MESSAGE = 500;
    private static final Duration STATS_EVERY = Duration.ofSeconds(2);

    private final Plans plans;
    private final RowReader reader;
    private final StatsReader stats;
    private final ObjectMapper json;
    private final Duration poll;
    private final Observer observer;
    private final Map<String, LiveClient> clients = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<LiveClient> joining = new ConcurrentLinkedQueue<>();
    private final Semaphore wake = new Semaphore(0);
    private @Nullable String snapshot;
    private String shownCatalog = "";
    private String shownTrouble = "";
    private volatile boolean stopping;
    private long nextStats;

    public LiveFeed(
            Plans plans,
            RowReader reader,
            StatsReader stats,
            ObjectMapper json,
            Duration poll,
            Observer observer) {
        this.plans = plans;
        this.reader = reader;
        this.stats = stats;
        this.json = json;
        this.poll = poll;
        this.observer = observer;
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

    void join(LiveClient client) {
        joining.add(client);
        wake();
    }

    /** The client wishes for something else: it gets a new snapshot, and then rows of that. */
    void rejoin(LiveClient client) {
        if (clients.remove(client.id()) != null) {
            joining.add(client);
            wake();
        }
    }

    void leave(LiveClient client) {
        client.end();
        clients.remove(client.id());
    }

    private void run() {
        while (!stopping) {
            try {
                if (wake.tryAcquire(poll.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
                look();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            } catch (DatabaseException away) {
                startOver();
            } catch (RuntimeException bug) {
                observer.observe(new Observation.Trouble("the live feed failed", bug));
                startOver();
            }
        }
    }

    /** What was sent of a broken look is not known: everyone gets a new snapshot. */
    private void startOver() {
        snapshot = null;
        joining.addAll(clients.values());
        clients.clear();
    }

    private void look() throws DatabaseException {
        if (clients.isEmpty() && joining.isEmpty()) {
            snapshot = null;
            return;
        }
        Plan plan = plans.get();
        tellCatalog(plan);
        reader.look(look -> {
            String now = look.snapshot();
            String before = snapshot;
            if (before != null) {
                for (TablePlan table : plan.tables()) {
                    if (table.systemColumns()) {
                        look.changedSince(
                                before, table, ROWS_A_MESSAGE, rows -> sendRows(table, rows));
                    }
                }
            }
            welcome(plan, look);
            snapshot = now;
        });
        if (System.nanoTime() >= nextStats) {
            String text = text(message("stats", "stats", stats.read()));
            clients.values().forEach(client -> client.send(text));
            nextStats = System.nanoTime() + STATS_EVERY.toNanos();
        }
    }

    /** Another plan has other tables: everyone starts anew with it. */
    private void tellCatalog(Plan plan) {
        String trouble = plans.trouble();
        boolean swapped = !plan.hash().equals(shownCatalog);
        if (swapped || !trouble.equals(shownTrouble)) {
            shownCatalog = plan.hash();
            shownTrouble = trouble;
            String text = text(catalogMessage());
            clients.values().forEach(client -> client.send(text));
        }
        if (swapped) {
            startOver();
        }
    }

    private Map<String, Object> catalogMessage() {
        Map<String, Object> message = message("catalog", "catalog", shownCatalog);
        message.put("issues", shownTrouble);
        return message;
    }

    /** Who joins gets the rows of this look's moment; the next look goes on from there. */
    private void welcome(Plan plan, Look look) throws DatabaseException {
        LiveClient client = joining.poll();
        while (client != null) {
            LiveClient.Wish wish = client.wish();
            for (TablePlan table : plan.tables()) {
                if (wish.includes(table.entity())) {
                    Map<String, Object> message = message("snapshot", "entity", table.entity());
                    message.put("rows", look.newest(table, wish.limit()));
                    client.send(text(message));
                }
            }
            client.send(text(message("stats", "stats", stats.read())));
            client.send(text(catalogMessage()));
            if (!client.isGone()) {
                clients.put(client.id(), client);
            }
            client = joining.poll();
        }
    }

    private void sendRows(TablePlan table, List<Map<String, @Nullable Object>> rows) {
        if (!rows.isEmpty()) {
            Map<String, Object> message = message("rows", "entity", table.entity());
            message.put("rows", rows);
            String text = text(message);
            for (LiveClient client : clients.values()) {
                if (client.wish().includes(table.entity())) {
                    client.send(text);
                }
            }
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

    @Override
    public void close() {
        stopping = true;
        wake();
    }
}
