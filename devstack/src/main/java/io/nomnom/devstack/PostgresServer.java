package io.nomnom.devstack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A real PostgreSQL on loopback; it can be stopped and started again on the same data and port. */
public final class PostgresServer implements AutoCloseable {
    private static final String LOGIN = "postgres";
    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private PostgresServer(Path data, int port) throws IOException {
        this.data = data;
        this.port = port;
        this.server = launch();
    }

    /** Starts a server whose data stays in the directory. */
    public static PostgresServer start(Path data, int port) throws IOException {
        Files.createDirectories(data.toAbsolutePath().getParent());
        return new PostgresServer(data, port);
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("max_wal_size", "2GB")
                .setPGStartupWait(Duration.ofSeconds(60))
                .start();
    }

    /** The engine's DATABASE_URL. */
    public String url() {
        return "postgresql://%s:%s@localhost:%d/%s".formatted(LOGIN, LOGIN, port, LOGIN);
    }

    public int port() {
        return port;
    }

    /** A JDBC connection for checks. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:%d/%s".formatted(port, LOGIN), LOGIN, LOGIN);
    }

    /** Stops the server; its data stays. */
    public void stop() throws IOException {
        server.close();
    }

    /** Starts it again. */
    public void restart() throws IOException {
        server = launch();
    }

    @Override
    public void close() throws IOException {
        stop();
    }
}
