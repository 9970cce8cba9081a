package io.nomnom.sql;

/** The statements that look at the database's own catalog and state. */
public final class SchemaSql {
    /** Waits for the lock with a key; it is held until the transaction ends. */
    public static final Sql TAKE_LOCK = new Sql("SELECT pg_advisory_xact_lock($1)");

    /** Name, type, and whether a value must be given, of each column of a table. */
    public static final Sql COLUMNS =
            new Sql(
                    """
                    SELECT a.attname, format_type(a.atttypid, a.atttypmod),
                      a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
                    FROM pg_attribute a
                    WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped\
                    """);

    /** Whether a table exists; its name quoted. */
    public static final Sql EXISTS = new Sql("SELECT to_regclass($1) IS NOT NULL");

    /** What is visible now, for {@link ReadSql#changedSince}. */
    public static final Sql SNAPSHOT = new Sql("SELECT pg_current_snapshot()::text");

    private SchemaSql() {}
}
