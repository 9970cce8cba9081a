package io.nomnom.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.SourceFile;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MigrationTest {
    private static final int CATALOGS = 1_000;

    private static @Nullable Plan plan(String yaml, Issues issues) {
        List<SourceFile> files = List.of(new SourceFile("catalog.yaml", yaml));
        return PlanCompiler.compile(CatalogReader.read(files, List.of(), issues), issues);
    }

    private static String migrated(String yaml) {
        return V1Writer.write(
                CatalogReader.declared(
                        List.of(new SourceFile("catalog.yaml", yaml)), new Issues()));
    }

    @Test
    void whatIsWrittenAsV1CompilesToTheSamePlan() {
        for (int seed = 0; seed < CATALOGS; seed++) {
            String yaml = new OlderCatalogGenerator(seed).catalog();
            Issues issues = new Issues();
            Plan before = plan(yaml, issues);
            assertThat(before).as("seed %d%n%s%n%s", seed, issues.render(), yaml).isNotNull();

            String v1 = migrated(yaml);
            Plan after = plan(v1, issues);

            assertThat(after).as("seed %d%n%s%n%s", seed, issues.render(), v1).isNotNull();
            assertThat(Objects.requireNonNull(before).isSame(Objects.requireNonNull(after)))
                    .as("seed %d%n%s%n%s", seed, yaml, v1)
                    .isTrue();
            assertThat(v1).doesNotContain("entity:\n  name");
            assertThat(migrated(v1)).as("seed %d", seed).isEqualTo(v1);
        }
    }

    @Test
    void anotherPlanIsNotTheSame() {
        String yaml = new OlderCatalogGenerator(1).catalog();
        Plan one = Objects.requireNonNull(plan(yaml, new Issues()));
        String renamed = yaml.replace("order_key", "order_number");
        Plan other = Objects.requireNonNull(plan(renamed, new Issues()));

        assertThat(one.isSame(other)).isFalse();
    }
}
