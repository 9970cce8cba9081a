package io.nomnom.devstack;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code ./nomnom demo}: sends TPC-H orders with their line items to the running engine, and checks
 * that the database holds what the generator made.
 */
public final class Demo {
    private static final int IN_FLIGHT = 128;
    private static final int MAX_TRIES = 20;
    private static final int PAUSE_MS = 250;
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http;
    private final Semaphore slots = new Semaphore(IN_FLIGHT);
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private Demo(int port) {
        this.http =
                vertx.createHttpClient(
                        new HttpClientOptions().setDefaultHost("localhost").setDefaultPort(port),
                        new PoolOptions().setHttp1MaxSize(IN_FLIGHT));
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
        boolean good = new Demo(Integer.parseInt(port)).run(scale, Files.readString(database));
        System.exit(good ? 0 : 1);
    }

    private boolean run(double scale, String databaseUrl)
            throws InterruptedException, SQLException, IOException {
        TpchOrders orders = new TpchOrders(scale);
        long began = System.nanoTime();
        while (orders.hasNext()) {
            slots.acquire();
            send(Buffer.buffer(orders.next()), 1);
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
    private void send(Buffer order, int attempt) {
        var _ =
                http.request(HttpMethod.POST, "/ingest/Order")
                        .compose(request ->
                                request.putHeader("content-type", "application/json").send(order))
                        .compose(response -> response.body().map(response.statusCode()))
                        .timeout(ANSWER.toSeconds(), TimeUnit.SECONDS)
                        .onComplete(done -> {
                            int status = done.succeeded() ? done.result() : 0;
                            if (status == 202) {
                                accepted.incrementAndGet();
                                slots.release();
                            } else if ((status == 503 || status == 0) && attempt < MAX_TRIES) {
                                vertx.setTimer(PAUSE_MS, again -> send(order, attempt + 1));
                            } else {
                                failed.incrementAndGet();
                                slots.release();
                            }
                        });
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
