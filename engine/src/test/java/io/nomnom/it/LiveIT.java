package io.nomnom.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The live feed as a browser sees it, with api, worker and dashboard as processes of their own. */
class LiveIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static Stack stack;
    private static Client api;
    private static Client dashboard;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack();
        var worker = stack.engine("worker");
        api = new Client(stack.engine("api").awaitReady(PATIENCE));
        dashboard =
                new Client(
                        stack.engine("dashboard", Map.of("DASHBOARD_POLL_MS", "3600000"))
                                .awaitReady(PATIENCE));
        worker.awaitReady(PATIENCE);
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    /** What one connection got, in order. */
    private static final class Browser implements WebSocket.Listener, AutoCloseable {
        private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Browser() {
            URI uri = URI.create(dashboard.engine().url().replace("http", "ws") + "/ws");
            socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, this).join();
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket webSocket, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                try {
                    messages.add(new ObjectMapper().readTree(part.toString()));
                } catch (IOException fault) {
                    throw new IllegalStateException(fault);
                }
                part.setLength(0);
            }
            webSocket.request(1);
            return null;
        }

        void send(String text) {
            socket.sendText(text, true).join();
        }

        List<JsonNode> of(String type, String entity) {
            return messages.stream()
                    .filter(message -> message.path("type").asText().equals(type))
                    .filter(message -> message.path("entity").asText().equals(entity))
                    .toList();
        }

        /** The keys of the orders with a prefix, in order; other tests' orders are not seen. */
        List<String> keys(String type, String prefix) {
            List<String> keys = new ArrayList<>();
            for (JsonNode message : of(type, "Order")) {
                for (JsonNode row : message.path("rows")) {
                    String key = row.path("order_key").asText();
                    if (key.startsWith(prefix)) {
                        keys.add(key);
                    }
                }
            }
            return keys;
        }

        void awaitSnapshot() {
            await().atMost(PATIENCE).until(() -> !of("snapshot", "Order").isEmpty());
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static void post(String key) {
        assertThat(api.post("/ingest/Order", Client.order(key, 1)).status()).isEqualTo(202);
    }

    @Test
    void everyRowIsSentOnceWokenByTheCommitOfAnotherProcess() {
        List<String> keys = IntStream.range(0, 300).mapToObj(i -> "L-" + i).toList();
        try (Browser browser = new Browser()) {
            browser.awaitSnapshot();

            keys.forEach(LiveIT::post);

            await().atMost(PATIENCE).until(() -> browser.keys("rows", "L-").size() >= keys.size());
            assertThat(browser.keys("rows", "L-")).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(browser.of("rows", "OrderLineItem")).isNotEmpty();
        }
    }

    @Test
    void whoJoinsInTheMiddleSeesEachRowInTheSnapshotOrAfterItAndNeverTwice() {
        List<String> keys = IntStream.range(0, 200).mapToObj(i -> "J-" + i).toList();
        List<Browser> browsers = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            post(keys.get(i));
            if (i % 50 == 20) {
                browsers.add(new Browser());
            }
        }
        try (Browser first = browsers.getFirst()) {
            first.awaitSnapshot();
            await().atMost(PATIENCE)
                    .until(() ->
                            first.keys("rows", "J-").contains(keys.getLast())
                                    || first.keys("snapshot", "J-").contains(keys.getLast()));
            for (Browser browser : browsers) {
                List<String> seen = new ArrayList<>(browser.keys("snapshot", "J-"));
                seen.addAll(browser.keys("rows", "J-"));
                assertThat(seen).doesNotHaveDuplicates();
            }
        } finally {
            browsers.forEach(Browser::close);
        }
    }

    @Test
    void anUpdateIsSentAgainAndAWishLimitsWhatIsSent() {
        post("W-1");
        await().atMost(PATIENCE)
                .until(() ->
                        stack.number("SELECT count(*) FROM orders WHERE order_key = 'W-1'") == 1);
        try (Browser browser = new Browser()) {
            browser.awaitSnapshot();
            browser.send("{\"type\":\"subscribe\",\"entities\":[\"Order\"],\"limit\":1}");
            await().atMost(PATIENCE).until(() -> browser.of("snapshot", "Order").size() == 2);
            assertThat(browser.of("snapshot", "Order").getLast().path("rows")).hasSize(1);
            int before = browser.keys("rows", "W-").size();
            int others = browser.of("rows", "OrderLineItem").size();

            post("W-1");

            await().atMost(PATIENCE).until(() -> browser.keys("rows", "W-").size() > before);
            assertThat(browser.keys("rows", "W-")).last().isEqualTo("W-1");
            assertThat(browser.of("rows", "OrderLineItem")).hasSize(others);
            assertThat(browser.of("snapshot", "Customer")).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void pagesLeadThroughAllRowsWithoutGapOrRepeat() {
        IntStream.range(0, 25).forEach(i -> post("P-" + i));
        await().atMost(PATIENCE)
                .until(() ->
                        stack.number("SELECT count(*) FROM orders WHERE order_key LIKE 'P-%'")
                                == 25);
        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonNode page =
                    dashboard
                            .get(
                                    "/api/entities/Order/rows?limit=10"
                                            + (next.isEmpty() ? "" : "&after=" + next))
                            .json();
            page.path("rows").forEach(row -> seen.add(row.path("order_key").asText()));
            next = page.path("next").textValue();
        }

        assertThat(seen).doesNotHaveDuplicates().contains("P-0", "P-24");
        assertThat((long) seen.size()).isEqualTo(stack.number("SELECT count(*) FROM orders"));
        for (String wrong : List.of("after=x", "after=WyJ4Il0", "limit=0", "limit=x")) {
            assertThat(dashboard.get("/api/entities/Order/rows?" + wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }
}
