package io.nomnom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nomnom.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The offline commands: what they print, and their exit codes. */
class CommandsTest {
    private static final String HL7 = "../config/examples/hl7";
    private static final String MESSAGE = "../config/cases/order/Order.json";
    private static final String WRONG = "../config/cases/wrong-order/Order.json";

    @TempDir private Path directory;

    private static CommandRun run(String... arguments) {
        return CommandRun.of("", List.of(arguments));
    }

    private static JsonNode json(CommandRun run) throws IOException {
        return new ObjectMapper().readTree(run.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "validate | 0",
                "validate ../config/examples/hl7/entities | 0",
                "validate src/test/golden/wrong/ent301-strng | 1",
                "validate src/test/golden/wrong/ent902-nullable-key | 0",
                "validate no/such/directory | 1",
                "get entities | 0",
                "get nothing | 2",
                "describe entity Order | 0",
                "describe entity Ordre | 1",
                "schema Order | 0",
                "schema Ordre | 1",
                "parse Order ../config/cases/order/Order.json | 0",
                "parse Order ../config/cases/wrong-order/Order.json | 1",
                "parse Order no-such-file.json | 1",
                "parse Ordre ../config/cases/order/Order.json | 1",
                "parse Order | 2",
                "diff ../config/entities ../config/entities | 0",
                "migrate-config src/test/resources/older | 2",
                "test ../config | 0",
                "test no/such/directory | 1",
                "config | 0",
                "version | 0",
                "generate-completion | 0",
                "--version | 0",
                "--help | 0",
                "validate --help | 0",
                "validat | 2",
                "validate -o xml | 2",
                "validate --frob | 2"
            })
    void exitCodesTellWhoseFaultItIs(String command, int code) {
        CommandRun run = run(command.split(" "));

        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(run.out() + run.err()).isNotBlank().doesNotContain("Exception", "\tat ");
    }

    @Test
    void validateTellsAllFaultsAsTextAndAsJson() throws IOException {
        String folder = "src/test/golden/wrong/many-faults";

        CommandRun text = run("validate", folder);
        JsonNode json = json(run("validate", folder, "-o", "json"));

        assertThat(text.out()).contains("error[ENT104]", "error[ENT301]", "2 entities");
        assertThat(json.path("valid").asBoolean()).isFalse();
        assertThat(json.path("issues").size()).isGreaterThan(6);
        assertThat(json.path("issues").get(0).toString())
                .contains("\"severity\":\"error\"", "\"line\":5", "\"column\":3", "\"hint\":");
    }

    @Test
    void aNameThatIsNearlyRightIsGuessed() {
        assertThat(run("describe", "entity", "Ordre").err()).contains("did you mean 'Order'?");
        assertThat(run("validat").err()).contains("validate");
    }

    @Test
    void getFiltersByLabel() {
        assertThat(run("get", "entities").out()).contains("Order", "Customer");
        assertThat(run("get", "entities", "-l", "domain=clinical").out()).doesNotContain("Order");
    }

    @Test
    void describeShowsWhereEachFieldComesFrom() {
        CommandRun run = run("describe", "entity", "PatientVisit", "--entities", HL7 + "/entities");

        assertThat(run.out())
                .contains("family_first(PatientIdentification.familyName")
                .contains("CREATE TABLE \"patient_visits\"");
    }

    @Test
    void parseGivesRowsAsJsonAsSqlAndWithTheirLineage() throws IOException {
        JsonNode json = json(run("parse", "Order", MESSAGE));
        CommandRun sql = run("parse", "Order", MESSAGE, "-o", "sql");
        CommandRun lineage = run("parse", "Order", MESSAGE, "--lineage");

        assertThat(json.path("order_line_items").size()).isEqualTo(2);
        assertThat(json.path("orders").get(0).path("total_price").decimalValue())
                .isEqualByComparingTo("12345.67");
        assertThat(sql.out()).contains("INSERT INTO \"orders\"", "12345.67", "'ORD-1'");
        assertThat(lineage.out()).contains("Order.order_key");
    }

    @Test
    void parseTellsWhyAMessageIsRefused() {
        assertThat(run("parse", "Order", WRONG).err() + run("parse", "Order", WRONG).out())
                .contains("/total_price", "more than 2 digits", "order.yaml:15");
    }

