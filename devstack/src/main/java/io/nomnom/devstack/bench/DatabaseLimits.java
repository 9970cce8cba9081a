package io.nomnom.devstack.bench;

import io.nomnom.devstack.PostgresServer;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** What PostgreSQL does on this machine with rows like ours, written by hand with JDBC. */
final class DatabaseLimits {
    private static final int BATCH = 500;
    private static final int CONNECTIONS = 2;
    private static final String COLUMNS =
            "order_key, customer_key, order_status, total_price, order_date";
    private final PostgresServer postgres;

    DatabaseLimits(PostgresServer postgres) throws SQLException {
        this.postgres = postgres;
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE bench_orders (
                      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                      order_key varchar(64) NOT NULL UNIQUE, customer_key varchar(64),
                      order_status text, total_price numeric(15,2), order_date date,
                      _message_id uuid, _seq bigint)\
                    """);
            statement.execute(
                    "CREATE TABLE bench_status (message_id uuid PRIMARY KEY, entity_type text,"
                            + " status text, received_at timestamptz, processed_at timestamptz)");
        }
    }

    /** COPY over one connection; rows a second. */
    double copy(int count) throws SQLException, IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("K-%d\tC-%d\tP\t%d.25\t2024-11-12\n".formatted(i, i % 997, i % 9000));
        }
        try (Connection connection = postgres.connect()) {
            long began = System.nanoTime();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY bench_orders (" + COLUMNS + ") FROM STDIN",
                            new StringReader(text.toString()));
            return count / ((System.nanoTime() - began) / 1e9);
        }
    }

    /** Batches by unnest with a status row each, one transaction a batch; messages a second. */
    double unnestWithStatus(int count) throws Exception {
        int batches = count / BATCH / CONNECTIONS;
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var loops =
                    IntStream.range(0, CONNECTIONS)
                            .<Callable<Boolean>>mapToObj(lane -> () -> loop(lane, batches))
                            .toList();
            for (Future<Boolean> loop : threads.invokeAll(loops)) {
                loop.get();
            }
        }
        return (double) batches * BATCH * CONNECTIONS / ((System.nanoTime() - began) / 1e9);
    }

    private boolean loop(int lane, int batches) throws SQLException {
        String upsert =
                "INSERT INTO bench_orders AS t (%s, _message_id, _seq)".formatted(COLUMNS)
                        + " SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::numeric[],"
                        + " ?::date[], ?::uuid[], ?::bigint[]) ON CONFLICT (order_key) DO UPDATE SET"
                        + " customer_key = excluded.customer_key, total_price = excluded.total_price,"
                        + " _message_id = excluded._message_id, _seq = excluded._seq"
                        + " WHERE t._seq <= excluded._seq";
        String status =
                "INSERT INTO bench_status SELECT id, 'Order', 'completed', now(), now()"
                        + " FROM unnest(?::uuid[]) AS u(id) ON CONFLICT DO NOTHING";
        try (Connection connection = postgres.connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement claim = connection.prepareStatement(status);
                    PreparedStatement write = connection.prepareStatement(upsert)) {
                for (int batch = 0; batch < batches; batch++) {
                    fill(connection, claim, write, (long) (lane * batches + batch) * BATCH);
                    claim.execute();
                    write.execute();
                    connection.commit();
                }
            }
        }
        return true;
    }

    private static void fill(
            Connection connection, PreparedStatement claim, PreparedStatement write, long from)
            throws SQLException {
        String[] orders = new String[BATCH];
        String[] customers = new String[BATCH];
        String[] states = new String[BATCH];
        BigDecimal[] prices = new BigDecimal[BATCH];
        Date[] dates = new Date[BATCH];
        UUID[] ids = new UUID[BATCH];
        Long[] sequences = new Long[BATCH];
        for (int i = 0; i < BATCH; i++) {
            orders[i] = "U-" + (from + i);
            customers[i] = "C-" + i;
            states[i] = "P";
            prices[i] = BigDecimal.valueOf(from + i, 2);
            dates[i] = Date.valueOf("2024-11-12");
            ids[i] = UUID.randomUUID();
            sequences[i] = from + i;
        }
        claim.setArray(1, connection.createArrayOf("uuid", ids));
        write.setArray(1, connection.createArrayOf("text", orders));
        write.setArray(2, connection.createArrayOf("text", customers));
        write.setArray(3, connection.createArrayOf("text", states));
        write.setArray(4, connection.createArrayOf("numeric", prices));
        write.setArray(5, connection.createArrayOf("date", dates));
        write.setArray(6, connection.createArrayOf("uuid", ids));
        write.setArray(7, connection.createArrayOf("bigint", sequences));
    }
}
