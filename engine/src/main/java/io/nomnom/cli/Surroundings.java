package io.nomnom.cli;

import io.nomnom.pg.Database;
import io.nomnom.pg.DatabaseException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The settings that commands work under.
 *
 * @param databaseUrl with the password in it; never printed
 * @param inForce all settings by name as {@code config} shows them, secrets hidden
 * @param faults what is wrong with settings; empty where all can be used
 */
public record Surroundings(
        Path entities,
        Path transforms,
        String databaseUrl,
        Map<String, String> inForce,
        List<String> faults) {

    /** Work with the database. */
    @FunctionalInterface
    interface Work<T> {
        T run(Database database) throws DatabaseException, InterruptedException;
    }

    /** Works with the database of DATABASE_URL. */
    <T> T withDatabase(Work<T> work) throws DatabaseException, Nomnom.Fault {
        if (!faults.isEmpty()) {
            throw new Nomnom.Fault("wrong settings\n  " + String.join("\n  ", faults));
        }
        try (Database database = Database.alone(databaseUrl)) {
            return work.run(database);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Nomnom.Fault("interrupted; run it again, it goes on where it was");
        }
    }
}
