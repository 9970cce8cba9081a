package io.nomnom.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.nomnom.TestCatalogs;
import io.nomnom.plan.Plan;
import org.junit.jupiter.api.Test;

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
}
