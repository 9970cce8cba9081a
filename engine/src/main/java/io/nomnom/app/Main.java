package io.nomnom.app;

import io.nomnom.cli.Nomnom;
import io.nomnom.cli.Surroundings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;

/** Without arguments the process acts by ROLE; with arguments it is the command line. */
@QuarkusMain
public final class Main {
    private Main() {}

    public static void main(String... arguments) {
        if (arguments.length == 0) {
            Quarkus.run();
        } else {
            System.exit(Nomnom.commandLine(surroundings()).execute(arguments));
        }
    }

    /** From the environment and system properties; Quarkus is not started for a command. */
    private static Surroundings surroundings() {
        SettingsReader reader =
                new SettingsReader(
                        name ->
                                Optional.ofNullable(System.getenv(name))
                                        .or(() -> Optional.ofNullable(System.getProperty(name))),
                        false);
        Settings settings = reader.read();
        return new Surroundings(
                settings.entities(),
                settings.transforms(),
                settings.databaseUrl(),
                reader.inForce(),
                reader.faults());
    }
}