    @Test
    void diffMarksWhatBreaksClients() throws IOException {
        Path older = Files.createDirectory(directory.resolve("older"));
        Path newer = Files.createDirectory(directory.resolve("newer"));
        String order = Files.readString(Path.of("../config/entities/order.yaml"));
        Files.writeString(older.resolve("order.yaml"), order);
        Files.writeString(
                newer.resolve("order.yaml"), order.replace("name: clerk", "name: clerk_name"));

        CommandRun run = run("diff", older.toString(), newer.toString());

        assertThat(run.out()).contains("Order.clerk", "Order.clerk_name");
        assertThat(run("diff", older.toString(), older.toString()).out())
                .doesNotContain("Order.clerk");
    }

    @Test
    void diffTellsEverythingThatAFileSays() throws IOException {
        Path older = Files.createDirectory(directory.resolve("older"));
        Path newer = Files.createDirectory(directory.resolve("newer"));
        String text = Files.readString(Path.of("src/test/golden/every-key-v1/entities.yaml"));
        Files.writeString(older.resolve("a.yaml"), text);
        Files.writeString(
                newer.resolve("a.yaml"),
                text.replace("prefix: V", "prefix: U")
                        .replace("self.level <= 3", "self.level <= 2")
                        .replace("orphans: delete", "orphans: keep")
                        .replace("itemName: page", "itemName: sheet")
                        .replace("domain: web", "domain: net")
                        .replace("default: 1, indexed: true", "default: 2")
                        .replace("method: btree", "method: hash")
                        .replace("maxLength: 20", "maxLength: 10"));

        String diff = run("diff", older.toString(), newer.toString()).out();

        assertThat(diff)
                .contains(
                        "! ~ Visit ingest.prefix: V → U",
                        "Visit rules: [{rule: self.level <= 3",
                        "! ~ Page derivation.orphans: delete → none",
                        "! ~ Page derivation.repeatedFor.itemName: page → sheet",
                        "  ~ Visit labels.domain: web → net",
                        "! ~ Visit fields.level.constraints.default: 1 → 2",
                        "  ~ Visit fields.level.constraints.indexed: true → none",
                        "  ~ Visit persistence.indexes: [{name: idx_visits_source",
                        "! ~ Visit.visitKey maxLength: 20 → 10");
        assertThat(diff.lines()).hasSizeLessThan(14);
    }

    @Test
    void migrateConfigWritesVersionOneAndNeverOverFiles() throws IOException {
        String target = directory.resolve("v1").toString();

        CommandRun run = run("migrate-config", "src/test/resources/older", "-o", target);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run("validate", target).out()).contains("no errors, no warnings");
        try (var files = Files.walk(Path.of(target))) {
            assertThat(files.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file ->
                            assertThat(Files.readString(file))
                                    .startsWith("apiVersion: nomnom.io/v1"));
        }
        CommandRun again = run("migrate-config", "src/test/resources/older", "-o", target);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("is there already");
    }

    @Test
    void testShowsADifferenceAsLines() throws IOException {
        Path cases = Files.createDirectories(directory.resolve("cases/one"));
        Files.copy(Path.of(MESSAGE), cases.resolve("Order.json"));
        assertThat(run("test", directory.toString()).out()).contains("is missing; --update");
        assertThat(run("test", directory.toString(), "--update").code()).isZero();
        assertThat(run("test", directory.toString()).code()).isZero();

        Path expected = cases.resolve("Order.txt");
        Files.writeString(expected, Files.readString(expected).replace("12345.67", "12345.68"));
        CommandRun run = run("test", directory.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("FAIL  one: Order.json", "- orders ", "12345.68", "+ orders ", "12345.67")
                .contains("1 failed");
    }

    @Test
    void testWritesTheXmlOfJunit() throws Exception {
        Path cases = Files.createDirectories(directory.resolve("cases/one"));
        Files.copy(Path.of(MESSAGE), cases.resolve("Order.json"));
        Files.writeString(cases.resolve("Order.txt"), "<nothing>");
        Path report = directory.resolve("reports/nomnom.xml");

        run("test", directory.toString(), "--junit", report.toString());

        var xml =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(report.toFile())
                        .getDocumentElement();
        assertThat(xml.getAttribute("failures")).isEqualTo("1");
        assertThat(xml.getElementsByTagName("failure").item(0).getTextContent())
                .contains("- <nothing>", "+ orders");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config", "version"})
    void secretsAreNotPrinted(String command) {
        assertThat(run(command).out()).doesNotContain("secret");
    }
}
