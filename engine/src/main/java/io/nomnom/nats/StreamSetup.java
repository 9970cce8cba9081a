package io.nomnom.nats;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.RetentionPolicy;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Makes the streams and the consumer where they are missing, and checks them where they are there.
 *
 * @param owner whether what differs is changed (the worker), or only reported
 */
record StreamSetup(
        QueueSettings settings, boolean owner, JetStreamManagement management, Observer observer) {
    private static final Duration DUPLICATE_WINDOW = Duration.ofMinutes(2);
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int CONSUMER_NOT_FOUND = 10014;

    /**
     * Brings the server to the settings.
     *
     * @throws IllegalStateException where a stream differs in what the promises need, and cannot be
     *     changed, or not by this role
     */
    void prepare() throws IOException, JetStreamApiException {
        ensure(
                settings.stream(),
                stream ->
                        stream.subjects(QueueSettings.SUBJECT + ">")
                                .retentionPolicy(RetentionPolicy.WorkQueue)
                                .maxBytes(settings.maxBytes())
                                .maxAge(settings.maxAge()));
        ensure(
                settings.deadLetterStream(),
                stream ->
                        stream.subjects(QueueSettings.DEAD_LETTER_SUBJECT + ">")
                                .retentionPolicy(RetentionPolicy.Limits)
                                .maxBytes(settings.deadLetterMaxBytes())
                                .maxAge(settings.deadLetterMaxAge()));
        ensureConsumer();
    }

    private void ensure(String name, UnaryOperator<StreamConfiguration.Builder> own)
            throws IOException, JetStreamApiException {
        UnaryOperator<StreamConfiguration.Builder> ours =
                stream ->
                        own.apply(stream)
                                .discardPolicy(DiscardPolicy.New)
                                .duplicateWindow(DUPLICATE_WINDOW)
                                .replicas(settings.replicas());
        try {
            StreamConfiguration found = management.getStreamInfo(name).getConfiguration();
            bring(found, ours.apply(StreamConfiguration.builder(found)).build());
        } catch (JetStreamApiException missing) {
            if (missing.getApiErrorCode() != STREAM_NOT_FOUND) {
                throw missing;
            }
            StreamConfiguration.Builder made =
                    StreamConfiguration.builder().name(name).storageType(StorageType.File);
            management.addStream(ours.apply(made).build());
        }
    }

    /** What the settings do not name stays as it is found. */
    private void bring(StreamConfiguration found, StreamConfiguration wanted) throws IOException {
        List<String> vital = new ArrayList<>();
        differ(vital, "subjects", wanted.getSubjects(), found.getSubjects());
        differ(vital, "retention", wanted.getRetentionPolicy(), found.getRetentionPolicy());
        differ(vital, "discard", wanted.getDiscardPolicy(), found.getDiscardPolicy());
        List<String> all = new ArrayList<>(vital);
        differ(all, "max_bytes", wanted.getMaxBytes(), found.getMaxBytes());
        differ(all, "max_age", wanted.getMaxAge(), found.getMaxAge());
        differ(all, "replicas", wanted.getReplicas(), found.getReplicas());
        differ(all, "duplicate_window", wanted.getDuplicateWindow(), found.getDuplicateWindow());
        if (all.isEmpty()) {
            return;
        }
        String text = "stream %s: %s".formatted(wanted.getName(), String.join(", ", all));
        if (owner) {
            try {
                management.updateStream(wanted);
            } catch (JetStreamApiException refused) {
                throw new IllegalStateException(
                        "%s; the server refuses the change: %s"
                                .formatted(text, refused.getErrorDescription()),
                        refused);
            }
        } else if (vital.isEmpty()) {
            observer.observe(new Observation.QueueDiffers(text));
        } else {
            throw new IllegalStateException(text + "; a worker changes that where it can");
        }
    }

    private static void differ(
            List<String> differences,
            String what,
            @Nullable Object wanted,
            @Nullable Object found) {
        if (!Objects.equals(wanted, found)) {
            differences.add("%s is %s, not %s".formatted(what, found, wanted));
        }
    }

    private void ensureConsumer() throws IOException, JetStreamApiException {
        try {
            management.getConsumerInfo(settings.stream(), settings.consumer());
            if (!owner) {
                return;
            }
        } catch (JetStreamApiException missing) {
            if (missing.getApiErrorCode() != CONSUMER_NOT_FOUND) {
                throw missing;
            }
        }
        management.addOrUpdateConsumer(
                settings.stream(),
                ConsumerConfiguration.builder()
                        .durable(settings.consumer())
                        .deliverPolicy(DeliverPolicy.All)
                        .ackPolicy(AckPolicy.Explicit)
                        .ackWait(settings.ackWait())
                        .maxAckPending(settings.maxAckPending())
                        .maxDeliver(-1)
                        .build());
    }
}
