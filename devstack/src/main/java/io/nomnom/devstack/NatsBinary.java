package io.nomnom.devstack;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds the nats-server program: on PATH, else installed with apt as root, else built by Go, else
 * downloaded.
 */
final class NatsBinary {
    private static final String NAME = "nats-server";
    private static final Path CACHE =
            Path.of(System.getProperty("user.home"), ".cache", "nomnom", NAME);
    private static final String ADVICE =
            "install your system's package nats-server, or run"
                    + " 'go install github.com/nats-io/nats-server/v2@latest', so that it is on PATH";

    private NatsBinary() {}

    /**
     * The program's path.
     *
     * @throws IOException where it can't be had; the message says how to get it
     */
    static Path find() throws IOException {
        Optional<Path> found = installed();
        if (found.isEmpty()
                && "root".equals(System.getProperty("user.name"))
                && onPath("apt-get").isPresent()) {
            System.err.println("nomnom: installing nats-server with apt ...");
            run("apt-get", "update", "-qq");
            run("apt-get", "install", "-y", "-qq", NAME);
            found = installed();
        }
        if (found.isEmpty() && onPath("go").isPresent()) {
            System.err.println("nomnom: building nats-server with Go ...");
            run("go", "install", "github.com/nats-io/nats-server/v2@latest");
            found = installed();
        }
        return found.isPresent() ? found.get() : downloaded();
    }

    private static Path downloaded() throws IOException {
        NatsRelease release =
                NatsRelease.forThisMachine()
                        .orElseThrow(() -> new IOException("nats-server is missing; " + ADVICE));
        System.err.println("nomnom: downloading " + release.archive() + " ...");
        try {
            return release.install(CACHE);
        } catch (IOException failure) {
            throw new IOException(
                    "nats-server is missing and cannot be fetched (%s); %s"
                            .formatted(failure, ADVICE),
                    failure);
        }
    }

    private static Optional<Path> installed() {
        List<Path> places = new ArrayList<>();
        onPath(NAME).ifPresent(places::add);
        places.add(Path.of("/usr/sbin", NAME));
        places.add(Path.of(System.getProperty("user.home"), "go", "bin", NAME));
        NatsRelease.forThisMachine()
                .ifPresent(release -> places.add(CACHE.resolve(release.folder()).resolve(NAME)));
        return places.stream().filter(Files::isExecutable).findFirst();
    }

    private static Optional<Path> onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : path.split(File.pathSeparator, -1)) {
            Path candidate = Path.of(directory, program);
            if (Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static void run(String... command) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stop) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
