package io.nomnom.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nomnom.devstack.NatsServer;
import io.nomnom.devstack.Ports;
import io.nomnom.nats.Queue;
import io.nomnom.nats.QueueSettings;
import io.nomnom.observe.LogObserver;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams and consumer on a real server: made as the contract says, and mended where they differ.
 */
class StreamsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    @TempDir Path home;
    private NatsServer server;
    private Connection nats;
    private JetStreamManagement management;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start(home, Ports.free());
        nats = Nats.connect(server.url());
        management = nats.jetStreamManagement();
    }

    @AfterEach
    void stop() throws Exception {
        nats.close();
        server.close();
    }

    private Queue queue(boolean owner, long maxBytes) {
        Queue queue =
                new Queue(
                        new QueueSettings(
                                server.url(),
                                null,
                                "MESSAGES",
                                "MESSAGESDLQ",
                                "workers",
                                1,
                                maxBytes,
                                Duration.ZERO,
                                1 << 20,
                                Duration.ofDays(7),
                                Duration.ofSeconds(60),
                                10_000),
                        owner,
                        new LogObserver());
        queue.start();
        return queue;
    }

    @Test
    void whateverRoleComesFirstMakesTheStreamsAndTheConsumer() throws Exception {
        try (Queue api = queue(false, 1 << 24)) {
            await().atMost(PATIENCE).until(api::ready);
        }

        StreamConfiguration messages = management.getStreamInfo("MESSAGES").getConfiguration();
        assertThat(messages.getSubjects()).containsExactly("messages.ingest.>");
        assertThat(messages.getRetentionPolicy()).isEqualTo(RetentionPolicy.WorkQueue);
        assertThat(messages.getStorageType()).isEqualTo(StorageType.File);
        assertThat(messages.getDiscardPolicy()).isEqualTo(DiscardPolicy.New);
        assertThat(messages.getMaxAge()).isEqualTo(Duration.ZERO);
        assertThat(messages.getDuplicateWindow()).isEqualTo(Duration.ofMinutes(2));
        StreamConfiguration letters = management.getStreamInfo("MESSAGESDLQ").getConfiguration();
        assertThat(letters.getRetentionPolicy()).isEqualTo(RetentionPolicy.Limits);
        assertThat(letters.getDiscardPolicy()).isEqualTo(DiscardPolicy.New);
        assertThat(letters.getMaxAge()).isEqualTo(Duration.ofDays(7));
        var consumer = management.getConsumerInfo("MESSAGES", "workers").getConsumerConfiguration();
        assertThat(consumer.getAckPolicy()).isEqualTo(AckPolicy.Explicit);
        assertThat(consumer.getMaxDeliver()).isEqualTo(-1);
        assertThat(consumer.getMaxAckPending()).isEqualTo(10_000);
    }

    @Test
    void onlyAWorkerChangesWhatDiffers() throws Exception {
        try (Queue api = queue(false, 1 << 24)) {
            await().atMost(PATIENCE).until(api::ready);
        }
        try (Queue other = queue(false, 1 << 25)) {
            await().atMost(PATIENCE).until(other::ready);
            assertThat(maxBytes()).isEqualTo(1 << 24);
        }
        try (Queue worker = queue(true, 1 << 25)) {
            await().atMost(PATIENCE).until(worker::ready);
            assertThat(maxBytes()).isEqualTo(1 << 25);
        }
    }

    private long maxBytes() throws Exception {
        return management.getStreamInfo("MESSAGES").getConfiguration().getMaxBytes();
    }

    @Test
    void aStreamThatCannotCarryThePromisesIsRefusedByName() throws Exception {
        management.addStream(
                StreamConfiguration.builder()
                        .name("MESSAGES")
                        .subjects("messages.ingest.>")
                        .retentionPolicy(RetentionPolicy.Limits)
                        .storageType(StorageType.File)
                        .build());

        try (Queue worker = queue(true, 1 << 24)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(worker.trouble())
                                    .contains("stream MESSAGES", "retention is limits"));
            assertThat(worker.ready()).isFalse();
        }
    }
}
