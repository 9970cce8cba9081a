package io.nomnom.cli;

import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.SchemaChanges;
import io.nomnom.pg.SchemaChanges.Left;
import io.nomnom.plan.Plan;
import io.nomnom.sql.SchemaStep;
import io.nomnom.sql.Sql;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the difference between the entity files and the database. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the steps from the tables as they are to the entity files, with the exact SQL.",
            "Nothing is changed."
        },
        footer = {
            "",
            "Examples:",
            "  nomnom plan",
            "  nomnom plan --check     exit code 1 where a step is open, for pipelines"
        })
final class PlanCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CatalogOptions catalog = new CatalogOptions();

    @Option(names = "--check", description = "Ends with 1 where a step is open.")
    private boolean check;

    @Mixin private OutputOption output = new OutputOption();

    PlanCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws DatabaseException, Nomnom.Fault {
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = catalog.plan(surroundings, spec.commandLine().getErr());
        List<Left> open =
                surroundings.withDatabase(database -> new SchemaChanges(database).open(plan));
        if (output.isJson()) {
            out.println(Output.json(open.stream().map(PlanCommand::json).toList()));
        } else {
            Succession.of(plan).forEach(out::println);
            print(open, out);
            out.println(summary(open));
        }
        boolean anyStep = open.stream().anyMatch(PlanCommand::isStep);
        return check && anyStep ? Nomnom.INPUT : Nomnom.GOOD;
    }

    /** Each with an empty line after it. */
    static void print(List<Left> steps, PrintWriter out) {
        for (Left step : steps) {
            out.println(step.render());
            out.println();
        }
    }

    static boolean isStep(Left left) {
        return left.step().risk() != SchemaStep.Risk.NOTE;
    }

    private static String summary(List<Left> open) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        open.stream()
                .filter(PlanCommand::isStep)
                .forEach(left -> counts.merge(kind(left), 1, Integer::sum));
        if (counts.isEmpty()) {
            return "the tables fit the entity files";
        }
        StringBuilder summary = new StringBuilder();
        counts.forEach((kind, n) ->
                summary.append(summary.isEmpty() ? "" : ", ").append(n).append(' ').append(kind));
        return summary + "; 'nomnom apply' runs the safe ones, and so does a worker that starts";
    }

    private static String kind(Left left) {
        return switch (left.step().risk()) {
            case SAFE -> left.obstacle().isEmpty() ? "safe" : "safe, but not now";
            case LOCKING -> "with --allow locking";
            case LOSSY -> "with --allow lossy";
            case MANUAL -> "by hand";
            case NOTE -> "note";
        };
    }

    static Map<String, Object> json(Left left) {
        SchemaStep step = left.step();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("table", step.table());
        json.put("change", step.change());
        json.put("risk", step.risk().word());
        json.put("needed", step.needed());
        json.put("sql", step.statements().stream().map(Sql::text).toList());
        if (!left.obstacle().isEmpty()) {
            json.put("obstacle", left.obstacle());
        }
        return json;
    }
}
