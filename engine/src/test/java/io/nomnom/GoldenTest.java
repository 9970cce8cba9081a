package io.nomnom;

import static org.assertj.core.api.Assertions.assertThat;

import io.nomnom.cli.CaseFolders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the folders of src/test/golden as {@code nomnom test} does. With {@code
 * -Dgolden.update=true} the expectations are written anew, to be read in the diff.
 */
class GoldenTest {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    @TestFactory
    List<DynamicTest> entitiesAndMessagesGiveWhatTheFolderSays() throws IOException {
        return tests(
                new CaseFolders(TestCatalogs.shipped(), UPDATE).run(Path.of("src/test/golden")));
    }

    @TestFactory
    List<DynamicTest> theShippedCatalogsGiveWhatTheirCasesSay() throws IOException {
        CaseFolders orders = new CaseFolders(TestCatalogs.shipped(), UPDATE);
        CaseFolders hl7 = new CaseFolders(TestCatalogs.hl7(), UPDATE);
        List<CaseFolders.Outcome> outcomes = orders.transforms();
        outcomes.addAll(orders.run(Path.of("../config/cases")));
        outcomes.addAll(hl7.transforms());
        outcomes.addAll(hl7.run(Path.of("../config/examples/hl7/cases")));
        return tests(outcomes);
    }

    private static List<DynamicTest> tests(List<CaseFolders.Outcome> outcomes) {
        assertThat(outcomes).isNotEmpty();
        return outcomes.stream()
                .map(outcome ->
                        DynamicTest.dynamicTest(
                                outcome.name(),
                                () ->
                                        assertThat(Objects.requireNonNullElse(outcome.fault(), ""))
                                                .isEmpty()))
                .toList();
    }
}
