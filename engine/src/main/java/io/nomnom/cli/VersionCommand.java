package io.nomnom.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the version. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Prints the version of the engine and what it runs on.")
final class VersionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("nomnom", Version.number());
        versions.put("java", Runtime.version().toString());
        versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        if (output.isJson()) {
            spec.commandLine().getOut().println(Output.json(versions));
        } else {
            versions.forEach((name, v) -> spec.commandLine().getOut().println(name + " " + v));
        }
        return Nomnom.GOOD;
    }
}
