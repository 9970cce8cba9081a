package io.nomnom.devstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsReleaseTest {
    private static final String FOLDER = "nats-server-v0-test";

    @TempDir Path home;
    private HttpServer server;
    private byte[] archive;

    @BeforeEach
    void serveAnArchive() throws Exception {
        Path folder = Files.createDirectories(home.resolve("made").resolve(FOLDER));
        Files.writeString(folder.resolve("nats-server"), "the program");
        Path file = home.resolve("made.tar.gz");
        new ProcessBuilder(
                        "tar",
                        "-czf",
                        file.toString(),
                        "-C",
                        home.resolve("made").toString(),
                        FOLDER)
                .inheritIO()
                .start()
                .waitFor();
        archive = Files.readAllBytes(file);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/archive",
                exchange -> {
                    exchange.sendResponseHeaders(200, archive.length);
                    exchange.getResponseBody().write(archive);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private NatsRelease release(String path, String digest) {
        int port = server.getAddress().getPort();
        return new NatsRelease(URI.create("http://localhost:" + port + path), FOLDER, digest);
    }

    @Test
    void anArchiveWithTheRightDigestIsUnpacked() throws Exception {
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));

        Path program = release("/archive", digest).install(home.resolve("cache"));

        assertThat(program).hasContent("the program");
    }

    @Test
    void anArchiveWithAnotherDigestIsThrownAway() {
        assertThatThrownBy(() -> release("/archive", "00").install(home.resolve("cache")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is not used");
        assertThat(home.resolve("cache")).isEmptyDirectory();
    }

    @Test
    void aReleaseThatIsGoneSaysSo() {
        assertThatThrownBy(() -> release("/gone", "00").install(home.resolve("cache")))
                .hasMessageContaining("/gone answers 404");
    }
}
