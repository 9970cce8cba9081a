package io.nomnom.dashboard;

import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /ws}: hands connections and their wishes to the live feed. */
@WebSocket(path = "/ws")
@RunOnVirtualThread
public class LiveSocket {
    private final LiveFeed feed;
    private final Map<String, LiveClient> clients = new ConcurrentHashMap<>();

    @Inject
    public LiveSocket(LiveFeed feed) {
        this.feed = feed;
    }

    @OnOpen
    public void open(WebSocketConnection connection) {
        LiveClient client = new LiveClient(connection);
        clients.put(connection.id(), client);
        feed.join(client);
    }

    /** {@code {"type":"subscribe","entities":[...],"limit":10}}. */
    @OnTextMessage
    public void wish(String text, WebSocketConnection connection) {
        LiveClient client = clients.get(connection.id());
        if (client != null && client.wish(text)) {
            feed.rejoin(client);
        }
    }

    @OnClose
    public void close(WebSocketConnection connection) {
        LiveClient client = clients.remove(connection.id());
        if (client != null) {
            feed.leave(client);
        }
    }
}
