package io.nomnom.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.oneOf;
import static org.hamcrest.Matchers.startsWith;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.MessageInfo;
import io.nomnom.devstack.EngineProcess;
import io.restassured.builder.RequestSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ingestion API as a client sees it, with no worker and no database anywhere. */
class IngestIT {
    private static final String ID =
            "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static Stack stack;
    private static RequestSpecification api;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack();
        stack.postgres.stop();
        EngineProcess engine = stack.engine("api").awaitReady(Duration.ofSeconds(60));
        api =
                new RequestSpecBuilder()
                        .setBaseUri(engine.url())
                        .setContentType(ContentType.JSON)
                        .build();
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    @Test
    void whatIsAcceptedIsInTheQueueAsSentWithItsCloudEventsHeaders() throws Exception {
        String body =
                "{ \"order_key\":\"I-1\",\"customer_key\":\"C\",\"order_status\":\"P\",\n"
                        + " \"total_price\":1.10,\"order_date\":\"2024-11-12\",\"unknown\":[1.0] }";

        String statusUrl =
                given(api)
                        .header(
                                "traceparent",
                                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                        .body(body)
                        .post("/ingest/Order")
                        .then()
                        .statusCode(202)
                        .header("Location", startsWith("/ingest/status/"))
                        .body("message_id", matchesPattern(ID))
                        .body("status", equalTo("accepted"))
                        .body("entity_type", equalTo("Order"))
                        .body("durability", equalTo("buffered"))
                        .extract()
                        .path("status_url");

        given(api).get(statusUrl).then().statusCode(200).body("status", equalTo("accepted"));
        given(api)
                .get(statusUrl.replaceFirst("\\?seq=.*", ""))
                .then()
                .statusCode(200)
                .body("status", equalTo("accepted"));
        try (Connection nats = Nats.connect(stack.nats.url())) {
            MessageInfo message =
                    nats.jetStreamManagement().getLastMessage("MESSAGES", "messages.ingest.Order");
            assertThat(new String(message.getData(), StandardCharsets.UTF_8)).isEqualTo(body);
            assertThat(message.getHeaders().getFirst("ce-id"))
                    .isEqualTo(message.getHeaders().getFirst("Nats-Msg-Id"));
            assertThat(message.getHeaders().getFirst("ce-type")).isEqualTo("Order");
            assertThat(message.getHeaders().getFirst("ce-specversion")).isEqualTo("1.0");
            assertThat(message.getHeaders().getFirst("nomnom-generation")).isEqualTo("0");
            assertThat(message.getHeaders().getFirst("nomnom-catalog")).hasSize(32);
            assertThat(message.getHeaders().getFirst("traceparent")).startsWith("00-0af765");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Order | {\"order_key\": | 400 | unparseable",
                "Order | [] | 400 | unparseable",
                "Order | {\"total_price\":1e99999999999} | 400 | unparseable",
                "Order | `` | 400 | unparseable",
                "Order | {\"a\":1,\"a\":2} | 400 | unparseable",
                "Ordre | {} | 404 | unknown_entity",
                "order | {} | 404 | unknown_entity",
                "Customer | {} | 404 | unknown_entity",
                "Order | {} | 422 | invalid",
                "message | {\"order_key\":\"x\"} | 400 | entity_missing"
            })
    void aRefusalIsAProblemThatSaysWhatAndWhere(
            String entity, String body, int status, String code) {
        given(api)
                .body(body)
                .post("/ingest/" + entity)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("instance", equalTo("/ingest/" + entity));
    }

    @Test
    void anUnknownEntityIsToldWithTheNearestKnownOne() {
        given(api)
                .body("{}")
                .post("/ingest/OrderLineItems")
                .then()
                .statusCode(404)
                .body(
                        "detail",
                        allOf(containsString("Order,"), containsString("'OrderLineItem'?")));
    }

    @Test
    void everyFaultHasItsPointerAndTheLineOfItsRule() {
        given(api)
                .body("{\"order_key\":7,\"line_items\":[{\"line_number\":\"x\"}]}")
                .post("/ingest/Order")
                .then()
                .statusCode(422)
                .body("errors", hasSize(9))
                .body("errors.pointer", hasItem("/line_items/0/line_number"))
                .body("errors[0].rule", equalTo("config/entities/order.yaml:12"));
    }

    @Test
    void anythingButJsonIsNotTaken() {
        given(api)
                .contentType("application/xml")
                .body("<order/>")
                .post("/ingest/Order")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void whatTheHttpLayerRefusesIsAProblemToo() {
        given(api)
                .put("/ingest/Order")
                .then()
                .statusCode(405)
                .contentType("application/problem+json")
                .body("code", equalTo("method_not_allowed"));
        given(api)
                .body("{}")
                .post("/ingest")
                .then()
                .statusCode(404)
                .body("code", equalTo("entity_missing"));
    }

    @Test
    void aMessageAboveTheLimitIsTooLargeAndOneBelowItIsNot() {
        String order =
                "{\"order_key\":\"I-2\",\"customer_key\":\"C\",\"order_status\":\"P\","
                        + "\"total_price\":1,\"order_date\":\"2024-11-12\",\"comment\":\"%s\"}";

        given(api)
                .body(order.formatted("x".repeat(900 * 1024)))
                .post("/ingest/Order")
                .then()
                .statusCode(413)
                .body("code", equalTo("too_large"));
        given(api)
                .body(order.formatted("x".repeat(899 * 1024)))
                .post("/ingest/Order")
                .then()
                .statusCode(202);
    }

    @Test
    void aStatusThatCannotBeKnownIsNotCalledUnknown() {
        given(api)
                .get("/ingest/status/0197b2d0-0000-7000-8000-000000000000")
                .then()
                .statusCode(503)
                .header("Retry-After", oneOf("1", "2", "3", "4", "5"));
        given(api).get("/ingest/status/what").then().statusCode(400);
    }

    @Test
    void theApiIsReadyWithNatsAlone() {
        given(api).get("/ready").then().statusCode(200).body("checks.nats.status", equalTo("up"));
    }
}
