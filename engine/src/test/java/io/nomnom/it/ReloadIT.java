package io.nomnom.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entity files change as a ConfigMap does, by swapping a link, while messages come in. */
class ReloadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private static Path mounted;
    private static Stack stack;
    private static Client api;
    private static Client worker;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack();
        mount(0, catalog(0));
        Files.createSymbolicLink(mounted.resolve("order.yaml"), Path.of("..data", "order.yaml"));
        Map<String, String> settings =
                Map.of("ENTITIES_DIR", mounted.toString(), "ENTITIES_RELOAD", "on");
        worker = new Client(stack.engine("worker", settings));
        api = new Client(stack.engine("api,dashboard", settings));
        worker.engine().awaitReady(PATIENCE);
        api.engine().awaitReady(PATIENCE);
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    /** What the kubelet does: a new directory, then {@code ..data} points at it at once. */
    private static void mount(int number, String yaml) throws IOException {
        Path version = Files.createDirectory(mounted.resolve("..v" + number));
        Files.writeString(version.resolve("order.yaml"), yaml);
        Path link = mounted.resolve("..data_tmp");
        Files.createSymbolicLink(link, version.getFileName());
        Files.move(link, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Every row says by which version it was made, and each version has a column more. */
    private static String catalog(int version) {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i <= version; i++) {
            columns.append(
                    "    - {name: since_%d, type: integer, constant: %d}\n".formatted(i, version));
        }
        return """
        apiVersion: nomnom.io/v1
        kind: Entity
        metadata: {name: Order}
        spec:
          type: root
          fields:
            - {name: order_key, type: string}
            - {name: line_items, type: list}
            - {name: first, type: integer, constant: %1$d}
        %2$s    - {name: last, type: integer, constant: %1$d}
          persistence: {table: orders, unicity: {fields: [order_key]}}
        ---
        apiVersion: nomnom.io/v1
        kind: Entity
        metadata: {name: OrderLineItem}
        spec:
          type: derived
          derivation: {repeatedFor: {entity: Order, field: line_items}}
          fields:
            - {name: order_key, type: string, copyFrom: Order}
            - {name: line_number, type: integer}
            - {name: made_by, type: integer, constant: %1$d}
          persistence: {table: order_line_items, unicity: {fields: [order_key, line_number]}}
        """
                .formatted(version, columns);
    }

    private static String health(Client client) {
        return client.get("/health").json().path("checks").path("catalog").path("detail").asText();
    }

    private static void awaitCatalog(String before) {
        for (Client client : new Client[] {worker, api}) {
            await().atMost(PATIENCE)
                    .until(() ->
                            !client.get("/health").json().path("catalog").asText().equals(before));
        }
    }

    @Test
    void aSwapUnderLoadLosesNothingAndMixesNoPlans() throws Exception {
        Load load = new Load(api);
        try (load) {
            for (int version = 1; version <= 4; version++) {
                String before = api.get("/health").json().path("catalog").asText();
                int seen = load.count(202);
                await().atMost(PATIENCE).until(() -> load.count(202) > seen + 200);
                mount(version, catalog(version));
                awaitCatalog(before);
            }
            int seen = load.count(202);
            await().atMost(PATIENCE).until(() -> load.count(202) > seen + 200);
        }

        int accepted = load.accepted().size();
        await().atMost(PATIENCE)
                .until(() -> stack.number("SELECT count(*) FROM orders") == accepted);
        assertThat(stack.number("SELECT count(*) FROM order_line_items")).isEqualTo(2L * accepted);
        assertThat(stack.number("SELECT count(*) FROM message_status WHERE status <> 'completed'"))
                .isZero();
        assertThat(stack.number("SELECT count(DISTINCT first) FROM orders")).isEqualTo(5);
        assertThat(
                        stack.number(
                                "SELECT count(*) FROM orders o JOIN order_line_items i USING"
                                        + " (order_key) WHERE o.first <> o.last OR o.first <>"
                                        + " i.made_by OR o.since_0 <> o.first"))
                .isZero();
        assertThat(stack.number("SELECT count(*) FROM orders WHERE since_4 <> 4")).isZero();
        assertThat(stack.number("SELECT count(*) FROM orders WHERE first = 4 AND since_4 IS NULL"))
                .isZero();
        assertThat(api.get("/api/entities/Order").body()).contains("since_4");

        aBadCatalogIsToldEverywhereAndTheOldOneGoesOn();
        aChangeThatLosesDataIsRefusedWithTheStep();
    }

    private static void aBadCatalogIsToldEverywhereAndTheOldOneGoesOn() throws Exception {
        Queue<String> messages = new ConcurrentLinkedQueue<>();
        WebSocket socket = connect(messages);
        mount(5, catalog(4).replace("type: string", "type: strng"));

        for (Client client : new Client[] {worker, api}) {
            await().atMost(PATIENCE).until(() -> health(client).contains("error[ENT301]"));
            assertThat(client.get("/health").json().path("status").asText()).isEqualTo("degraded");
            assertThat(client.get("/ready").status()).isEqualTo(200);
            assertThat(client.get("/metrics").body())
                    .contains("nomnom_reloads_total{outcome=\"refused\"} 1.0");
        }
        await().atMost(PATIENCE)
                .until(() -> messages.stream().anyMatch(m -> m.contains("did you mean 'string'")));
        socket.abort();
        assertThat(api.post("/ingest/Order", Client.order("after-bad", 1)).status()).isEqualTo(202);
        await().atMost(PATIENCE)
                .until(() ->
                        stack.number("SELECT count(*) FROM orders WHERE order_key = 'after-bad'")
                                == 1);
    }

    private static void aChangeThatLosesDataIsRefusedWithTheStep() throws Exception {
        mount(
                6,
                catalog(4)
                        .replace(
                                "last, type: integer, constant: 4",
                                "last, type: date, constant: 2024-01-01"));

        await().atMost(PATIENCE).until(() -> health(worker).contains("needs --allow lossy"));
        assertThat(health(worker)).contains("ALTER COLUMN \"last\" TYPE date");
        await().atMost(PATIENCE).until(() -> health(api).contains("waits for a worker"));
        mount(7, catalog(4));
        await().atMost(PATIENCE).until(() -> health(worker).isEmpty() && health(api).isEmpty());
    }

    private static WebSocket connect(Queue<String> messages) {
        return HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create(api.engine().url().replace("http", "ws") + "/ws"),
                        new WebSocket.Listener() {
                            private final StringBuilder text = new StringBuilder();

                            @Override
                            public @Nullable CompletionStage<?> onText(
                                    WebSocket socket, CharSequence data, boolean last) {
                                text.append(data);
                                if (last) {
                                    messages.add(text.toString());
                                    text.setLength(0);
                                }
                                socket.request(1);
                                return null;
                            }
                        })
                .join();
    }
}
