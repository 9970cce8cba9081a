package io.nomnom.devstack;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A release archive of nats-server with the SHA-256 digest that it must have. The digests are those
 * of the release's SHA256SUMS, as the official image's Dockerfile pins them.
 *
 * @param archive where the {@code .tar.gz} is
 * @param folder the directory in it that holds the program
 * @param sha256 in hex
 */
record NatsRelease(URI archive, String folder, String sha256) {
    private static final String VERSION = "2.14.6";
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** The release for this machine; empty where none is known. */
    static Optional<NatsRelease> forThisMachine() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (system + " " + processor) {
            case "linux amd64" ->
                    Optional.of(
                            release(
                                    "linux-amd64",
                                    "61c3d55f69f61ec616b75782250936445f2819e9e5f2ae6159b10a31abd2200c"));
            case "linux aarch64" ->
                    Optional.of(
                            release(
                                    "linux-arm64",
                                    "3ff6e463762db64186a36cf0276dae8320509e995151ad0153ba9c9f67eee3f9"));
            default -> Optional.empty();
        };
    }

    private static NatsRelease release(String machine, String sha256) {
        String folder = "nats-server-v%s-%s".formatted(VERSION, machine);
        return new NatsRelease(
                URI.create(
                        "https://github.com/nats-io/nats-server/releases/download/v%s/%s.tar.gz"
                                .formatted(VERSION, folder)),
                folder,
                sha256);
    }

    /**
     * Downloads and unpacks it; what does not have the digest is thrown away.
     *
     * @return the program
     */
    Path install(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = Files.createTempFile(directory, "nats-server", ".tar.gz");
        try {
            String digest = download(file);
            if (!digest.equals(sha256)) {
                throw new IOException(
                        "%s has the digest %s, not %s; it is not used"
                                .formatted(archive, digest, sha256));
            }
            unpack(file, directory);
        } finally {
            Files.delete(file);
        }
        return directory.resolve(folder).resolve("nats-server");
    }

    private String download(Path to) throws IOException {
        HttpClient http =
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
        HttpRequest request = HttpRequest.newBuilder(archive).timeout(PATIENCE).build();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            HttpResponse<InputStream> response =
                    http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = new DigestInputStream(response.body(), digest)) {
                if (response.statusCode() != 200) {
                    throw new IOException(archive + " answers " + response.statusCode());
                }
                Files.copy(body, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }

    private static void unpack(Path file, Path directory) throws IOException {
        Process tar =
                new ProcessBuilder("tar", "-xzf", file.toString(), "-C", directory.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            if (!tar.waitFor(1, TimeUnit.MINUTES) || tar.exitValue() != 0) {
                throw new IOException("tar cannot unpack " + file);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }
}
