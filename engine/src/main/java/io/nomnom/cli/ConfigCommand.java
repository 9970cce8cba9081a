package io.nomnom.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the settings in force. */
@Command(
        name = "config",
        mixinStandardHelpOptions = true,
        description = "Prints the settings in force, secrets hidden, and what is wrong with them.")
final class ConfigCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private OutputOption output = new OutputOption();

    ConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(Output.json(surroundings.inForce()));
        } else {
            List<List<String>> rows = new ArrayList<>();
            surroundings.inForce().forEach((name, value) -> rows.add(List.of(name, value)));
            out.println(Output.table(List.of("SETTING", "VALUE"), rows));
        }
        surroundings.faults().forEach(spec.commandLine().getErr()::println);
        return surroundings.faults().isEmpty() ? Nomnom.GOOD : Nomnom.INPUT;
    }
}
