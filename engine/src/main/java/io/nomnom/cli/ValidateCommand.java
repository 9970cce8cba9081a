package io.nomnom.cli;

import io.nomnom.catalog.Catalog;
import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.yaml.Issue;
import io.nomnom.yaml.Issues;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads entity files as the engine does at start, and says all that is wrong with them. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = "Reads entity files as the engine does at start; says all that is wrong.",
        footer = {"", "Example: nomnom validate config/entities"})
final class ValidateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CatalogOptions catalog = new CatalogOptions();

    @Parameters(arity = "0..1", paramLabel = "DIR", description = "As --entities.")
    private @Nullable Path directory;

    @Mixin private OutputOption output = new OutputOption();

    ValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (directory != null) {
            catalog.entities = directory;
        }
        PrintWriter out = spec.commandLine().getOut();
        Issues issues = new Issues();
        long began = System.nanoTime();
        Catalog read = catalog.read(surroundings, issues);
        Plan plan = PlanCompiler.compile(read, issues);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        if (output.isJson()) {
            out.println(Output.json(json(issues, read)));
        } else {
            if (!issues.all().isEmpty()) {
                out.println(issues.render());
                out.println();
            }
            out.println(summary(issues, read, took));
        }
        return plan == null ? Nomnom.INPUT : Nomnom.GOOD;
    }

    private static String summary(Issues issues, Catalog read, Duration took) {
        long errors =
                issues.all().stream().filter(i -> i.severity() == Issue.Severity.ERROR).count();
        long warnings = issues.all().size() - errors;
        return "%s, %s in %s: %s, %s (%d ms)"
                .formatted(
                        Output.count(read.entities().size(), "entity", "entities"),
                        Output.count(read.transforms().size(), "transform", "transforms"),
                        Output.count(read.files().size(), "file", "files"),
                        orNone(errors, "error"),
                        orNone(warnings, "warning"),
                        took.toMillis());
    }

    private static String orNone(long n, String word) {
        return n == 0 ? "no " + word + "s" : Output.count(n, word, word + "s");
    }

    private static Map<String, Object> json(Issues issues, Catalog read) {
        List<Map<String, Object>> list = issues.all().stream().map(ValidateCommand::json).toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("valid", !issues.hasErrors());
        json.put("entities", read.entities().size());
        json.put("issues", list);
        return json;
    }

    private static Map<String, Object> json(Issue issue) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("severity", issue.severity().name().toLowerCase(java.util.Locale.ROOT));
        json.put("code", issue.code().name());
        json.put("file", issue.place().file().path());
        json.put("line", issue.place().line());
        json.put("column", issue.place().entryColumn());
        json.put("value_column", issue.place().column());
        json.put("message", issue.message());
        if (issue.hint() != null) {
            json.put("hint", issue.hint());
        }
        return json;
    }
}
