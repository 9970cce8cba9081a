package io.nomnom.cli;

import io.nomnom.plan.Plan;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what differs between two catalogs. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description = {
            "Shows what differs between two directories of entity files.",
            "! marks what refuses messages that were taken before, or gives other rows."
        },
        footer = {"", "Example: nomnom diff old/entities config/entities"})
final class DiffCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "OLD", description = "The entity files before.")
    private Path older = Path.of("");

    @Parameters(index = "1", paramLabel = "NEW", description = "The entity files after.")
    private Path newer = Path.of("");

    @Mixin private OutputOption output = new OutputOption();

    @Override
    public Integer call() throws Nomnom.Fault {
        PrintWriter out = spec.commandLine().getOut();
        List<CatalogDiff.Change> changes =
                CatalogDiff.between(plan(older).catalog(), plan(newer).catalog());
        if (output.isJson()) {
            out.println(Output.json(changes.stream().map(DiffCommand::json).toList()));
        } else if (changes.isEmpty()) {
            out.println("no differences");
        } else {
            changes.forEach(c ->
                    out.println(
                            "%s %s %s"
                                    .formatted(
                                            c.breaking() ? "!" : " ", c.kind().mark(), c.what())));
        }
        return Nomnom.GOOD;
    }

    private Plan plan(Path directory) throws Nomnom.Fault {
        CatalogOptions options = new CatalogOptions();
        options.entities = directory;
        Surroundings none =
                new Surroundings(directory, Path.of("config/transforms"), "", Map.of(), List.of());
        return options.plan(none, spec.commandLine().getErr());
    }

    private static Map<String, Object> json(CatalogDiff.Change change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("change", change.kind().name().toLowerCase(java.util.Locale.ROOT));
        json.put("what", change.what());
        json.put("breaking", change.breaking());
        return json;
    }
}
