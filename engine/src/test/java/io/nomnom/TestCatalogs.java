package io.nomnom;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.CatalogReader;
import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Catalogs that tests use: the shipped one, its older form, and ones written in the test. */
public final class TestCatalogs {
    private TestCatalogs() {}

    public static Plan shipped() {
        return directory(Path.of("../config/entities"));
    }

    public static Plan hl7() {
        return directory(Path.of("../config/examples/hl7/entities"));
    }

    public static Plan older() {
        return resource("older");
    }

    public static Plan of(String yaml) {
        Issues issues = new Issues();
        Catalog catalog =
                CatalogReader.read(List.of(new SourceFile("test.yaml", yaml)), List.of(), issues);
        return compiled(catalog, issues);
    }

    /** A directory below src/test/resources. */
    public static Plan resource(String path) {
        return directory(Path.of("src/test/resources", path));
    }

    /** The report of a catalog that has issues. */
    public static String report(String yaml) {
        Issues issues = new Issues();
        Catalog catalog =
                CatalogReader.read(List.of(new SourceFile("test.yaml", yaml)), List.of(), issues);
        PlanCompiler.compile(catalog, issues);
        return issues.render();
    }

    private static Plan directory(Path path) {
        Issues issues = new Issues();
        return compiled(
                CatalogReader.read(path, path.resolveSibling("transforms"), issues), issues);
    }

    private static Plan compiled(Catalog catalog, Issues issues) {
        Plan plan = PlanCompiler.compile(catalog, issues);
        return Objects.requireNonNull(plan, issues::render);
    }
}
