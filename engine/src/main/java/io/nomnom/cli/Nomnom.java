package io.nomnom.cli;

import io.nomnom.pg.DatabaseException;
import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code nomnom}. Without a subcommand the process acts by ROLE, which is not here. */
@Command(
        name = "nomnom",
        mixinStandardHelpOptions = true,
        description = {
            "Entities in YAML; ingestion API, worker and live dashboard in one binary.",
            "Without a command the process acts by ROLE (api, worker, dashboard, all)."
        },
        versionProvider = Version.class,
        sortOptions = false,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 good, 1 the input is at fault, 2 usage, 3 a server is out of reach.",
            "",
            "Examples:",
            "  nomnom validate config/entities",
            "  nomnom parse Order order.json -o sql",
            "  nomnom plan"
        })
public final class Nomnom implements Runnable {
    static final int GOOD = 0;
    static final int INPUT = 1;
    static final int SERVER = 3;

    @Spec private CommandSpec spec = CommandSpec.create();

    /** The command line with all commands. */
    public static CommandLine commandLine(Surroundings surroundings) {
        CommandLine line = new CommandLine(new Nomnom());
        List<Object> commands =
                List.of(
                        new ValidateCommand(surroundings),
                        new GetCommand(surroundings),
                        new DescribeCommand(surroundings),
                        new SchemaCommand(surroundings),
                        new ParseCommand(surroundings),
                        new DiffCommand(),
                        new MigrateCommand(),
                        new TestCommand(surroundings),
                        new PlanCommand(surroundings),
                        new ApplyCommand(surroundings),
                        new ConfigCommand(surroundings),
                        new VersionCommand(),
                        new AutoComplete.GenerateCompletion());
        commands.forEach(line::addSubcommand);
        line.getSubcommands()
                .values()
                .forEach(each -> each.getCommandSpec().versionProvider(new Version()));
        return line.setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Nomnom::failed);
    }

    private static int failed(
            Exception failure, CommandLine line, CommandLine.ParseResult arguments)
            throws Exception {
        PrintWriter err = line.getErr();
        if (failure instanceof DatabaseException database) {
            err.println("nomnom: PostgreSQL (DATABASE_URL): " + failure.getMessage());
            return database.isOutOfReach() ? SERVER : INPUT;
        }
        if (failure instanceof Fault) {
            err.println("nomnom: " + failure.getMessage());
            return INPUT;
        }
        throw failure;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    /** What the user's input lacks; the message says how to mend it. */
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1L;

        Fault(String message) {
            super(message, null, false, false);
        }
    }
}
