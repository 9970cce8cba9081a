package io.nomnom.app;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/**
 * Answers 404 for the routes of inactive roles, and takes {@code /api} off the front of paths that
 * are not the dashboard's. Runs on the event loop before everything else.
 */
@Singleton
public class RoleGate {
    private static final int FIRST = 1000;
    private static final String PREFIX = "/api";
    private static final Set<String> EVERYWHERE =
            Set.of("/metrics", "/ready", "/health", "/health/live", "/health/ready");
    private static final Set<String> API = Set.of("/ingest", "/openapi", "/docs");
    private final Settings settings;

    @Inject
    public RoleGate(Settings settings) {
        this.settings = settings;
    }

    void register(@Observes Filters filters) {
        filters.register(this::filter, FIRST);
    }

    private void filter(RoutingContext request) {
        String path = request.normalizedPath();
        Optional<Role> role = roleOf(path);
        if (role.isPresent() && !settings.has(role.get())) {
            request.response()
                    .setStatusCode(404)
                    .putHeader("content-type", "application/problem+json")
                    .end(
                            "{\"type\":\"urn:nomnom:problem:inactive_role\",\"title\":\"Unknown\","
                                    + "\"status\":404,\"code\":\"inactive_role\","
                                    + "\"detail\":\"this process does not have the role "
                                    + role.get().word()
                                    + "\"}");
        } else if (path.startsWith(PREFIX + "/") && !role.equals(Optional.of(Role.DASHBOARD))) {
            request.reroute(request.request().uri().replaceFirst("^" + PREFIX, ""));
        } else {
            request.next();
        }
    }

    /** The role that a path belongs to; empty for what every process answers. */
    static Optional<Role> roleOf(String path) {
        String bare = path.startsWith(PREFIX + "/") ? path.substring(PREFIX.length()) : path;
        if (EVERYWHERE.contains(bare)) {
            return Optional.empty();
        }
        boolean api = API.contains(bare) || bare.startsWith("/ingest/");
        return Optional.of(api ? Role.API : Role.DASHBOARD);
    }
}
