package io.nomnom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.nomnom.catalog.CatalogReader;
import io.nomnom.plan.PayloadSchema;
import io.nomnom.plan.Plan;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas that are given out agree with the engine. */
class EditorSchemaTest {
    private static final JsonSchemaFactory SCHEMAS =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private static JsonSchema entityFiles() throws IOException {
        return SCHEMAS.getSchema(Files.readString(Path.of("../schemas/entity.v1.json")));
    }

    static List<Path> good() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root : List.of(Path.of("../config"), Path.of("src/test/golden"))) {
            try (Stream<Path> found = Files.walk(root)) {
                found.filter(p -> p.toString().endsWith(".yaml"))
                        .filter(p -> !p.toString().matches(".*(wrong|unknown-keys|transforms/).*"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    @ParameterizedTest
    @MethodSource("good")
    void editorsAcceptWhatTheEngineTakes(Path file) throws IOException {
        for (String document : Files.readString(file).split("\n---\n", -1)) {
            if (document.contains("apiVersion: nomnom.io/v1")) {
                Set<ValidationMessage> faults = entityFiles().validate(document, InputFormat.YAML);
                assertThat(faults).as(document).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ent101-field-key",
                "ent101-persistence-key",
                "ent102-fields-not-a-list",
                "ent103-no-field-name",
                "ent104-on-conflict",
                "ent104-type"
            })
    void editorsMarkWhatTheEngineRefuses(String folder) throws IOException {
        String document =
                Files.readString(Path.of("src/test/golden/wrong", folder, "entities.yaml"));

        assertThat(entityFiles().validate(document, InputFormat.YAML)).isNotEmpty();
    }

    @Test
    void theSchemaOfAPayloadTakesWhatTheEngineTakes() throws IOException {
        Plan plan = TestCatalogs.shipped();
        JsonNode schema =
                PayloadSchema.of(Objects.requireNonNull(plan.catalog().entity("Order")), plan);
        JsonSchema order = SCHEMAS.getSchema(schema);

        Path cases = Path.of("../config/cases");
        String good = Files.readString(cases.resolve("order/Order.json"));
        String wrong = Files.readString(cases.resolve("wrong-order/Order.json"));
        assertThat(order.validate(good, InputFormat.JSON)).isEmpty();
        assertThat(order.validate(wrong, InputFormat.JSON)).hasSizeGreaterThan(3);
    }

    @Test
    void theSchemaOfAPayloadKnowsPathsAndWhatIsReadBeside() {
        Plan plan =
                TestCatalogs.of(
                        """
                        apiVersion: nomnom.io/v1
                        kind: Entity
                        metadata: {name: Order}
                        spec:
                          type: root
                          ingest: {additionalFields: reject}
                          fields:
                            - {name: key, type: string}
                            - {name: city, type: string, path: /address/city, constraints: {maxLength: 4}}
                            - {name: first, type: string, path: /tags/0, constraints: {nullable: true}}
                            - {name: loud, type: string, expression: message.note.upperAscii()}
                          persistence: {table: orders, unicity: {fields: [key]}}
                        """);
        JsonSchema order =
                SCHEMAS.getSchema(
                        PayloadSchema.of(
                                Objects.requireNonNull(plan.catalog().entity("Order")), plan));

        String good = "{'key':'a','address':{'city':'Bern'},'tags':['x'],'note':'n'}";
        assertThat(order.validate(good.replace('\'', '"'), InputFormat.JSON)).isEmpty();
        String tooLong = good.replace("Bern", "Zurich").replace('\'', '"');
        assertThat(order.validate(tooLong, InputFormat.JSON)).hasSize(1);
        String stranger = good.replace("note", "nota").replace('\'', '"');
        assertThat(order.validate(stranger, InputFormat.JSON)).hasSize(1);
    }

    @Test
    void aFileWithTheEditorLineIsReadAsAnyOther() throws IOException {
        Issues issues = new Issues();
        String text = Files.readString(Path.of("../config/entities/order.yaml"));
        assertThat(text)
                .startsWith("# yaml-language-server: $schema=../../schemas/entity.v1.json\n");

        assertThat(CatalogReader.declared(List.of(new SourceFile("o.yaml", text)), issues))
                .hasSize(1);
        assertThat(issues.all()).isEmpty();
    }
}
