package io.nomnom.devstack;

import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;

/**
 * {@code ./nomnom demo}: sends TPC-H orders with their line items to the running engine, and checks
 * that the database holds what the generator made.
 */
public final class Demo {
    private static final Duration GLANCE = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Demo() {}

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
        boolean good = run(scale, Integer.parseInt(port), Files.readString(database));
        System.exit(good ? 0 : 1);
    }

    private static boolean run(double scale, int port, String databaseUrl)
            throws InterruptedException, SQLException {
        TpchOrders orders = new TpchOrders(scale);
        long of = TpchOrders.count(scale);
        long began = System.nanoTime();
        HttpPosts posts = new HttpPosts(Vertx.vertx(), port, "/ingest/Order", orders::nextOrNull);
        posts.start();
        while (!posts.await(GLANCE)) {
            progress(posts.accepted(), of, seconds(began));
        }
        double accept = seconds(began);
        progress(posts.accepted(), of, accept);
        boolean good = check(orders, databaseUrl);
        double whole = seconds(began);
        System.out.printf(
                Locale.ROOT,
                "%naccepted %,d orders in %.1f s (%,.0f/s), %d sent again, %d failed; in the database"
                        + " after %.1f s (%,.0f orders/s, %,.0f rows/s)%n%s%n",
                posts.accepted(),
                accept,
                posts.accepted() / accept,
                posts.repeated(),
                posts.failed(),
                whole,
                orders.orderCount() / whole,
                (orders.orderCount() + orders.itemCount()) / whole,
                good ? "the database holds exactly what was sent" : "THE DATABASE DIFFERS");
        return good && posts.failed() == 0;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    private static void progress(long accepted, long of, double seconds) {
        System.out.printf(
                Locale.ROOT, "\r%,d of %,d orders (%,.0f/s) ", accepted, of, accepted / seconds);
        System.out.flush();
    }

    /** Waits until the database holds what was sent, or nothing changes any more. */
    private static boolean check(TpchOrders sent, String databaseUrl)
            throws SQLException, InterruptedException {
        URI database = URI.create(databaseUrl);
        String jdbc =
                "jdbc:postgresql://localhost:%d%s"
                        .formatted(database.getPort(), database.getPath());
        Totals wanted = Totals.of(sent);
        try (Connection connection = DriverManager.getConnection(jdbc, "postgres", "postgres")) {
            Totals found = Totals.read(connection, sent.lastKey());
            long changed = System.nanoTime();
            while (!found.equals(wanted) && System.nanoTime() - changed < PATIENCE.toNanos()) {
                Thread.sleep(100);
                Totals now = Totals.read(connection, sent.lastKey());
                if (!now.equals(found)) {
                    changed = System.nanoTime();
                    found = now;
                }
            }
            System.out.printf("%n%s", wanted.beside(found));
            return found.equals(wanted);
        }
    }
}
