package io.nomnom.it;

import io.nomnom.devstack.EngineProcess;
import io.nomnom.devstack.NatsServer;
import io.nomnom.devstack.Ports;
import io.nomnom.devstack.PostgresServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Real servers for one test class, and the packaged engine as processes beside them. */
final class Stack implements AutoCloseable {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private final List<EngineProcess> engines = new ArrayList<>();
    private final Path home;
    final NatsServer nats;
    final PostgresServer postgres;

    Stack() throws IOException {
        this.home = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "stack");
        this.nats = NatsServer.start(home.resolve("nats"), Ports.free());
        this.postgres = PostgresServer.start(home.resolve("postgres"), Ports.free());
    }

    /** Starts the engine with these roles; it is not waited for. */
    EngineProcess engine(String roles) throws IOException {
        return engine(roles, Map.of());
    }

    /** The same with settings beside those of the stack. */
    EngineProcess engine(String roles, Map<String, String> settings) throws IOException {
        Map<String, String> environment = new TreeMap<>(settings);
        environment.put("ROLE", roles);
        environment.put("PORT", "" + Ports.free());
        environment.put("NATS_URL", nats.url());
        environment.put("DATABASE_URL", postgres.url());
        environment.put("ACK_WAIT", "5s");
        Path log = home.resolve("engine-" + roles + ".log");
        EngineProcess engine =
                EngineProcess.start(
                        ROOT, environment, ProcessBuilder.Redirect.appendTo(log.toFile()));
        engines.add(engine);
        return engine;
    }

    /** A directory with the entity files of several. */
    Path entities(String... directories) throws IOException {
        Path entities = Files.createDirectories(home.resolve("entities"));
        for (String directory : directories) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(directory))) {
                for (Path file : files) {
                    Files.copy(file, entities.resolve(file.getFileName()));
                }
            }
        }
        return entities;
    }

    /** Changes the database behind the engine's back. */
    void execute(String sql) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A text from the database, null while it does not answer or has no row. */
    @Nullable String text(String sql) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? result.getString(1) : null;
        } catch (SQLException away) {
            return null;
        }
    }

    /** A column of texts from the database; empty while it does not answer. */
    Set<String> texts(String sql) {
        Set<String> texts = new HashSet<>();
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                texts.add(result.getString(1));
            }
        } catch (SQLException away) {
            texts.clear();
        }
        return texts;
    }

    /** A number from the database; -1 while it does not answer. */
    long number(String sql) {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        } catch (SQLException away) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        engines.forEach(EngineProcess::close);
        nats.close();
        postgres.close();
    }
}
