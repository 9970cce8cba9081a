package io.nomnom.devstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real nats-server with JetStream on loopback; it can be killed and started again. */
public final class NatsServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    private final Path program;
    private final Path directory;
    private final int port;
    private Process process;

    private NatsServer(Path program, Path directory, int port) throws IOException {
        this.program = program;
        this.directory = directory;
        this.port = port;
        this.process = launch();
    }

    /** Starts a server that keeps its streams in the directory. */
    public static NatsServer start(Path directory, int port) throws IOException {
        Files.createDirectories(directory);
        return new NatsServer(NatsBinary.find(), directory, port);
    }

    private Process launch() throws IOException {
        Path config = directory.resolve("nats.conf");
        Files.writeString(
                config,
                """
                listen: "127.0.0.1:%d"
                max_payload: 1MB
                jetstream {
                  store_dir: "%s"
                  max_file_store: 8GB
                }
                """
                        .formatted(port, directory.toAbsolutePath()));
        Process started =
                new ProcessBuilder(program.toString(), "-c", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve("nats.log").toFile()))
                        .start();
        awaitPort(started);
        return started;
    }

    private void awaitPort(Process started) throws IOException {
        try {
            Ports.await(port, START);
        } catch (IOException failure) {
            started.destroyForcibly();
            throw new IOException(
                    "nats-server does not start; see "
                            + directory.resolve("nats.log").toAbsolutePath(),
                    failure);
        }
    }

    /** The engine's NATS_URL. */
    public String url() {
        return "nats://localhost:" + port;
    }

    /** Kills the server as a crash would; its streams stay. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Starts it again. */
    public void restart() throws IOException {
        process = launch();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
