package io.nomnom.dashboard;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * One browser: a short queue and a virtual thread that empties it, so that it slows nobody else.
 */
final class LiveClient {
    private static final int MOST_WAITING = 256;
    private static final CloseReason TOO_SLOW = new CloseReason(1013, "too slow; connect again");

    private final WebSocketConnection connection;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread sender;

    LiveClient(WebSocketConnection connection) {
        this.connection = connection;
        this.sender = Thread.ofVirtual().name("live-" + connection.id()).start(this::run);
    }

    String id() {
        return connection.id();
    }

    /** Queues a message; a client that does not keep up is closed and may connect again. */
    void send(String message) {
        if (!waiting.offer(message)) {
            end();
            Thread.ofVirtual().start(() -> connection.closeAndAwait(TOO_SLOW));
        }
    }

    void end() {
        sender.interrupt();
    }

    private void run() {
        try {
            while (connection.isOpen()) {
                connection.sendTextAndAwait(waiting.take());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException gone) {
            waiting.clear();
        }
    }
}
