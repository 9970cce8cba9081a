package io.nomnom.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What entity files can say, from a request to the tables. */
class LanguageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path HL7 = Path.of("../config/examples/hl7");
    private static Stack stack;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack();
        stack.execute("CREATE TABLE guests (key text PRIMARY KEY, note text, since int DEFAULT 7)");
        Path entities =
                stack.entities(
                        HL7.resolve("entities").toString(),
                        "src/test/resources/language",
                        "src/test/golden/every-key-v1");
        Map<String, String> settings =
                Map.of(
                        "ENTITIES_DIR",
                        entities.toString(),
                        "TRANSFORMS_DIR",
                        HL7.resolve("transforms").toAbsolutePath().normalize().toString());
        client = new Client(stack.engine("all", settings).awaitReady(PATIENCE));
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    private static JsonNode ended(Client.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        String url = "/ingest/status/" + answer.json().path("message_id").asText();
        await().atMost(PATIENCE)
                .until(() ->
                        client.get(url).json().path("status").asText().matches("completed|dlq"));
        return client.get(url).json();
    }

    @Test
    void aMessageOfHl7GivesARowForEachOfItsSegments() throws Exception {
        String message = Files.readString(HL7.resolve("cases/admission/Hl7v2MessageFile.json"));

        JsonNode status = ended(client.post("/ingest/Hl7v2MessageFile", message));

        assertThat(status.path("rows").toString())
                .isEqualTo(
                        "{\"patient_visits\":1,\"patient_diagnoses\":3,\"patient_procedures\":2}");
        assertThat(stack.texts("SELECT code FROM patient_diagnoses"))
                .containsExactlyInAnyOrder("I10", "E11.9", "J45");
        assertThat(stack.text("SELECT patient_name FROM patient_visits")).isEqualTo("Doe, Jane");

        String corrected = message.replaceAll("DG1\\|[23]\\|.*?\\\\r", "");
        ended(client.post("/ingest/Hl7v2MessageFile", corrected));

        assertThat(stack.number("SELECT count(*) FROM patient_diagnoses")).isEqualTo(1);
        assertThat(stack.number("SELECT count(*) FROM patient_procedures")).isEqualTo(2);
        assertThat(stack.number("SELECT count(*) FROM patient_visits")).isEqualTo(1);
    }

    @Test
    void aBadChildIsLeftOutAndTheStatusSaysWhy() throws Exception {
        String visit = Files.readString(Path.of("src/test/golden/every-key-v1/Visit.json"));

        JsonNode status = ended(client.post("/ingest/Visit", visit));

        assertThat(status.path("status").asText()).isEqualTo("completed");
        assertThat(status.path("rows").path("pages").asInt()).isEqualTo(2);
        assertThat(status.path("errors").toString())
                .contains("/pages/1/url", "expected string, found a number");
        assertThat(stack.text("SELECT extra->>'stranger' FROM visits WHERE visit_key = 'AB'"))
                .isEqualTo("[1]");

        JsonNode again = client.post("/ingest/Visit", visit).json();
        assertThat(again.path("duplicate").asBoolean()).isTrue();
        assertThat(again.path("message_id")).isEqualTo(status.path("message_id"));
    }

    @Test
    void aLineOfDelimitedTextIsFoundByItsPrefix() {
        String line = "W;LINE;skipped;0197b2d0-0000-7000-8000-00000000000a;3\n";

        JsonNode status =
                ended(client.post("/ingest/message", line, Map.of("content-type", "text/plain")));

        assertThat(status.path("entity_type").asText()).isEqualTo("Visit");
        assertThat(stack.text("SELECT level::text FROM visits WHERE visit_key = 'LINE'"))
                .isEqualTo("3");
        Client.Answer unknown =
                client.post("/ingest/message", "Z;1", Map.of("content-type", "text/plain"));
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.body()).contains("known: V;, W;");
        assertThat(
                        client.post(
                                        "/ingest/message",
                                        line + line,
                                        Map.of("content-type", "text/plain"))
                                .status())
                .isEqualTo(400);
    }

    @Test
    void withSyntaxOnlyTheWorkerRefuses() {
        assertThat(ended(client.post("/ingest/Late", "{\"key\":\"a\",\"size\":1}")).path("status"))
                .hasToString("\"completed\"");

        JsonNode bad = ended(client.post("/ingest/Late", "{\"key\":\"b\",\"size\":\"many\"}"));

        assertThat(bad.path("status").asText()).isEqualTo("dlq");
        assertThat(bad.path("errors").toString()).contains("/size");
        assertThat(client.post("/ingest/Late", "{\"key\":").status()).isEqualTo(400);
    }

    @Test
    void onConflictIgnoreKeepsTheFirstRow() {
        ended(client.post("/ingest/Late", "{\"key\":\"c\",\"size\":1}"));
        ended(client.post("/ingest/Late", "{\"key\":\"c\",\"size\":2}"));

        assertThat(stack.number("SELECT size FROM lates WHERE key = 'c'")).isEqualTo(1);
    }

    @Test
    void theTableOfSomeoneElseIsWrittenAsItIs() {
        ended(client.post("/ingest/Guest", "{\"key\":\"a\",\"note\":\"one\"}"));
        ended(client.post("/ingest/Guest", "{\"key\":\"a\",\"note\":\"two\"}"));

        assertThat(stack.text("SELECT note || since FROM guests WHERE key = 'a'"))
                .isEqualTo("two7");
        assertThat(client.get("/api/guests?limit=1").body()).contains("\"note\":\"two\"");
    }

    @Test
    void aTableThatLacksColumnsIsNotShownAndStopsNothing() throws Exception {
        stack.execute("DROP TABLE IF EXISTS guests; CREATE TABLE guests (key text PRIMARY KEY)");

        assertThat(client.get("/api/guests?limit=1").body()).isEqualTo("[]");
        assertThat(client.get("/api/lates?limit=1").status()).isEqualTo(200);
        assertThat(client.get("/api/stats").status()).isEqualTo(200);
        stack.execute("ALTER TABLE guests ADD note text, ADD since int DEFAULT 7");
    }

    @Test
    void aColumnThatGrowsIsReadWithoutAFault() throws Exception {
        ended(client.post("/ingest/Late", "{\"key\":\"grows\",\"size\":1}"));
        for (int i = 0; i < 30; i++) {
            assertThat(client.get("/api/lates?limit=1").status()).isEqualTo(200);
        }
        stack.execute("ALTER TABLE lates ALTER size TYPE bigint");

        for (int i = 0; i < 30; i++) {
            assertThat(client.get("/api/lates?limit=1").status()).isEqualTo(200);
        }
    }
}
