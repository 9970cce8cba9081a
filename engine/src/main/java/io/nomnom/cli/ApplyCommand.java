package io.nomnom.cli;

import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.SchemaChanges;
import io.nomnom.pg.SchemaChanges.Left;
import io.nomnom.plan.Plan;
import io.nomnom.sql.SchemaStep;
import io.nomnom.sql.SchemaStep.Risk;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the steps from the tables as they are to the entity files. */
@Command(
        name = "apply",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the steps that 'nomnom plan' shows: the safe ones, others where allowed.",
            "One process at a time does so; what was cut off is taken up by the next run."
        },
        footer = {"", "Examples:", "  nomnom apply", "  nomnom apply --allow locking,lossy"})
final class ApplyCommand implements Callable<Integer> {
    /** What {@code --allow} takes. */
    private enum Allowed {
        LOCKING,
        LOSSY
    }

    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CatalogOptions catalog = new CatalogOptions();

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "RISK",
            description = "Also steps that lock a table for long (locking) or lose data (lossy).")
    private Set<Allowed> allowed = EnumSet.noneOf(Allowed.class);

    @Mixin private OutputOption output = new OutputOption();

    ApplyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws DatabaseException, Nomnom.Fault {
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = catalog.plan(surroundings, spec.commandLine().getErr());
        Set<Risk> risks = EnumSet.of(Risk.SAFE);
        allowed.forEach(each -> risks.add(Risk.valueOf(each.name())));
        List<SchemaStep> done = new ArrayList<>();
        List<Left> left =
                surroundings.withDatabase(database ->
                        new SchemaChanges(database)
                                .apply(
                                        plan,
                                        risks,
                                        step -> {
                                            done.add(step);
                                            report(step, out);
                                        }));
        if (output.isJson()) {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("done", done.stream().map(s -> PlanCommand.json(new Left(s, ""))).toList());
            json.put("left", left.stream().map(PlanCommand::json).toList());
            out.println(Output.json(json));
        } else {
            out.println(
                    done.isEmpty()
                            ? "nothing was to be done"
                            : Output.count(done.size(), "step", "steps") + " done");
            if (!left.isEmpty()) {
                out.println();
                out.println("left:");
                PlanCommand.print(left, out);
            }
        }
        return left.stream().anyMatch(each -> each.step().needed()) ? Nomnom.INPUT : Nomnom.GOOD;
    }

    private void report(SchemaStep step, PrintWriter out) {
        if (!output.isJson()) {
            out.println(step.render());
            out.println();
            out.flush();
        }
    }
}
