package io.nomnom.devstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** {@code ./nomnom up}: both servers and the engine with all roles, until Ctrl-C. */
public final class Up {
    private Up() {}

    public static void main(String[] args) throws Exception {
        List<String> options = List.of(args);
        if (!List.of("--fresh").containsAll(options)) {
            System.err.println("usage: ./nomnom up [--fresh]");
            System.exit(2);
        }
        Path root = Path.of("").toAbsolutePath();
        Path home = root.resolve(".nomnom");
        if (options.contains("--fresh")) {
            Trees.delete(home);
        }
        Map<String, String> environment = new TreeMap<>(System.getenv());
        int port = Integer.parseInt(environment.getOrDefault("PORT", "8080"));
        if (!Ports.isFree(port)) {
            System.err.printf("nomnom: port %d is taken; set PORT to another%n", port);
            System.exit(3);
        }
        try {
            run(root, home, environment, port);
        } catch (IOException failure) {
            System.err.println("nomnom: " + failure.getMessage());
            System.exit(3);
        }
    }

    private static void run(Path root, Path home, Map<String, String> environment, int port)
            throws IOException, InterruptedException {
        NatsServer nats = NatsServer.start(home.resolve("nats"), Ports.freeOr(4222));
        PostgresServer postgres =
                PostgresServer.start(home.resolve("postgres"), Ports.freeOr(5432));
        environment.putIfAbsent("ROLE", "all");
        environment.putIfAbsent("ENTITIES_RELOAD", "on");
        environment.put("PORT", "" + port);
        environment.put("NATS_URL", nats.url());
        environment.put("DATABASE_URL", postgres.url());
        EngineProcess engine =
                EngineProcess.start(root, environment, ProcessBuilder.Redirect.INHERIT);
        Path address = home.resolve("database-url");
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            delete(address);
                            engine.stop();
                            nats.close();
                            stop(postgres);
                            ended.countDown();
                        }));
        engine.awaitReady(Duration.ofSeconds(60));
        Files.writeString(address, postgres.url());
        System.out.printf(
                """

                nomnom is up (Ctrl-C ends all of it; data is kept under .nomnom/)
                  page        %1$s/
                  ingestion   %1$s/ingest/Order
                  PostgreSQL  %2$s
                  NATS        %3$s
                  entities    %4$s; changed files are taken up at once

                  curl -i %1$s/ingest/Order -H 'content-type: application/json' -d '{"order_key":"O-TEST-001","customer_key":"C-001","order_status":"P","total_price":12345.67,"order_date":"2024-11-12","order_priority":"1-URGENT"}'

                """,
                engine.url(),
                postgres.url(),
                nats.url(),
                environment.getOrDefault("ENTITIES_DIR", "config/entities"));
        while (engine.isAlive()) {
            Thread.sleep(Duration.ofMillis(500));
        }
        System.exit(1);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            System.err.println("nomnom: " + failure.getMessage());
        }
    }

    private static void stop(PostgresServer postgres) {
        try {
            postgres.close();
        } catch (IOException failure) {
            System.err.println("nomnom: PostgreSQL: " + failure.getMessage());
        }
    }
}
