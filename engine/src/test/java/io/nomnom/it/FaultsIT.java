package io.nomnom.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.MessageInfo;
import io.nomnom.devstack.EngineProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults against real servers and the packaged engine: what got a 202 is in the tables, once. */
class FaultsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private Stack stack;

    @BeforeEach
    void start() throws Exception {
        stack = new Stack();
    }

    @AfterEach
    void stop() throws Exception {
        stack.close();
    }

    private EngineProcess engine(String roles) throws Exception {
        return stack.engine(roles);
    }

    private void awaitOrders(long count) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(stack.number("SELECT count(*) FROM orders")).isEqualTo(count));
    }

    @Test
    void aMessageGoesFromAcceptedToCompletedAndARefusalTellsEveryFault() throws Exception {
        Client client = new Client(engine("all").awaitReady(PATIENCE));

        Client.Answer accepted = client.post("/api/ingest/Order", Client.order("O-1", 2));
        assertThat(accepted.status()).isEqualTo(202);
        String statusUrl = accepted.json().get("status_url").textValue();

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(client.get(statusUrl).json().get("status").textValue())
                                .isEqualTo("completed"));
        assertThat(client.get("/api/orders?limit=10").body()).contains("\"total_price\":12345.67,");
        assertThat(client.get("/api/entities/OrderLineItem/rows").json().get("rows")).hasSize(2);
        for (String path :
                List.of("/health", "/health/live", "/health/ready", "/ready", "/metrics")) {
            assertThat(client.get(path).status()).as(path).isEqualTo(200);
            assertThat(client.get("/api" + path).status()).as("/api" + path).isEqualTo(200);
        }
        assertThat(client.post("/api/ingest/message", named("OrderLineItem")).status())
                .isEqualTo(202);
        assertThat(client.post("/ingest/message", named("Nobody")).status()).isEqualTo(404);
        assertThat(client.post("/ingest/message", "{}").status()).isEqualTo(400);
        assertThat(client.post("/ingest/Order", "{\"order_key\":7}").status()).isEqualTo(422);
        assertThat(client.post("/ingest/Order", "{\"order_key\"").status()).isEqualTo(400);
        assertThat(client.post("/ingest/Ordre", "{}").status()).isEqualTo(404);
        assertThat(client.post("/ingest/Order", "x".repeat(1_000_000)).status()).isEqualTo(413);
    }

    @Test
    void theApiAndTheWorkerMayStartInAnyOrderAndAnInactiveRoleAnswers404() throws Exception {
        Client api = new Client(engine("api").awaitReady(PATIENCE));
        Client.Answer early = api.post("/ingest/Order", Client.order("O-1", 1));
        assertThat(early.status()).isEqualTo(202);
        assertThat(api.get(early.json().get("status_url").textValue()).status()).isNotEqualTo(404);
        assertThat(api.get("/api/stats").status()).isEqualTo(404);

        Client worker = new Client(engine("worker").awaitReady(PATIENCE));

        awaitOrders(1);
        assertThat(worker.post("/ingest/Order", Client.order("O-2", 1)).status()).isEqualTo(404);
    }

    @Test
    void poisonInTheQueueCostsOnlyItself() throws Exception {
        Client client = new Client(engine("all").awaitReady(PATIENCE));
        try (Connection nats = Nats.connect(stack.nats.url())) {
            for (String poison : List.of("no envelope", "{\"order_key\":1}", "\0\0")) {
                nats.jetStream()
                        .publish("messages.ingest.Order", poison.getBytes(StandardCharsets.UTF_8));
            }
            nats.jetStream().publish("messages.ingest.Nobody", new byte[] {1});

            assertThat(client.post("/ingest/Order", Client.order("O-1", 1)).status())
                    .isEqualTo(202);
            awaitOrders(1);
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(
                                            nats.jetStreamManagement()
                                                    .getStreamInfo("MESSAGESDLQ")
                                                    .getStreamState()
                                                    .getMsgCount())
                                    .isEqualTo(4));
            MessageInfo letter =
                    nats.jetStreamManagement().getLastMessage("MESSAGESDLQ", "messages.dlq.Nobody");
            assertThat(letter.getHeaders().getFirst("nomnom-reason-code"))
                    .isEqualTo("unknown_entity");
            assertThat(stack.number("SELECT count(*) FROM message_status WHERE status = 'dlq'"))
                    .isEqualTo(4);
        }
    }

    /** All that was accepted is there, and nothing of it twice. */
    private void awaitAll(Load load) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(stack.texts("SELECT order_key FROM orders"))
                                .containsAll(load.accepted()));
        long orders = stack.number("SELECT count(*) FROM orders");
        assertThat(stack.number("SELECT count(DISTINCT order_key) FROM orders")).isEqualTo(orders);
        assertThat(stack.number("SELECT count(*) FROM order_line_items")).isEqualTo(2 * orders);
        assertThat(stack.number("SELECT count(*) FROM message_status WHERE status = 'dlq'"))
                .isZero();
    }

    @Test
    void workersThatAreKilledLeaveNoMessageBehindAndNoRowTwice() throws Exception {
        Client api = new Client(engine("api").awaitReady(PATIENCE));
        EngineProcess worker = engine("worker").awaitReady(PATIENCE);
        Load load = new Load(api);
        try (load) {
            for (int kills = 0; kills < 3; kills++) {
                Thread.sleep(Duration.ofSeconds(2));
                worker.kill();
                worker = engine("worker").awaitReady(PATIENCE);
            }
        }

        assertThat(load.accepted()).hasSizeGreaterThan(100);
        awaitAll(load);
    }

    @Test
    void severalWorkersMayStartAtOnceOnAnEmptyDatabase() throws Exception {
        List<EngineProcess> workers = List.of(engine("worker"), engine("worker"), engine("worker"));
        Client api = new Client(engine("api").awaitReady(PATIENCE));
        for (EngineProcess worker : workers) {
            worker.awaitReady(PATIENCE);
        }

        for (int i = 0; i < 50; i++) {
            assertThat(api.post("/ingest/Order", Client.order("O-" + i, 1)).status())
                    .isEqualTo(202);
        }

        awaitOrders(50);
    }

    @Test
    void aWorkerThatIsAskedToStopFinishesOrGivesBackWhatItHolds() throws Exception {
        Client api = new Client(engine("api").awaitReady(PATIENCE));
        EngineProcess worker = engine("worker").awaitReady(PATIENCE);
        for (int i = 0; i < 200; i++) {
            assertThat(api.post("/ingest/Order", Client.order("O-" + i, 1)).status())
                    .isEqualTo(202);
        }

        int exitCode = worker.stop();

        assertThat(exitCode).isEqualTo(143);
        try (Connection nats = Nats.connect(stack.nats.url())) {
            assertThat(
                            nats.jetStreamManagement()
                                    .getConsumerInfo("MESSAGES", "workers")
                                    .getNumAckPending())
                    .isZero();
            long waiting =
                    nats.jetStreamManagement()
                            .getStreamInfo("MESSAGES")
                            .getStreamState()
                            .getMsgCount();
            assertThat(stack.number("SELECT count(*) FROM orders") + waiting).isEqualTo(200);
        }
    }

    @Test
    void aDatabaseThatIsAwayForTenSecondsCostsNoMessageAndFillsNoDeadLetters() throws Exception {
        Client client = new Client(engine("all").awaitReady(PATIENCE));
        Load load = new Load(client);
        try (load) {
            Thread.sleep(Duration.ofSeconds(1));
            stack.postgres.stop();
            Thread.sleep(Duration.ofSeconds(10));
            assertThat(client.get("/ready").status()).isEqualTo(503);
            assertThat(client.get("/health/live").status()).isEqualTo(200);
            stack.postgres.restart();
            Thread.sleep(Duration.ofSeconds(1));
        }

        assertThat(load.count(202)).isGreaterThan(100);
        assertThat(load.count(202)).as("the api needs NATS only").isEqualTo(load.accepted().size());
        awaitAll(load);
        assertThat(stack.number("SELECT count(*) FROM message_status WHERE retry_count > 0"))
                .as("an outage counts no attempt")
                .isZero();
    }

    @Test
    void aTableThatIsNotAsPlannedStopsTheWorkerUntilItIsMended() throws Exception {
        Client client = new Client(engine("all").awaitReady(PATIENCE));
        stack.execute("ALTER TABLE orders RENAME TO orders_away");

        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Client.Answer answer = client.post("/ingest/Order", Client.order("O-" + i, 2));
            ids.add(answer.json().path("status_url").asText());
        }
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(client.get("/ready").body()).contains("orders", "42P01"));
        Thread.sleep(Duration.ofSeconds(3));
        assertThat(stack.number("SELECT count(*) FROM message_status")).isZero();
        assertThat(client.get(ids.getFirst()).json().path("status").asText())
                .isIn("accepted", "processing");

        stack.execute("ALTER TABLE orders_away RENAME TO orders");

        awaitOrders(20);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.get("/ready").status()).isEqualTo(200));
    }

    @Test
    void aQueueThatIsRestartedRefusesMeanwhileAndLosesNothing() throws Exception {
        Client client = new Client(engine("all").awaitReady(PATIENCE));
        Load load = new Load(client);
        int before;
        try (load) {
            Thread.sleep(Duration.ofSeconds(1));
            stack.nats.kill();
            Thread.sleep(Duration.ofSeconds(8));
            before = load.count(202);
            stack.nats.restart();
            new Client(client.engine().awaitReady(PATIENCE));
            Thread.sleep(Duration.ofSeconds(2));
        }

        assertThat(load.count(503)).isPositive();
        assertThat(load.count(202)).as("it goes on by itself").isGreaterThan(before);
        awaitAll(load);
    }

    private static String named(String entity) {
        return """
        {"entity_type":"%s","order_key":"O-1","line_number":3,"part_key":"P","quantity":1,
         "extended_price":1.25}\
        """
                .formatted(entity);
    }
}
