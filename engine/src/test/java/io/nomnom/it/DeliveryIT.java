package io.nomnom.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the queue may do to a message: repeat it, bring it late, bring it before its parent. */
class DeliveryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static Stack stack;
    private static Client client;
    private static Connection nats;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack();
        Path entities = stack.entities("../config/entities", "src/test/resources/enforced");
        client =
                new Client(
                        stack.engine("all", Map.of("ENTITIES_DIR", entities.toString()))
                                .awaitReady(PATIENCE));
        nats = Nats.connect(stack.nats.url());
    }

    @AfterAll
    static void stop() throws Exception {
        nats.close();
        stack.close();
    }

    private static void publish(Headers headers, String body) throws Exception {
        nats.jetStream()
                .publish(
                        NatsMessage.builder()
                                .subject("messages.ingest.Order")
                                .headers(headers)
                                .data(body.getBytes(StandardCharsets.UTF_8))
                                .build());
    }

    private static JsonNode status(String id) {
        return client.get("/ingest/status/" + id).json();
    }

    private static void awaitStatus(String id, String wanted) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(status(id).path("status").asText()).isEqualTo(wanted));
    }

    @Test
    void aMessageThatIsDeliveredAgainAfterItsCommitChangesNothing() throws Exception {
        String id = UUID.randomUUID().toString();
        Headers first = new Headers().put("ce-id", id).put("ce-type", "Order");
        publish(first, Client.order("D-1", 1));
        awaitStatus(id, "completed");
        String version = stack.text("SELECT xmin::text FROM orders WHERE order_key = 'D-1'");

        publish(first, Client.order("D-1", 1));
        publish(first, Client.order("D-1", 1));

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(nats.jetStreamManagement().getStreamInfo("MESSAGES"))
                                .returns(0L, info -> info.getStreamState().getMsgCount()));
        assertThat(stack.text("SELECT xmin::text FROM orders WHERE order_key = 'D-1'"))
                .isEqualTo(version);
        assertThat(status(id).path("retry_count").asInt()).isZero();
    }

    @Test
    void anOlderMessageThatComesLateIsSupersededAndOverwritesNothing() throws Exception {
        String now =
                client.post("/ingest/Order", Client.order("D-2", 1))
                        .json()
                        .path("message_id")
                        .asText();
        awaitStatus(now, "completed");
        String late = UUID.randomUUID().toString();

        publish(
                new Headers()
                        .put("ce-id", late)
                        .put("ce-type", "Order")
                        .put("nomnom-stored-time", Instant.now().minusSeconds(3600).toString())
                        .put("nomnom-stored-seq", "1"),
                Client.order("D-2", 1).replace("12345.67", "1.00"));

        awaitStatus(late, "completed");
        assertThat(status(late).path("superseded").asBoolean()).isTrue();
        assertThat(status(late).path("rows").path("orders").asInt()).isZero();
        assertThat(stack.text("SELECT total_price FROM orders WHERE order_key = 'D-2'"))
                .isEqualTo("12345.67");
    }

    @Test
    void ofManyUpdatesOfOneKeyTheNewestIsThere() {
        String last = "";
        for (int i = 1; i <= 60; i++) {
            String body = Client.order("D-3", 1).replace("12345.67", i + ".00");
            last = client.post("/ingest/Order", body).json().path("message_id").asText();
        }

        awaitStatus(last, "completed");
        assertThat(stack.text("SELECT total_price FROM orders WHERE order_key = 'D-3'"))
                .isEqualTo("60.00");
    }

    @Test
    void oneIdempotencyKeyIsOneMessage() {
        Map<String, String> key = Map.of("Idempotency-Key", "k-1");
        Client.Answer first = client.post("/ingest/Order", Client.order("D-4", 1), key);
        Client.Answer second = client.post("/ingest/Order", Client.order("D-5", 1), key);

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("message_id")).isEqualTo(first.json().path("message_id"));
        assertThat(second.json().path("duplicate").asBoolean()).isTrue();
        awaitStatus(first.json().path("message_id").asText(), "completed");
        assertThat(stack.number("SELECT count(*) FROM orders WHERE order_key = 'D-5'")).isZero();
    }

    @Test
    void anEnvelopeFromElsewhereIsTakenByItsOwnId() throws Exception {
        String id = UUID.randomUUID().toString();
        publish(
                new Headers(),
                """
                {"message_id":"%s","entity_type":"Order","body":%s,"retry_count":0}\
                """
                        .formatted(id, Client.order("D-6", 2)));

        awaitStatus(id, "completed");
        assertThat(status(id).path("rows").path("order_line_items").asInt()).isEqualTo(2);
    }

    @Test
    void aChildThatComesBeforeItsParentIsRetriedUntilTheParentIsThere() {
        String id = payment("P-1", "A-1");
        awaitStatus(id, "failed");
        assertThat(status(id).path("retry_count").asInt()).isPositive();

        assertThat(client.post("/ingest/Account", "{\"account_key\":\"A-1\"}").status())
                .isEqualTo(202);

        awaitStatus(id, "completed");
        assertThat(stack.number("SELECT count(*) FROM payments WHERE payment_key = 'P-1'"))
                .isEqualTo(1);
    }

    @Test
    void aChildWhoseParentNeverComesGoesToTheDeadLettersAfterItsAttempts() throws Exception {
        String id = payment("P-2", "A-NONE");

        awaitStatus(id, "dlq");
        JsonNode status = status(id);
        assertThat(status.path("retry_count").asInt()).isEqualTo(3);
        assertThat(status.path("error_message").asText()).contains("23503");
        await().atMost(PATIENCE).untilAsserted(() -> assertLetter(id));
    }

    private static void assertLetter(String id) throws Exception {
        MessageInfo letter =
                nats.jetStreamManagement().getLastMessage("MESSAGESDLQ", "messages.dlq.Payment");
        assertThat(letter.getHeaders().getFirst("ce-id")).isEqualTo(id);
        assertThat(letter.getHeaders().getFirst("nomnom-reason-code"))
                .isEqualTo("attempts_exhausted");
        assertThat(letter.getHeaders().getFirst("nomnom-attempts")).isEqualTo("3");
        Instant first = Instant.parse(letter.getHeaders().getFirst("nomnom-first-failure"));
        assertThat(first)
                .isBefore(Instant.parse(letter.getHeaders().getFirst("nomnom-last-failure")));
        assertThat(new String(letter.getData(), StandardCharsets.UTF_8)).contains("P-2");
    }

    private static String payment(String key, String account) {
        Client.Answer answer =
                client.post(
                        "/ingest/Payment",
                        """
                        {"payment_key":"%s","account_key":"%s","amount":1.50}\
                        """
                                .formatted(key, account));
        assertThat(answer.status()).isEqualTo(202);
        return answer.json().path("message_id").asText();
    }
}
