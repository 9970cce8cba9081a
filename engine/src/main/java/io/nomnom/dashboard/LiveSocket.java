package io.nomnom.dashboard;

import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import jakarta.inject.Inject;

/** {@code /ws}: hands connections to the live feed. */
@WebSocket(path = "/ws")
public class LiveSocket {
    private final LiveFeed feed;

    @Inject
    public LiveSocket(LiveFeed feed) {
        this.feed = feed;
    }

    @OnOpen
    public void open(WebSocketConnection connection) {
        feed.join(connection);
    }

    @OnClose
    public void close(WebSocketConnection connection) {
        feed.leave(connection);
    }
}
