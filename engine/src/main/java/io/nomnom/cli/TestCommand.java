package io.nomnom.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the tests of transforms and the case folders. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the tests of transforms and the case folders below a directory.",
            "DIR has entities/, transforms/ and cases/; what is missing is taken from ENTITIES_DIR"
                    + " and TRANSFORMS_DIR. Each folder of cases/ holds messages,"
                    + " Entity[.case].json or Entity[.case].line, and beside each what it gives,"
                    + " Entity[.case].txt: a line a row, or a line a fault. A folder with entity"
                    + " files of its own is tried with those; their report is issues.txt."
        },
        footer = {
            "",
            "Examples:",
            "  nomnom test config/examples/hl7",
            "  nomnom test --update      writes what is expected anew, to be read in the diff"
        })
final class TestCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            description = "The directory.",
            defaultValue = "config")
    private Path directory = Path.of("config");

    @Option(names = "--update", description = "Writes what is expected anew.")
    private boolean update;

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Writes the outcomes in JUnit's XML, for CI servers.")
    private @Nullable Path junit;

    @Mixin private OutputOption output = new OutputOption();

    TestCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Nomnom.Fault, IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.isDirectory(directory)) {
            throw new Nomnom.Fault("'%s' is not a directory".formatted(directory));
        }
        Path entities = directory.resolve("entities");
        Path transforms = directory.resolve("transforms");
        CatalogOptions options = new CatalogOptions();
        options.entities = Files.isDirectory(entities) ? entities : null;
        options.transforms = Files.isDirectory(transforms) ? transforms : null;
        Path cases = directory.resolve("cases");
        CaseFolders folders =
                new CaseFolders(options.plan(surroundings, spec.commandLine().getErr()), update);
        List<CaseFolders.Outcome> outcomes = new ArrayList<>(folders.transforms());
        outcomes.addAll(folders.run(Files.isDirectory(cases) ? cases : directory));
        if (junit != null) {
            JunitReport.write(junit, outcomes);
        }
        if (output.isJson()) {
            out.println(Output.json(outcomes.stream().map(TestCommand::json).toList()));
        } else {
            outcomes.forEach(outcome -> print(outcome, out));
        }
        long failed = outcomes.stream().filter(outcome -> outcome.fault() != null).count();
        if (!output.isJson()) {
            out.println("%d passed, %d failed".formatted(outcomes.size() - failed, failed));
        }
        return failed == 0 ? Nomnom.GOOD : Nomnom.INPUT;
    }

    private static void print(CaseFolders.Outcome outcome, PrintWriter out) {
        String fault = outcome.fault();
        out.println((fault == null ? "ok    " : "FAIL  ") + outcome.name());
        if (fault != null) {
            fault.lines().forEach(line -> out.println("      " + line));
        }
    }

    private static Map<String, @Nullable Object> json(CaseFolders.Outcome outcome) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", outcome.name());
        json.put("passed", outcome.fault() == null);
        if (outcome.fault() != null) {
            json.put("fault", outcome.fault());
        }
        return json;
    }
}
