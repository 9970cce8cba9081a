package io.nomnom.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.nomnom.TestCatalogs;
import io.nomnom.plan.FieldError;
import io.nomnom.plan.MessagePlan;
import io.nomnom.plan.Plan;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageParserTest {
    private static final Instant NOW = Instant.parse("2024-01-01T12:00:00Z");
    private static final Plan PLAN = TestCatalogs.shipped();

    private static Parsed parse(Plan plan, String entity, String json) {
        MessagePlan route = Objects.requireNonNull(plan.route(entity));
        return MessageParser.parse(json.getBytes(StandardCharsets.UTF_8), route, NOW);
    }

    private static List<FieldError> errors(Parsed parsed) {
        assertThat(parsed).isInstanceOf(Parsed.Rejection.class);
        return ((Parsed.Rejection) parsed).errors();
    }

    @Test
    void anOrderWithLineItemsGivesItsRowAndTheirRows() {
        Parsed parsed =
                parse(
                        PLAN,
                        "Order",
                        """
                        {"order_key":"O-1","customer_key":"C-1","order_status":"P","total_price":12345.67,
                         "order_date":"2024-11-12","line_items":[
                          {"line_number":1,"part_key":"P-1","quantity":10,"extended_price":"1234.50"},
                          {"line_number":2,"part_key":"P-2","quantity":1,"extended_price":0.05}]}
                        """);

        List<io.nomnom.plan.EntityRows> tables = ((Parsed.Rows) parsed).tables();
        assertThat(tables)
                .extracting(rows -> rows.table().name())
                .containsExactly("orders", "order_line_items");
        assertThat(tables.get(0).rows().getFirst())
                .startsWith(
                        "O-1", "C-1", "P", new BigDecimal("12345.67"), LocalDate.of(2024, 11, 12));
        assertThat(tables.get(1).rows()).hasSize(2);
        assertThat(tables.get(1).rows().get(1))
                .startsWith("O-1", 2, "P-2", null, 1, new BigDecimal("0.05"));
    }

    @Test
    void everyFaultIsToldWithItsPointerAndTheLineOfItsRule() {
        List<FieldError> errors =
                errors(
                        parse(
                                PLAN,
                                "Order",
                                "{\"order_key\":7,\"line_items\":[{\"line_number\":\"x\"}]}"));

        assertThat(errors)
                .extracting(FieldError::pointer)
                .containsExactly(
                        "/order_key",
                        "/customer_key",
                        "/order_status",
                        "/total_price",
                        "/order_date",
                        "/line_items/0/line_number",
                        "/line_items/0/part_key",
                        "/line_items/0/quantity",
                        "/line_items/0/extended_price");
        assertThat(errors.getFirst().rule()).endsWith("order.yaml:12");
    }

    @Test
    void aDerivedEntitySentByItselfTakesItsFieldsByName() {
        Parsed parsed =
                parse(
                        PLAN,
                        "OrderLineItem",
                        """
                        {"order_key":"O-1","line_number":1,"part_key":"P","quantity":1,"extended_price":1}
                        """);

        assertThat(((Parsed.Rows) parsed).tables()).hasSize(1);
    }

    @Test
    void twoChildrenOfOneKeyAndEmptyKeysAreRefused() {
        String line = "{\"line_number\":1,\"part_key\":\"P\",\"quantity\":1,\"extended_price\":1}";
        List<FieldError> errors =
                errors(
                        parse(
                                PLAN,
                                "Order",
                                """
                                {"order_key":"","customer_key":"C","order_status":"P","total_price":1,
                                 "order_date":"2024-11-12","line_items":[%s,%s]}
                                """
                                        .formatted(line, line)));

        assertThat(errors)
                .extracting(FieldError::pointer, FieldError::code)
                .contains(
                        org.assertj.core.groups.Tuple.tuple("/order_key", "empty_key"),
                        org.assertj.core.groups.Tuple.tuple("/line_items/1", "duplicate_key"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "integer | 2147483647 | ok",
                "integer | 2147483648 | range",
                "integer | 10.0 | ok",
                "integer | 1e1000000 | range",
                "integer | 1.5 | type",
                "integer | \"1\" | type",
                "bigint | 9223372036854775808 | range",
                "bigint | \"9223372036854775807\" | ok",
                "float | 1e400 | range",
                "float | 1e300 | ok",
                "decimal(5,2) | 123.45 | ok",
                "decimal(5,2) | 123.450 | ok",
                "decimal(5,2) | 123.456 | digits",
                "decimal(5,2) | 1234 | digits",
                "decimal(5,2) | \"1.5\" | ok",
                "decimal | 1e999999 | digits",
                "boolean | true | ok",
                "boolean | \"true\" | type",
                "date | \"2024-02-30\" | type",
                "timestamp | \"2024-02-29T12:00:00.123456789+01:00\" | ok",
                "timestamp | \"2024-02-29 12:00:00\" | type",
                "uuid | \"0197b2d0-0000-7000-8000-000000000000\" | ok",
                "uuid | \"0197\" | type",
                "string | \"a\\u0000b\" | nul",
                "string | \"a\\ud83d\\ude00b\" | ok",
                "string | \"a\\ud83db\" | surrogate",
                "string | \"\\ude00\" | surrogate",
                "json | {\"a\":\"\\ud800\"} | surrogate",
                "string | 1 | type",
                "json | {\"a\":[1e999999]} | digits",
                "json | {\"a\":[1,null]} | ok",
                "array(integer) | [1,2] | ok",
                "array(integer) | [1,\"2\"] | type"
            })
    void valuesAreCheckedNotGuessed(String type, String json, String expected) {
        Plan plan =
                TestCatalogs.of(
                        """
                        apiVersion: nomnom.io/v1
                        kind: Entity
                        metadata: {name: Thing}
                        spec:
                          type: root
                          fields:
                            - {name: value, type: "%s"}
                        """
                                .formatted(type));

        Parsed parsed = parse(plan, "Thing", "{\"value\":" + json + "}");

        if (expected.equals("ok")) {
            assertThat(parsed).isInstanceOf(Parsed.Rows.class);
        } else {
            assertThat(errors(parsed)).extracting(FieldError::code).containsExactly(expected);
        }
    }

    @Test
    void malformedJsonSaysLineAndColumn() {
        Parsed parsed = parse(PLAN, "Order", "{\"order_key\":\n tru}");

        assertThat(((Parsed.Rejection) parsed).message()).contains("line 2");
    }

    @Test
    void aNumberThatNoOneCanHoldIsMalformed() {
        Parsed parsed = parse(PLAN, "Order", "{\"total_price\":1e99999999999}");

        assertThat(((Parsed.Rejection) parsed).code()).isEqualTo(Parsed.Code.UNPARSEABLE);
    }

    @Test
    void ofVeryManyFaultsTheFirstAreListedAndAllAreCounted() {
        Parsed parsed = parse(PLAN, "Order", "{\"line_items\":[" + "1,".repeat(2_999) + "1]}");

        assertThat(((Parsed.Rejection) parsed).message()).contains("3005 faults");
        assertThat(errors(parsed)).hasSize(1_000);
    }

    @Test
    void duplicateKeysAndTextBehindTheValueAreMalformed() {
        assertThat(((Parsed.Rejection) parse(PLAN, "Order", "{\"a\":1,\"a\":2}")).code())
                .isEqualTo(Parsed.Code.UNPARSEABLE);
        assertThat(((Parsed.Rejection) parse(PLAN, "Order", "{} {}")).code())
                .isEqualTo(Parsed.Code.UNPARSEABLE);
    }
}
