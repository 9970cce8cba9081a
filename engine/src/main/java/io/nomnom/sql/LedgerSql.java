package io.nomnom.sql;

import java.util.List;

/** The statements of the ledger {@code message_status} and of {@code catalog_version}. */
public final class LedgerSql {
    /**
     * Whether {@link #CREATE} has nothing to do. It is asked first, since ALTER TABLE takes a lock
     * that stops all workers, also where it changes nothing.
     */
    public static final Sql FITS =
            new Sql(
                    """
                    SELECT count(*) = 14
                        AND count(*) FILTER (WHERE atttypid = 'timestamp'::regtype) = 0
                        AND to_regclass('idx_message_status_status') IS NOT NULL
                        AND to_regclass('idx_message_status_received_at') IS NOT NULL
                        AND to_regclass('catalog_version') IS NOT NULL
                    FROM pg_attribute
                    WHERE attrelid = to_regclass('message_status') AND NOT attisdropped
                      AND attname IN ('message_id', 'entity_type', 'status', 'received_at',
                        'processed_at', 'retry_count', 'error_code', 'error_message', 'errors',
                        'attempts', 'config_hash', 'rows_written', 'generation', 'stream_seq')\
                    """);

    /** Makes the ledger, or brings an older one to this shape; each statement may be repeated. */
    public static final List<Sql> CREATE =
            List.of(
                    new Sql(
                            """
                            CREATE TABLE IF NOT EXISTS message_status (
                              message_id uuid PRIMARY KEY,
                              entity_type text NOT NULL,
                              status text NOT NULL,
                              received_at timestamptz NOT NULL,
                              processed_at timestamptz,
                              retry_count integer NOT NULL DEFAULT 0,
                              error_code text,
                              error_message text,
                              errors jsonb,
                              attempts jsonb,
                              config_hash text,
                              rows_written jsonb,
                              generation integer NOT NULL DEFAULT 0,
                              stream_seq bigint)\
                            """),
                    new Sql(
                            """
                            ALTER TABLE message_status
                              ADD COLUMN IF NOT EXISTS error_code text,
                              ADD COLUMN IF NOT EXISTS errors jsonb,
                              ADD COLUMN IF NOT EXISTS attempts jsonb,
                              ADD COLUMN IF NOT EXISTS config_hash text,
                              ADD COLUMN IF NOT EXISTS rows_written jsonb,
                              ADD COLUMN IF NOT EXISTS generation integer NOT NULL DEFAULT 0,
                              ADD COLUMN IF NOT EXISTS stream_seq bigint\
                            """),
                    new Sql(
                            """
                            DO $$ BEGIN
                              IF EXISTS (SELECT FROM information_schema.columns
                                         WHERE table_schema = current_schema()
                                           AND table_name = 'message_status'
                                           AND column_name = 'received_at'
                                           AND data_type = 'timestamp without time zone') THEN
                                ALTER TABLE message_status
                                  ALTER COLUMN received_at TYPE timestamptz
                                    USING received_at AT TIME ZONE 'UTC',
                                  ALTER COLUMN processed_at TYPE timestamptz
                                    USING processed_at AT TIME ZONE 'UTC';
                              END IF;
                            END $$\
                            """),
                    new Sql(
                            "CREATE INDEX IF NOT EXISTS idx_message_status_status"
                                    + " ON message_status (status)"),
                    new Sql(
                            "CREATE INDEX IF NOT EXISTS idx_message_status_received_at"
                                    + " ON message_status (received_at)"),
                    new Sql(
                            """
                            CREATE TABLE IF NOT EXISTS catalog_version (
                              hash text PRIMARY KEY,
                              files jsonb NOT NULL,
                              loaded_at timestamptz NOT NULL DEFAULT now())\
                            """));

