package io.nomnom.nats;

import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ConsumerContext;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The connection to NATS with its streams and consumer. It connects in the background, as often as
 * it takes, and makes what is missing on the server once it is there. Safe for all threads.
 */
public final class Queue implements AutoCloseable {
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final QueueSettings settings;
    private final Observer observer;
    private final boolean owner;
    private final CommitSignal commits;
    private final AtomicReference<@Nullable Instant> outageSince = new AtomicReference<>();
    private volatile @Nullable Connection connection;
    private volatile boolean prepared;
    private volatile boolean closed;
    private volatile String trouble = "not connected yet";

    /**
     * @param owner whether streams that differ are changed (the worker), or only reported
     */
    public Queue(QueueSettings settings, boolean owner, Observer observer) {
        this.settings = settings;
        this.owner = owner;
        this.observer = observer;
        this.commits = new CommitSignal(settings.stream());
    }

    /** Connects and prepares the streams on a thread of its own. */
    public void start() {
        Thread.ofVirtual().name("queue-start").start(this::connect);
    }

    private void connect() {
        while (!closed && !prepared) {
            try {
                Connection live = connection;
                if (live == null) {
                    live = Nats.connect(options());
                    connection = live;
                    commits.subscribe(live);
                }
                new StreamSetup(settings, owner, live.jetStreamManagement(), observer).prepare();
                prepared = true;
                trouble = "";
                restored();
            } catch (IOException | JetStreamApiException | IllegalStateException failure) {
                report(String.valueOf(failure.getMessage()));
                pause();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Tells of a trouble when it begins or changes, not at each try. */
    private void report(String why) {
        if (!why.equals(trouble)) {
            observer.observe(new Observation.OutageBegan("nats", why));
        }
        outageSince.compareAndSet(null, Instant.now());
        trouble = why;
    }

    private void restored() {
        Instant since = outageSince.getAndSet(null);
        if (since != null) {
            Duration lasted = Duration.between(since, Instant.now());
            observer.observe(new Observation.OutageEnded("nats", lasted));
        }
    }

    private void changed(Connection live, ConnectionListener.Events event) {
        if (closed || !prepared) {
            return;
        }
        if (event == ConnectionListener.Events.DISCONNECTED) {
            report("connection lost, reconnecting");
        } else if (event == ConnectionListener.Events.RESUBSCRIBED) {
            trouble = "";
            restored();
        }
    }

    /** Sets who is told when any process has committed rows; before {@link #start()}. */
    public void onCommit(Runnable told) {
        commits.listen(told);
    }

    /** Tells all processes that rows were committed. */
    public void announceCommit() {
        Connection live = connection;
        if (live != null) {
            commits.send(live);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private Options options() {
        Options.Builder options =
                Options.builder()
                        .server(settings.url())
                        .connectionName("nomnom")
                        .maxReconnects(-1)
                        .reconnectWait(Duration.ofMillis(250))
                        .reconnectBufferSize(0)
                        .connectionTimeout(Duration.ofSeconds(2))
                        .maxMessagesInOutgoingQueue(100_000)
                        .connectionListener(this::changed)
                        .errorListener(new QuietListener());
        if (settings.credentials() != null) {
            options.authHandler(Nats.credentials(settings.credentials()));
        }
        return options.build();
    }

    /** Whether the server is there and has the streams. */
    public boolean ready() {
        Connection live = connection;
        return prepared && live != null && live.getStatus() == Connection.Status.CONNECTED;
    }

    /** Why it is not ready; empty where it is. */
    public String trouble() {
        if (ready()) {
            return "";
        }
        return trouble.isEmpty() ? "reconnecting" : trouble;
    }

    QueueSettings settings() {
        return settings;
    }

    Observer observer() {
        return observer;
    }

    private Connection live() throws IOException {
        Connection live = connection;
        if (live == null || !prepared) {
            throw new IOException("NATS: " + trouble());
        }
        return live;
    }

    JetStream jetStream() throws IOException {
        return live().jetStream(
                        JetStreamOptions.builder().requestTimeout(Duration.ofSeconds(2)).build());
    }

    JetStreamManagement management() throws IOException {
        return live().jetStreamManagement();
    }

    ConsumerContext consumer() throws IOException, JetStreamApiException {
        return live().getConsumerContext(settings.stream(), settings.consumer());
    }

    /** The server's limit of a message's size in bytes; 1 MiB until it is known. */
    public long maxPayload() {
        Connection live = connection;
        return live == null ? 1 << 20 : live.getMaxPayload();
    }

    @Override
    public void close() {
        closed = true;
        Connection live = connection;
        if (live != null) {
            try {
                live.flush(Duration.ofSeconds(1));
                live.close();
            } catch (InterruptedException | java.util.concurrent.TimeoutException giveUp) {
                observer.observe(new Observation.Trouble("closing the NATS connection", giveUp));
            }
        }
    }
}
