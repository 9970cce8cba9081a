package io.nomnom.devstack;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code ./nomnom demo}: sends TPC-H orders with their line items to the running engine, and checks
 * that the database holds what the generator made.
 */
public final class Demo {
    private static final int IN_FLIGHT = 128;
    private static final int MAX_TRIES = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Semaphore slots = new Semaphore(IN_FLIGHT);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final URI target;

    private Demo(String url) {
        this.target = URI.create(url + "/ingest/Order");
    }

    public static void main(String[] args) throws Exception {
        double scale = 0.01;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--scale")
                    && i + 1 < args.length
                    && args[i + 1].matches("[0-9]+(\\.[0-9]+)?")) {
                scale = Double.parseDouble(args[++i]);
            } else {
                System.err.println("usage: ./nomnom demo [--scale 0.01]");
                System.exit(2);
            }
        }
        Path database = Path.of(".nomnom", "database-url");
        if (!Files.exists(database)) {
            System.err.println("nomnom: no engine is up; run ./nomnom up in another shell first");
            System.exit(3);
        }
        String port = System.getenv().getOrDefault("PORT", "8080");
        boolean good = new Demo("http://localhost:" + port).run(scale, Files.readString(database));
        System.exit(good ? 0 : 1);
    }

    private boolean run(double scale, String databaseUrl)
            throws InterruptedException, SQLException, IOException {
        TpchOrders orders = new TpchOrders(scale);
        long began = System.nanoTime();
        while (orders.hasNext()) {
            slots.acquire();
            send(orders.next(), 1);
            if (orders.orderCount() % 1000 == 0) {
                progress(orders.orderCount(), TpchOrders.count(scale), began);
            }
        }
        slots.acquire(IN_FLIGHT);
        progress(orders.orderCount(), orders.orderCount(), began);
        double accept = seconds(began);
        boolean good = check(orders, databaseUrl);
        double whole = seconds(began);
        System.out.printf(
                Locale.ROOT,
                "%naccepted %,d orders in %.1f s (%,.0f/s), %d failed; in the database after %.1f s (%,.0f orders/s, %,.0f rows/s)%n%s%n",
                accepted.get(),
                accept,
                accepted.get() / accept,
                failed.get(),
                whole,
                orders.orderCount() / whole,
                (orders.orderCount() + orders.itemCount()) / whole,
                good ? "the database holds exactly what was sent" : "THE DATABASE DIFFERS");
        return good && failed.get() == 0;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private void progress(long sent, long of, long began) {
        System.out.printf(
                Locale.ROOT,
                "\r%,d of %,d orders (%,.0f/s) ",
                sent,
                of,
                accepted.get() / seconds(began));
        System.out.flush();
    }

    /** Sends one order; a 503 or a broken connection is repeated. */
    private void send(String order, int attempt) {
        HttpRequest request =
                HttpRequest.newBuilder(target)
                        .header("content-type", "application/json")
                        .timeout(Duration.ofSeconds(30))
                        .POST(HttpRequest.BodyPublishers.ofString(order))
                        .build();
        var _ =
                http.sendAsync(request, HttpResponse.BodyHandlers.discarding())
                        .whenComplete((response, failure) -> {
                            int status = response == null ? 0 : response.statusCode();
                            if (status == 202) {
                                accepted.incrementAndGet();
                                slots.release();
                            } else if ((status == 503 || status == 0) && attempt < MAX_TRIES) {
                                pause();
                                send(order, attempt + 1);
                            } else {
                                failed.incrementAndGet();
                                slots.release();
                            }
                        });
    }

    private static void pause() {
        try {
            Thread.sleep(250);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean check(TpchOrders sent, String databaseUrl)
            throws SQLException, InterruptedException {
        URI database = URI.create(databaseUrl);
        String jdbc =
                "jdbc:postgresql://localhost:%d%s"
                        .formatted(database.getPort(), database.getPath());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            while (true) {
                BigDecimal orders =
                        number(
                                statement,
                                "SELECT count(*) FROM orders WHERE order_key ~ '^[0-9]+$'");
                BigDecimal items =
                        number(
                                statement,
                                "SELECT count(*) FROM order_line_items WHERE order_key ~ '^[0-9]+$'");
                boolean there =
                        orders.longValueExact() >= sent.orderCount()
                                && items.longValueExact() >= sent.itemCount();
                if (there || System.nanoTime() > deadline) {
                    BigDecimal price =
                            number(
                                    statement,
                                    "SELECT sum(extended_price) FROM order_line_items WHERE order_key ~ '^[0-9]+$'");
                    BigDecimal quantity =
                            number(
                                    statement,
                                    "SELECT sum(quantity) FROM order_line_items WHERE order_key ~ '^[0-9]+$'");
                    System.out.println();
                    return List.of(
                                    same("orders", sent.orderCount(), orders),
                                    same("line items", sent.itemCount(), items),
                                    same("sum(quantity)", sent.quantity(), quantity),
                                    same("sum(extended_price)", sent.extendedPrice(), price))
                            .stream()
                            .allMatch(Boolean::booleanValue);
                }
                Thread.sleep(100);
            }
        }
    }

    private static BigDecimal number(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            BigDecimal number = result.getBigDecimal(1);
            return number == null ? BigDecimal.ZERO : number;
        }
    }

    private static boolean same(String what, long sent, BigDecimal found) {
        return same(what, BigDecimal.valueOf(sent), found);
    }

    private static boolean same(String what, BigDecimal sent, BigDecimal found) {
        boolean same = sent.compareTo(found) == 0;
        System.out.printf(
                "  %-20s sent %s, in the database %s%s%n",
                what, sent, found, same ? "" : "  <-- differs");
        return same;
    }
}
