package io.nomnom.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Place;
import io.nomnom.yaml.SourceFile;
import io.nomnom.yaml.YamlReader;
import java.io.IOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransformsTest {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    static List<Transform> builtIns() {
        return Transforms.builtIns();
    }

    @ParameterizedTest
    @MethodSource("builtIns")
    void everyTransformDoesWhatItsExampleSays(Transform transform) throws IOException {
        Transform.Example example = Objects.requireNonNull(transform.example());

        assertThat(call(transform.name(), example.inputs(), example.args()))
                .as(transform.signature())
                .isEqualTo(JSON.readTree(example.result()).toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "substring; [\"äöü😀x\"]; {start: 1, length: 3}; \"öü😀\"",
                "substring; [\"abc\"]; {start: 9}; \"\"",
                "replace; [\"a.b.c\"]; {find: \".\", with: \"\"}; \"abc\"",
                "split; [\"a,,b\"]; {delimiter: \",\"}; [\"a\",\"\",\"b\"]",
                "pad; [\"7\"]; {length: 3, with: \"0\"}; \"007\"",
                "upper; [\"straße\"]; {}; \"STRASSE\"",
                "to_int; [\"0012\"]; {}; 12",
                "to_decimal; [\"12.340\"]; {}; 12.340",
                "to_bool; [\"true\"]; {}; true",
                "extract_field; [{\"a\": [{\"b\": 1}]}]; {path: a.0.b}; 1",
                "extract_json_field; [{\"a\": [{\"b\": 1}, {\"b\": 2}]}]; {path: \"$.a[1].b\"}; 2",
                "coalesce; [null, null]; {}; null",
                "trim; [null]; {}; null"
            })
    void edgesAreSettled(String name, String inputs, String args, String result)
            throws IOException {
        assertThat(call(name, inputs, args)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "to_int; [\"12x\"]; {}",
                "to_int; [\"99999999999999999999\"]; {}",
                "to_bool; [\"maybe\"]; {}",
                "to_float; [\"1e999\"]; {}",
                "parse_date; [\"2024-02-30\"]; {format: yyyy-MM-dd}",
                "parse_timestamp; [\"noon\"]; {}",
                "json_get_string; [{}]; {field: a}",
                "json_get_int; [{\"a\": \"1\"}]; {field: a}"
            })
    void whatHasNoResultFails(String name, String inputs, String args) {
        assertThatThrownBy(() -> call(name, inputs, args))
                .isInstanceOf(TransformException.class)
                .hasMessageNotContaining("Exception");
    }

    private static String call(String name, String inputs, String args) throws IOException {
        Transform transform =
                Objects.requireNonNull(new Transforms(Map.of()).find(name), () -> name);
        List<@Nullable Object> values = new ArrayList<>();
        JsonNode given = JSON.readTree(inputs);
        for (int i = 0; i < given.size(); i++) {
            values.add(value(Objects.requireNonNull(given.get(i)), transform.input(i).kind()));
        }
        Issues issues = new Issues();
        Place place = Place.startOf(new SourceFile("args", args));
        Bound bound = Transforms.bind(transform, args(args), place, issues);
        assertThat(issues.render()).isEmpty();
        Object result = Objects.requireNonNull(bound).apply(values);
        return result == null ? "null" : Plain.json(result).toString();
    }

    private static Map<String, Node> args(String text) {
        Map<String, Node> args = new LinkedHashMap<>();
        for (Node node : YamlReader.read(new SourceFile("args", text), new Issues())) {
            ((Node.Mapping) node).entries().forEach(entry -> args.put(entry.key(), entry.value()));
        }
        return args;
    }

    private static @Nullable Object value(JsonNode node, Transform.Kind kind) {
        if (node.isNull()) {
            return null;
        }
        if (node.isTextual()) {
            String text = node.textValue();
            return switch (kind) {
                case DATE -> LocalDate.parse(text);
                case TIMESTAMP -> OffsetDateTime.parse(text);
                case TIME ->
                        text.length() == 10 ? LocalDate.parse(text) : OffsetDateTime.parse(text);
                default -> text;
            };
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        return node.isBigDecimal() ? node.decimalValue() : node;
    }
}
