package io.nomnom.sql;

/** The statements that look at the database's own catalog and state. */
public final class SchemaSql {
    /** Takes the lock with a key for the session, or says that another has it. */
    public static final Sql TRY_LOCK = new Sql("SELECT pg_try_advisory_lock($1)");

    /** How long a statement waits for a table's lock before it gives way to the work. */
    public static final Sql GIVE_WAY = new Sql("SET lock_timeout = '3s'");

    /** A concurrent build waits for all transactions of before, and stops nobody meanwhile. */
    public static final Sql WAIT = new Sql("SET lock_timeout = 0");

    /** All columns of tables by their names: type, whether required, whether filled by itself. */
    public static final Sql COLUMNS =
            new Sql(
                    """
                    SELECT n.name, c.relkind IN ('r', 'p'), a.attname,
                      format_type(a.atttypid, a.atttypmod), a.attnotnull,
                      a.atthasdef OR a.attidentity <> ''
                    FROM unnest($1::text[]) AS n(name)
                    JOIN pg_class c ON c.oid = to_regclass(quote_ident(n.name))
                    LEFT JOIN pg_attribute a
                      ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                    ORDER BY n.name, a.attnum\
                    """);

    /** All indexes of tables by their names. */
    public static final Sql INDEXES =
            new Sql(
                    """
                    SELECT n.name, i.relname, x.indisunique, x.indisprimary, am.amname,
                      coalesce(con.conname, ''), x.indisvalid,
                      x.indpred IS NULL AND x.indexprs IS NULL,
                      ARRAY(SELECT a.attname::text FROM generate_series(1, x.indnkeyatts) AS k
                            JOIN pg_attribute a
                              ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k - 1]
                            ORDER BY k)
                    FROM unnest($1::text[]) AS n(name)
                    JOIN pg_index x ON x.indrelid = to_regclass(quote_ident(n.name))
                    JOIN pg_class i ON i.oid = x.indexrelid
                    JOIN pg_am am ON am.oid = i.relam
                    LEFT JOIN pg_constraint con
                      ON con.conindid = x.indexrelid AND con.contype IN ('p', 'u')
                    ORDER BY n.name, i.relname\
                    """);

    /** All foreign keys of tables by their names. */
    public static final Sql FOREIGN_KEYS =
            new Sql(
                    """
                    SELECT n.name, con.conname, con.convalidated, c.relname,
                      ARRAY(SELECT a.attname::text FROM unnest(con.conkey) WITH ORDINALITY AS k(n, o)
                            JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.n
                            ORDER BY k.o),
                      ARRAY(SELECT a.attname::text FROM unnest(con.confkey) WITH ORDINALITY AS k(n, o)
                            JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.n
                            ORDER BY k.o)
                    FROM unnest($1::text[]) AS n(name)
                    JOIN pg_constraint con
                      ON con.conrelid = to_regclass(quote_ident(n.name)) AND con.contype = 'f'
                    JOIN pg_class c ON c.oid = con.confrelid
                    ORDER BY n.name, con.conname\
                    """);

    /** Whether a table, its name quoted, has all columns of a list without repeats. */
    public static final Sql HAS_COLUMNS =
            new Sql(
                    """
                    SELECT count(*) = cardinality($2::text[]) FROM pg_attribute
                    WHERE attrelid = to_regclass($1) AND attname = ANY ($2::text[])
                      AND attnum > 0 AND NOT attisdropped\
                    """);

    /** What is visible now, for {@link ReadSql#changedSince}. */
    public static final Sql SNAPSHOT = new Sql("SELECT pg_current_snapshot()::text");

    private SchemaSql() {}
}
