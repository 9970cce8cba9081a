package io.nomnom.observe;

import java.time.Duration;
import java.util.Map;

/** Something that happened and that people who run the engine want to know. */
public sealed interface Observation {

    /** The engine acts: its roles, its address, its catalog. */
    record Started(String roles, int port, String catalog, int entities) implements Observation {}

    /** An environment variable that nobody reads nearly has the name of a setting. */
    record SettingUnread(String name, String meant) implements Observation {}

    /** A stream has other settings than this process; it is used as it is. */
    record QueueDiffers(String what) implements Observation {}

    /** Changed entity files are in force; their warnings rendered, empty where there are none. */
    record CatalogSwapped(String catalog, int entities, String warnings) implements Observation {}

    /** Changed entity files are not in force: they, or the tables, are at fault. */
    record CatalogRefused(String report) implements Observation {}

    /** Changed entity files will be in force once a server or another process is ready. */
    record CatalogWaits(String report) implements Observation {}

    /** A step from the database to the catalog was run. */
    record TableChanged(String table, String change) implements Observation {}

    /** A step that is not needed for writing could not be run. */
    record TableDiffers(String table, String change, String obstacle) implements Observation {}

    /** JetStream has stored a message; {@code duplicate} where it had it already. */
    record Accepted(String entity, boolean duplicate, Duration publish) implements Observation {}

    /** A request was answered with a problem. */
    record Refused(String entity, int status) implements Observation {}

    /** A batch is in the database. */
    record Committed(int messages, Map<String, Integer> rows, Duration parse, Duration write)
            implements Observation {}

    /** Deliveries came in; {@code took} is how long the fetch took. */
    record Fetched(int messages, Duration took) implements Observation {}

    /** A message went to the dead letters. */
    record DeadLettered(String messageId, String entity, String code, String message)
            implements Observation {}

    /** An attempt failed and will be repeated. */
    record Retried(String messageId, String entity, int attempt, String message)
            implements Observation {}

    /** The database is out of reach; the worker waits. */
    record OutageBegan(String server, String message) implements Observation {}

    /** The database is back. */
    record OutageEnded(String server, Duration lasted) implements Observation {}

    /** Something went wrong that is not the user's doing; the engine goes on. */
    record Trouble(String what, Throwable cause) implements Observation {}
}
