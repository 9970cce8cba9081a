package io.nomnom.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.TestCatalogs;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.message.MalformedException;
import io.nomnom.message.MessageParser;
import io.nomnom.message.Parsed;
import io.nomnom.plan.NaiveInterpreter.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The compiled plan gives what a naive interpretation of the catalog gives, rows and faults. */
class PlanAgainstOracleTest {
    private static final Instant NOW = Instant.parse("2024-01-01T12:00:00Z");
    private static final int MESSAGES = 4_000;

    @ParameterizedTest
    @CsvSource({
        "every feature, 0",
        "every feature, 1",
        "every feature, 8",
        "every feature, 40",
        "TPC-H, 0",
        "TPC-H, 1",
        "TPC-H, 8",
        "TPC-H, 40"
    })
    void generatedMessagesGiveTheSameRowsAndFaults(String catalog, int wrong) throws Exception {
        Plan plan =
                catalog.equals("TPC-H") ? TestCatalogs.shipped() : TestCatalogs.resource("oracle");
        Random random = new Random(20_241_112 + wrong);
        MessageGenerator generator = new MessageGenerator(plan.catalog(), random, wrong);
        List<EntitySpec> sendable =
                plan.catalog().entities().stream().filter(EntitySpec::ingestible).toList();
        int good = 0;
        for (int i = 0; i < MESSAGES; i++) {
            EntitySpec entity = sendable.get(random.nextInt(sendable.size()));
            good += compare(plan, entity.name().text(), generator.message(entity).toString());
        }

        assertThat(good).as("messages that gave rows").isGreaterThan(wrong > 20 ? 0 : MESSAGES / 5);
    }

    @Test
    void theGeneratedMessagesBreakEveryRuleThatThereIs() throws Exception {
        Plan plan = TestCatalogs.resource("oracle");
        MessageGenerator generator = new MessageGenerator(plan.catalog(), new Random(7), 8);
        EntitySpec entity = Objects.requireNonNull(plan.catalog().entity("Journey"));
        Set<String> codes = new TreeSet<>();
        for (int i = 0; i < MESSAGES; i++) {
            NaiveInterpreter.interpret(
                            plan.catalog(),
                            "Journey",
                            generator.message(entity),
                            NOW.atOffset(ZoneOffset.UTC))
                    .faults()
                    .forEach(fault -> codes.add(fault.substring(fault.indexOf(' ') + 1)));
        }

        assertThat(codes)
                .containsExactlyInAnyOrder(
                        "digits",
                        "duplicate_key",
                        "empty_key",
                        "enum",
                        "length",
                        "missing",
                        "nul",
                        "pattern",
                        "range",
                        "transform",
                        "type");
    }

    /** 1 where the message gave rows, 0 where it was refused; fails where the two differ. */
    private static int compare(Plan plan, String entity, String json) throws MalformedException {
        JsonNode payload = MessageParser.json(json.getBytes(StandardCharsets.UTF_8));
        Outcome expected =
                NaiveInterpreter.interpret(
                        plan.catalog(), entity, payload, NOW.atOffset(ZoneOffset.UTC));

        Parsed parsed =
                MessageParser.parse(payload, Objects.requireNonNull(plan.route(entity)), NOW);

        switch (parsed) {
            case Parsed.Rows rows -> {
                assertThat(expected.faults()).as(json).isEmpty();
                assertThat(tables(rows)).as(json).isEqualTo(expected.rows());
                return 1;
            }
            case Parsed.Rejection rejection -> {
                Set<String> faults = new TreeSet<>();
                rejection.errors().forEach(each -> faults.add(each.pointer() + " " + each.code()));
                assertThat(faults).as(json).isEqualTo(expected.faults());
                return 0;
            }
        }
    }

    private static Map<String, List<Map<String, @Nullable Object>>> tables(Parsed.Rows rows) {
        Map<String, List<Map<String, @Nullable Object>>> tables = new TreeMap<>();
        for (EntityRows entity : rows.tables()) {
            List<Map<String, @Nullable Object>> made = new ArrayList<>();
            for (@Nullable Object[] values : entity.rows()) {
                Map<String, @Nullable Object> row = new TreeMap<>();
                for (int i = 0; i < values.length; i++) {
                    row.put(entity.table().columns().get(i).name(), Folded.of(values[i]));
                }
                made.add(row);
            }
            tables.put(entity.table().name(), made);
        }
        return tables;
    }
}
