package io.nomnom;

import io.nomnom.cli.Nomnom;
import io.nomnom.cli.Surroundings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command that was run: its exit code and what it printed. */
public record CommandRun(int code, String out, String err) {

    /** Runs a command with the shipped catalog. */
    public static CommandRun of(String databaseUrl, List<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Surroundings surroundings =
                new Surroundings(
                        Path.of("../config/entities"),
                        Path.of("../config/transforms"),
                        databaseUrl,
                        Map.of("PORT", "8080", "DATABASE_URL", "postgresql://a:***@b/c"),
                        List.of());
        int code =
                Nomnom.commandLine(surroundings)
                        .setOut(new PrintWriter(out))
                        .setErr(new PrintWriter(err))
                        .execute(arguments.toArray(String[]::new));
        return new CommandRun(code, out.toString(), err.toString());
    }
}
