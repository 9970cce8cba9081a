package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.ValueSource;
import io.nomnom.yaml.Node.Scalar;
import java.math.BigDecimal;
import java.util.List;
import java.util.Random;

/** Random payloads of an entity: mostly right, with absent, null, wrong and extreme values. */
final class MessageGenerator {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "AB12",
                    "rail",
                    "road",
                    "sea",
                    "ünïcödé 😀",
                    "a\0b",
                    "1",
                    "longer than all");
    private static final List<String> NUMBERS =
            List.of(
                    "0",
                    "1",
                    "-1",
                    "2",
                    "499",
                    "501",
                    "2147483647",
                    "2147483648",
                    "1.5",
                    "0.05",
                    "12.340",
                    "99999.99",
                    "100000",
                    "1e400",
                    "9223372036854775807",
                    "9223372036854775808",
                    "10.0",
                    "1e3");

    private final Catalog catalog;
    private final Random random;
    private final int wrong;

    /**
     * @param wrong how many of a hundred values are not of their type
     */
    MessageGenerator(Catalog catalog, Random random, int wrong) {
        this.catalog = catalog;
        this.random = random;
        this.wrong = wrong;
    }

    ObjectNode message(EntitySpec entity) {
        ObjectNode message = JSON.objectNode();
        for (FieldSpec field : entity.fields()) {
            int dice = random.nextInt(100);
            if (dice >= wrong) {
                put(message, field, right(entity, field));
            } else if (dice % 3 == 0) {
                put(message, field, any());
            } else if (dice % 3 == 1) {
                put(message, field, JSON.nullNode());
            }
        }
        if (random.nextInt(3) > 0) {
            message.putObject("from").set("city", random.nextBoolean() ? text("Bern") : any());
            message.putArray("list").add(any()).add(random.nextInt(9));
        }
        return message;
    }

    private void put(ObjectNode message, FieldSpec field, JsonNode value) {
        boolean column = random.nextInt(4) == 0;
        message.set(column ? field.name().snakeCase() : field.name().text(), value);
        if (random.nextInt(200) < wrong) {
            message.set(field.name().snakeCase(), value);
        }
        if (field.source() instanceof ValueSource.Transform call
                && call.args().get("field") instanceof Scalar key) {
            message.set(key.text(), value);
        }
    }

    private JsonNode any() {
        return switch (random.nextInt(7)) {
            case 0 -> JSON.booleanNode(random.nextBoolean());
            case 1, 2 -> text(pick(TEXTS));
            case 3, 4 -> JSON.numberNode(new BigDecimal(pick(NUMBERS)));
            case 5 -> JSON.arrayNode().add(1).add("x");
            default -> JSON.objectNode().put("note", "n").put("level", 3);
        };
    }

    private JsonNode right(EntitySpec entity, FieldSpec field) {
        return switch (field.type().kind()) {
            case STRING -> text(field.constraints().enumeration().isEmpty() ? word() : "rail");
            case INTEGER, BIGINT -> JSON.numberNode(1 + random.nextInt(6));
            case FLOAT -> JSON.numberNode(random.nextInt(1000) / 8.0);
            case DECIMAL -> decimal(field.type());
            case BOOLEAN -> JSON.booleanNode(random.nextBoolean());
            case TIMESTAMP ->
                    text("2024-0%d-11T10:00:00.1234567+02:00".formatted(1 + random.nextInt(9)));
            case DATE -> text("2024-02-%02d".formatted(1 + random.nextInt(31)));
            case UUID -> text("0197b2d0-0000-7000-8000-00000000000" + random.nextInt(10));
            case ARRAY -> JSON.arrayNode().add(random.nextInt(9)).add(2);
            case JSON -> any();
            case OBJECT -> JSON.objectNode().put("note", word()).put("level", random.nextInt(9));
            case LIST -> list(entity, field);
        };
    }

    private JsonNode decimal(FieldType type) {
        int most = (int) Math.pow(10, Math.min(8, type.precision()));
        BigDecimal number = BigDecimal.valueOf(most / 2 + random.nextInt(most / 2), type.scale());
        return random.nextBoolean() ? JSON.numberNode(number) : text(number.toPlainString());
    }

    private JsonNode list(EntitySpec entity, FieldSpec field) {
        ArrayNode list = JSON.arrayNode();
        for (EntitySpec child : catalog.entities()) {
            Derivation derivation = child.derivation();
            Derivation.RepeatedFor repeated = derivation == null ? null : derivation.repeatedFor();
            if (derivation != null
                    && repeated != null
                    && derivation.parents().getFirst().entity().text().equals(entity.name().text())
                    && repeated.field().text().equals(field.name().text())) {
                int count = random.nextInt(4);
                for (int i = 0; i < count; i++) {
                    list.add(random.nextInt(300) < wrong ? any() : message(child));
                }
            }
        }
        return list;
    }

    private String word() {
        return random.nextInt(8) == 0 ? "AB" + random.nextInt(99) : "w" + random.nextInt(20);
    }

    private static JsonNode text(String text) {
        return JSON.textNode(text);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
