package io.nomnom.devstack.bench;

import io.nomnom.devstack.EngineProcess;
import io.nomnom.devstack.HttpPosts;
import io.nomnom.devstack.NatsServer;
import io.nomnom.devstack.Ports;
import io.nomnom.devstack.PostgresServer;
import io.nomnom.devstack.Trees;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the stages of the engine and the limits of the machine in one run, on servers of its
 * own. Everything shares the machine's cores, so the ratios tell more than the rates.
 */
public final class Bench {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private final Path root = Path.of("").toAbsolutePath();
    private final Path home;
    private final NatsServer nats;
    private final PostgresServer postgres;
    private final Duration warmUp;
    private final Duration measured;
    private final int messages;
    private final AtomicLong number = new AtomicLong();
    private final Table table = new Table();

    private Bench(Path home, int seconds, int messages) throws IOException {
        this.home = home;
        this.warmUp = Duration.ofSeconds(seconds);
        this.measured = Duration.ofSeconds(seconds);
        this.messages = messages;
        this.nats = NatsServer.start(home.resolve("nats"), Ports.free());
        this.postgres = PostgresServer.start(home.resolve("postgres"), Ports.free());
    }

    public static void main(String[] args) throws Exception {
        int seconds = 6;
        int messages = 200_000;
        for (int i = 0; i < args.length; i++) {
            boolean number = i + 1 < args.length && args[i + 1].matches("[1-9][0-9]{0,7}");
            if (args[i].equals("--seconds") && number) {
                seconds = Integer.parseInt(args[++i]);
            } else if (args[i].equals("--messages") && number) {
                messages = Integer.parseInt(args[++i]);
            } else {
                System.err.println("usage: ./nomnom bench [--seconds 6] [--messages 200000]");
                System.exit(2);
            }
        }
        Path home = Files.createTempDirectory(Files.createDirectories(Path.of(".nomnom")), "bench");
        try {
            Bench bench = new Bench(home, seconds, messages);
            try {
                bench.run();
            } finally {
                bench.nats.close();
                bench.postgres.close();
            }
        } catch (IOException failure) {
            System.err.println("nomnom: " + failure.getMessage());
            System.exit(3);
        } finally {
            Trees.delete(home);
        }
        System.exit(0);
    }

    private void run() throws Exception {
        try (QueueLimits queue = new QueueLimits(nats.url())) {
            Vertx vertx = Vertx.vertx();
            double bare = bareServer(vertx);
            table.limit("bare HTTP, answered after the JetStream ack", bare, "requests");
            queue.purge();
            table.limit(
                    "JetStream asynchronous publish",
                    queue.publish(QueueLimits.SUBJECT, messages, number),
                    "messages");
            table.limit("JetStream fetch + ack", queue.fetchAndAck(messages), "messages");
            DatabaseLimits database = new DatabaseLimits(postgres);
            table.limit("PostgreSQL COPY", database.copy(messages), "rows");
            double unnest = database.unnestWithStatus(messages);
            table.limit("unnest by hand, with a status row", unnest, "messages");
            table.stage("api: POST to 202", api(vertx), "bare HTTP + ack", bare);
            drain(queue);
            table.stage("worker: queue to rows", worker(queue), "unnest by hand", unnest);
            table.stage("all roles: POST to row", whole(vertx, queue), "bare HTTP + ack", bare);
        }
        catalogs();
    }

    /** The plan stays flat as the catalog grows. */
    private void catalogs() throws IOException, InterruptedException {
        CatalogScale scale = new CatalogScale(root, home);
        for (int entities : new int[] {10, 100, 1_000}) {
            CatalogScale.Cost cost = scale.measure(entities);
            table.catalog(entities, cost.loadMillis(), cost.messageNanos());
        }
    }

    private double bareServer(Vertx vertx) throws IOException, InterruptedException {
        int port = Ports.free();
        Process server =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "-XX:+UseCompactObjectHeaders",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                BareServer.class.getName(),
                                "" + port,
                                nats.url(),
                                QueueLimits.SUBJECT)
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("bare.log").toFile())
                        .start();
        try {
            Ports.await(port, Duration.ofSeconds(20));
            return load(vertx, port).rate();
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private EngineProcess engine(String role) throws IOException {
        Map<String, String> environment = new TreeMap<>();
        environment.put("ROLE", role);
        environment.put("PORT", "" + Ports.free());
        environment.put("NATS_URL", nats.url());
        environment.put("DATABASE_URL", postgres.url());
        return EngineProcess.start(
                        root,
                        environment,
                        ProcessBuilder.Redirect.to(home.resolve(role + ".log").toFile()))
                .awaitReady(Duration.ofSeconds(60));
    }

    private double api(Vertx vertx) throws IOException, InterruptedException {
        try (EngineProcess engine = engine("api")) {
            return load(vertx, engine.port()).rate();
        }
    }

    /** What was sent; the rate is that of the measured time, without the warm-up. */
    private record Load(double rate, long accepted) {}

    private Load load(Vertx vertx, int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + warmUp.plus(measured).toNanos();
        HttpPosts posts =
                new HttpPosts(
                        vertx,
                        port,
                        "/ingest/Order",
                        () ->
                                System.nanoTime() < end
                                        ? Orders.text(number.incrementAndGet())
                                        : null);
        posts.start();
        Thread.sleep(warmUp);
        long before = posts.accepted();
        long began = System.nanoTime();
        Thread.sleep(measured);
        double rate = (posts.accepted() - before) / seconds(began);
        if (!posts.await(PATIENCE) || posts.failed() > 0 || posts.repeated() > 0) {
            System.err.printf(
                    "nomnom: %d requests failed, %d were sent again%n",
                    posts.failed(), posts.repeated());
        }
        return new Load(rate, posts.accepted());
    }

    /** Works off what the api stage has left. */
    private void drain(QueueLimits queue) throws Exception {
        try (EngineProcess engine = engine("worker")) {
            awaitWaiting(queue, 0);
        }
    }

    /** Messages a second over a backlog; the first quarter warms the worker up. */
    private double worker(QueueLimits queue) throws Exception {
        queue.publish("messages.ingest.Order", messages, number);
        try (EngineProcess engine = engine("worker")) {
            awaitWaiting(queue, messages - messages / 4);
            long from = queue.waiting();
            long began = System.nanoTime();
            awaitWaiting(queue, 0);
            return from / seconds(began);
        }
    }

    /** Messages a second from the first request until the last one is in the table. */
    private double whole(Vertx vertx, QueueLimits queue) throws Exception {
        try (EngineProcess engine = engine("all")) {
            load(vertx, engine.port());
            awaitWaiting(queue, 0);
            long began = System.nanoTime();
            Load result = load(vertx, engine.port());
            awaitWaiting(queue, 0);
            return result.accepted() / seconds(began);
        }
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }

    /** A work queue keeps a message until it is acknowledged, which is after the commit. */
    private void awaitWaiting(QueueLimits queue, long most) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (queue.waiting() > most) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the worker does not get on; see the logs in " + home);
            }
            Thread.sleep(20);
        }
    }
}