    /**
     * Claims messages and records their ends in one step, ids in order. Returns the rows of those
     * that were not yet ended in their generation; the others' are locked and unchanged. Parameters
     * are arrays: id, entity, status, received at, error code, error message, errors, rows,
     * generation, sequence; then the catalog's hash.
     */
    public static final Sql CLAIM =
            new Sql(
                    """
                    INSERT INTO message_status AS s (message_id, entity_type, status, received_at,
                      error_code, error_message, errors, rows_written, generation, stream_seq,
                      processed_at, config_hash)
                    SELECT u.id, u.entity, u.status, u.received, u.code, u.message,
                      u.errors::jsonb, u.rows::jsonb, u.generation, u.seq, clock_timestamp(), $11
                    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[],
                      $6::text[], $7::text[], $8::text[], $9::integer[], $10::bigint[])
                      AS u(id, entity, status, received, code, message, errors, rows, generation, seq)
                    ON CONFLICT (message_id) DO UPDATE SET
                      status = excluded.status, processed_at = excluded.processed_at,
                      error_code = excluded.error_code, error_message = excluded.error_message,
                      errors = excluded.errors, rows_written = excluded.rows_written,
                      generation = excluded.generation, stream_seq = excluded.stream_seq,
                      config_hash = excluded.config_hash,
                      retry_count = CASE WHEN s.generation < excluded.generation
                        THEN 0 ELSE s.retry_count END
                    WHERE s.generation < excluded.generation
                      OR (s.generation = excluded.generation
                          AND s.status NOT IN ('completed', 'dlq'))
                    RETURNING message_id, retry_count\
                    """);

    /** Counts a failed attempt ($1 id to $8 catalog hash); returns the attempts so far. */
    public static final Sql FAIL =
            new Sql(
                    """
                    INSERT INTO message_status AS s (message_id, entity_type, status, received_at,
                      retry_count, error_code, error_message, attempts, generation, stream_seq,
                      config_hash)
                    VALUES ($1, $2, 'failed', $3, 1, $4, $5,
                      jsonb_build_array(jsonb_build_object('at', clock_timestamp(), 'code', $4::text,
                        'message', $5::text, 'generation', $6::integer)), $6, $7, $8)
                    ON CONFLICT (message_id) DO UPDATE SET
                      status = 'failed', error_code = excluded.error_code,
                      error_message = excluded.error_message,
                      retry_count = CASE WHEN s.generation < excluded.generation
                        THEN 1 ELSE s.retry_count + 1 END,
                      attempts = coalesce(s.attempts, '[]') || excluded.attempts,
                      generation = excluded.generation, stream_seq = excluded.stream_seq,
                      config_hash = excluded.config_hash
                    WHERE s.generation < excluded.generation
                      OR (s.generation = excluded.generation
                          AND s.status NOT IN ('completed', 'dlq'))
                    RETURNING retry_count\
                    """);

    /** The ledger's rows of some ids. */
    public static final Sql FIND =
            new Sql(
                    """
                    SELECT message_id, entity_type, status, received_at, processed_at, retry_count,
                      error_code, error_message, errors::text, config_hash,
                      rows_written::text, generation, (attempts->0->>'at')::timestamptz AS first_failure
                    FROM message_status WHERE message_id = ANY($1::uuid[])\
                    """);

    /** Corrects the rows of messages that found newer rows: ids, rows. */
    public static final Sql SUPERSEDED =
            new Sql(
                    """
                    UPDATE message_status s SET rows_written = u.rows::jsonb, error_code = 'superseded'
                    FROM unnest($1::uuid[], $2::text[]) AS u(id, rows)
                    WHERE s.message_id = u.id\
                    """);

    public static final Sql COUNT_BY_STATUS =
            new Sql("SELECT entity_type, status, count(*) FROM message_status GROUP BY 1, 2");

    /** Takes the lock with a key until the transaction ends, or says that another has it. */
    public static final Sql TRY_LOCK = new Sql("SELECT pg_try_advisory_xact_lock($1)");

    public static final Sql PRUNE =
            new Sql(
                    """
                    DELETE FROM message_status WHERE message_id IN (
                      SELECT message_id FROM message_status
                      WHERE received_at < $1 AND processed_at < $1 AND status IN ('completed', 'dlq') LIMIT 10000)\
                    """);

    public static final Sql REMEMBER_CATALOG =
            new Sql(
                    "INSERT INTO catalog_version (hash, files) VALUES ($1, $2::text::jsonb)"
                            + " ON CONFLICT DO NOTHING");

    public static final Sql CATALOG_HASHES = new Sql("SELECT hash FROM catalog_version");

    private LedgerSql() {}
}
