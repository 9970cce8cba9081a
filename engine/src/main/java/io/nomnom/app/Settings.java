package io.nomnom.app;

import io.nomnom.nats.QueueSettings;
import io.nomnom.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * All settings, checked.
 *
 * @param databaseUrl with user and password in it; never logged
 * @param reload whether changed entity files are taken up while it runs
 */
public record Settings(
        Set<Role> roles,
        Path entities,
        Path transforms,
        int port,
        QueueSettings queue,
        String databaseUrl,
        WorkerSettings worker,
        Duration dashboardPoll,
        long maxMessageBytes,
        boolean reload) {
    public Settings {
        roles = Set.copyOf(roles);
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }
}
