package io.nomnom.pg;

import io.nomnom.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The pool of connections. Calls block and are meant for virtual threads. */
public final class Database implements AutoCloseable {
    /** 0A000, feature_not_supported: "cached plan must not change result type". */
    private static final String RESULT_TYPE_CHANGED = "0A000";

    private static final Duration ANSWER = Duration.ofSeconds(60);
    private final Vertx vertx;
    private final PgConnectOptions options;
    private final Pool pool;
    private final Runnable end;
    private final int connections;

    /**
     * @param url {@code postgresql://user:password@host:5432/name}
     * @param connections how many at most
     */
    public Database(Vertx vertx, String url, int connections) {
        this(vertx, url, connections, () -> {});
    }

    private Database(Vertx vertx, String url, int connections, Runnable end) {
        this.end = end;
        this.connections = connections;
        this.vertx = vertx;
        this.options =
                PgConnectOptions.fromUri(url)
                        .setCachePreparedStatements(true)
                        .setPreparedStatementCacheMaxSize(512)
                        .addProperty("application_name", "nomnom")
                        .addProperty("TimeZone", "UTC");
        options.setConnectTimeout(3_000);
        this.pool =
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(connections))
                        .connectingTo(options)
                        .using(vertx)
                        .build();
    }

    /** For a command: with an event loop of its own, which ends with it. */
    public static Database alone(String url) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        return new Database(vertx, url, 1, vertx::close);
    }

    /** Work inside one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        T run(Transaction transaction) throws DatabaseException;
    }

    /** Commits what the work did, or rolls it back and throws. */
    public <T> T inTransaction(Work<T> work) throws DatabaseException {
        return inTransaction("BEGIN", work);
    }

    /** Reads in one snapshot. */
    public <T> T inSnapshot(Work<T> work) throws DatabaseException {
        return inTransaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", work);
    }

    private <T> T inTransaction(String begin, Work<T> work) throws DatabaseException {
        SqlConnection connection = await(pool.getConnection());
        boolean ended = false;
        try {
            await(connection.query(begin).execute());
            T result = work.run(new Transaction(connection));
            await(connection.query("COMMIT").execute());
            ended = true;
            return result;
        } finally {
            if (ended) {
                connection.close();
            } else {
                abandon(connection);
            }
        }
    }

    private static void abandon(SqlConnection connection) {
        connection.query("ROLLBACK").execute().onComplete(done -> connection.close());
    }

    /** Work on one connection. */
    @FunctionalInterface
    interface SessionWork<T> {
        T run(Session session) throws DatabaseException;
    }

    /** Works on a connection of its own, outside of the pool. */
    <T> T inSession(SessionWork<T> work) throws DatabaseException {
        try (Session session = session()) {
            return work.run(session);
        }
    }

    /** A connection outside of the pool: what the session holds ends with it. */
    Session session() throws DatabaseException {
        return new Session(await(PgConnection.connect(vertx, options)));
    }

    /**
     * One statement outside of a transaction. A connection that has prepared it for a table of
     * before is told so by the server once, and prepares it anew: it is asked again.
     */
    public RowSet<Row> run(Sql sql, Object... parameters) throws DatabaseException {
        for (int stale = 0; ; stale++) {
            try {
                return await(pool.preparedQuery(sql.text()).execute(Tuple.wrap(parameters)));
            } catch (DatabaseException failure) {
                if (!RESULT_TYPE_CHANGED.equals(failure.sqlState()) || stale == connections) {
                    throw failure;
                }
            }
        }
    }

    /** Whether a fresh statement works. */
    public boolean answers() {
        try {
            await(pool.query("SELECT 1").execute());
            return true;
        } catch (DatabaseException away) {
            return false;
        }
    }

    static <T> T await(Future<T> future) throws DatabaseException {
        return await(future, ANSWER);
    }

    private static <T> T await(Future<T> future, Duration patience) throws DatabaseException {
        try {
            return future.toCompletionStage()
                    .toCompletableFuture()
                    .get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw new DatabaseException(cause == null ? failure : cause);
        } catch (TimeoutException failure) {
            throw new DatabaseException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(stop);
        }
    }

    @Override
    public void close() {
        pool.close();
        end.run();
    }

    /** A running transaction. */
    public static final class Transaction {
        private final SqlConnection connection;

        Transaction(SqlConnection connection) {
            this.connection = connection;
        }

        /** One prepared statement. */
        public RowSet<Row> run(Sql sql, Object... parameters) throws DatabaseException {
            return await(connection.preparedQuery(sql.text()).execute(Tuple.wrap(parameters)));
        }

        /** One query, its rows page by page as they come. */
        void pages(Sql sql, int size, Consumer<RowSet<Row>> each, Object... parameters)
                throws DatabaseException {
            PreparedStatement statement = await(connection.prepare(sql.text()));
            Cursor cursor = statement.cursor(Tuple.wrap(parameters));
            do {
                each.accept(await(cursor.read(size)));
            } while (cursor.hasMore());
            await(cursor.close());
            await(statement.close());
        }
    }

    /** A connection of its own. Statements may take long: tables are made anew, indexes built. */
    static final class Session implements AutoCloseable {
        private static final Duration PATIENCE = Duration.ofDays(1);
        private final SqlConnection connection;

        private Session(SqlConnection connection) {
            this.connection = connection;
        }

        RowSet<Row> run(Sql sql, Object... parameters) throws DatabaseException {
            return await(
                    connection.preparedQuery(sql.text()).execute(Tuple.wrap(parameters)), PATIENCE);
        }

        /** One statement by itself, not prepared. */
        void runPlain(Sql sql) throws DatabaseException {
            await(connection.query(sql.text()).execute(), PATIENCE);
        }

        /** All statements or none of them. */
        void transact(List<Sql> statements) throws DatabaseException {
            runPlain(new Sql("BEGIN"));
            try {
                for (Sql statement : statements) {
                    runPlain(statement);
                }
                runPlain(new Sql("COMMIT"));
            } catch (DatabaseException failure) {
                if (failure.sqlState() != null) {
                    runPlain(new Sql("ROLLBACK"));
                }
                throw failure;
            }
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
