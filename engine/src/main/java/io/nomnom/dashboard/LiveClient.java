package io.nomnom.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One browser: a short queue and a virtual thread that empties it, so that it slows nobody else.
 */
final class LiveClient {
    private static final int MOST_WAITING = 1_024;
    private static final int MOST_SNAPSHOT_ROWS = 1_000;
    private static final CloseReason TOO_SLOW = new CloseReason(1013, "too slow; connect again");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WRONG_WISH =
            """
            {"type":"error","message":"expected {\\"type\\":\\"subscribe\\",\\"entities\\":[...],\\"limit\\":10}"}\
            """;

    private final WebSocketConnection connection;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread sender;
    private volatile Wish wish = new Wish(Set.of(), 10);
    private volatile boolean gone;

    LiveClient(WebSocketConnection connection) {
        this.connection = connection;
        this.sender = Thread.ofVirtual().name("live-" + connection.id()).start(this::run);
    }

    /**
     * What a client wants to see.
     *
     * @param entities empty for all
     * @param limit how many rows an entity's snapshot has at most
     */
    record Wish(Set<String> entities, int limit) {
        Wish {
            entities = Set.copyOf(entities);
        }

        boolean includes(String entity) {
            return entities.isEmpty() || entities.contains(entity);
        }
    }

    String id() {
        return connection.id();
    }

    Wish wish() {
        return wish;
    }

    /** Whether it was closed; it gets nothing more then. */
    boolean isGone() {
        return gone;
    }

    /** Takes a subscribe message; anything else is answered with an error, and changes nothing. */
    boolean wish(String text) {
        try {
            JsonNode message = JSON.readTree(text);
            JsonNode limit = message.path("limit");
            boolean limited = limit.isMissingNode() || (limit.isInt() && limit.intValue() > 0);
            JsonNode names = message.path("entities");
            boolean named = names.isMissingNode() || names.isArray();
            if (message.path("type").asText().equals("subscribe") && limited && named) {
                Set<String> entities = new HashSet<>();
                names.forEach(name -> entities.add(name.asText()));
                wish = new Wish(entities, Math.min(limit.asInt(10), MOST_SNAPSHOT_ROWS));
                return true;
            }
        } catch (JsonProcessingException notJson) {
            // told below
        }
        send(WRONG_WISH);
        return false;
    }

    /** Queues a message; a client that does not keep up is closed and may connect again. */
    void send(String message) {
        if (!gone && !waiting.offer(message)) {
            end();
            Thread.ofVirtual().start(() -> connection.closeAndAwait(TOO_SLOW));
        }
    }

    void end() {
        gone = true;
        sender.interrupt();
    }

    private void run() {
        try {
            while (connection.isOpen()) {
                connection.sendTextAndAwait(waiting.take());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException broken) {
            gone = true;
        }
    }
}
