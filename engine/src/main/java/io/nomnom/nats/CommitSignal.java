package io.nomnom.nats;

import io.nats.client.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Tells dashboards that rows were committed, over core NATS: fast, and lost without harm, since
 * they also look by themselves.
 */
final class CommitSignal {
    private final String subject;
    private volatile @Nullable Runnable listener;

    /**
     * @param stream installations that share a server have streams of their own
     */
    CommitSignal(String stream) {
        this.subject = "nomnom.committed." + stream;
    }

    /** Sets who is told; before the connection is made. */
    void listen(Runnable told) {
        listener = told;
    }

    void subscribe(Connection connection) {
        Runnable told = listener;
        if (told != null) {
            connection.createDispatcher(message -> told.run()).subscribe(subject);
        }
    }

    void send(Connection connection) {
        try {
            connection.publish(subject, new byte[0]);
        } catch (IllegalStateException reconnecting) {
            // the dashboards' own looks will see the rows
        }
    }
}
