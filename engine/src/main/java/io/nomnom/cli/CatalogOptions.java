package io.nomnom.cli;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.CatalogReader;
import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.yaml.Issues;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read a catalog. */
final class CatalogOptions {
    @Option(
            names = {"-d", "--entities"},
            paramLabel = "DIR",
            description = "The entity files; by default ENTITIES_DIR.")
    @Nullable Path entities;

    @Option(
            names = "--transforms",
            paramLabel = "DIR",
            description =
                    "The transforms; by default 'transforms' beside the entity files where that is"
                            + " there, else TRANSFORMS_DIR.")
    @Nullable Path transforms;

    /** The plan; prints the issues and fails where the files have errors. */
    Plan plan(Surroundings surroundings, PrintWriter err) throws Nomnom.Fault {
        Issues issues = new Issues();
        Plan plan = PlanCompiler.compile(read(surroundings, issues), issues);
        if (!issues.all().isEmpty()) {
            err.println(issues.render());
            err.println();
        }
        if (plan == null) {
            throw new Nomnom.Fault("the entity files have errors");
        }
        return plan;
    }

    Catalog read(Surroundings surroundings, Issues issues) {
        return CatalogReader.read(
                Objects.requireNonNullElse(entities, surroundings.entities()),
                transforms(surroundings),
                issues);
    }

    private Path transforms(Surroundings surroundings) {
        if (transforms != null) {
            return transforms;
        }
        return entities == null
                ? surroundings.transforms()
                : beside(entities, surroundings.transforms());
    }

    /** The directory {@code transforms} beside the entities, where there is one. */
    static Path beside(Path entities, Path otherwise) {
        Path beside = entities.toAbsolutePath().normalize().resolveSibling("transforms");
        return java.nio.file.Files.isDirectory(beside)
                ? entities.resolveSibling("transforms")
                : otherwise;
    }
}
