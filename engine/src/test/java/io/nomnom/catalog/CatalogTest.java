package io.nomnom.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.nomnom.TestCatalogs;
import io.nomnom.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {

    @Test
    void theOlderFormOfTheShippedCatalogGivesAnEqualPlan() {
        Plan shipped = TestCatalogs.shipped();
        Plan older = TestCatalogs.older();

        assertThat(older.routes()).isEqualTo(shipped.routes());
        assertThat(older.tables()).containsExactlyInAnyOrderElementsOf(shipped.tables());
    }

    @Test
    void anIssueShowsFileLineColumnCodeSourceLineAndCaret() {
        String report =
                TestCatalogs.report(
                        """
                        apiVersion: nomnom.io/v1
                        kind: Entity
                        metadata: {name: Order}
                        spec:
                          type: root
                          fields:
                            - {name: items, type: list}
                        ---
                        apiVersion: nomnom.io/v1
                        kind: Entity
                        metadata: {name: Line}
                        spec:
                          type: derived
                          derivation:
                            repeatedFor:
                              entity: Ordre
                              field: items
                          fields:
                            - {name: number, type: integer}
                        """);

        assertThat(report)
                .isEqualTo(
                        """
                        test.yaml:16:7: error[ENT204]: repeatedFor.entity names 'Ordre', which is not an entity
                           16 |       entity: Ordre
                              |               ^^^^^ did you mean 'Order'?\
                        """);
    }

    @Test
    void allFaultsOfAllDocumentsAreReportedAtOnce() {
        String report =
                TestCatalogs.report(
                        """
                        apiVersion: nomnom.io/v1
                        kind: Entity
                        metadata: {name: order, nmae: x}
                        spec:
                          type: rot
                          fields:
                            - {name: a, type: strnig}
                            - {name: b, type: string, constraints: {maxLenght: 3}}
                            - {name: b, type: string, path: a.b}
                          persistence: {table: t, unicity: {fields: [c]}}
                        """);

        assertThat(report)
                .contains("ENT101]: unknown key 'nmae'", "did you mean 'name'?")
                .contains("ENT104]: 'rot' is not one of root, derived, reference")
                .contains("ENT301]: 'strnig' is not a type", "did you mean 'string'?")
                .contains("ENT101]: unknown key 'maxLenght'", "did you mean 'maxLength'?")
                .contains("ENT102]: a path is a JSON Pointer", "write '/a/b'");
    }

    @Test
    void badYamlDuplicateKeysAndTabsHaveTheirPlace() {
        assertThat(TestCatalogs.report("a: 1\na: 2\n")).contains("test.yaml:2:1: error[ENT003]");
        assertThat(TestCatalogs.report("a: [1\n")).contains("error[ENT002]");
        assertThat(TestCatalogs.report("a:\n\tb: 1\n"))
                .contains("test.yaml:2:1: error[ENT002]", "tab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oracle/catalog.yaml", "older/order.yaml"})
    void aFileWithAnyOneLineMissingOrCutIsReportedAndNeverThrows(String file) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/resources", file));
        for (int i = 0; i < lines.size(); i++) {
            List<String> without = new ArrayList<>(lines);
            String line = without.remove(i);
            List<String> cut = new ArrayList<>(lines);
            cut.set(i, line.substring(0, line.length() / 2));

            assertThatCode(() -> TestCatalogs.report(String.join("\n", without)))
                    .as("without: " + line)
                    .doesNotThrowAnyException();
            assertThatCode(() -> TestCatalogs.report(String.join("\n", cut)))
                    .as("cut: " + line)
                    .doesNotThrowAnyException();
        }
    }
}
