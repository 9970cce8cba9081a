package io.nomnom.app;

import io.nomnom.plan.Plans;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Health as JSON, a member per dependency of the roles. Readiness: the api needs NATS, the worker
 * both servers, the dashboard itself only. Liveness needs no server.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class HealthResource {
    private final Engine engine;
    private final Settings settings;
    private final Plans plans;

    @Inject
    public HealthResource(Engine engine, Settings settings, Plans plans) {
        this.engine = engine;
        this.settings = settings;
        this.plans = plans;
    }

    /** One dependency: {@code up}, or why it is not. */
    public record Check(String status, String detail) {
        static Check of(String trouble) {
            return new Check(trouble.isEmpty() ? "up" : "down", trouble);
        }
    }

    /** The whole: {@code up}, {@code degraded} or {@code down}. */
    public record Health(String status, String catalog, Map<String, Check> checks) {}

    @GET
    @Path("health/live")
    public Map<String, String> live() {
        return Map.of("status", "up");
    }

    @GET
    @Path("health")
    @RunOnVirtualThread
    public Health health() {
        return check();
    }

    @GET
    @Path("ready")
    @RunOnVirtualThread
    public Response ready() {
        Health health = check();
        return Response.status(health.status().equals("down") ? 503 : 200).entity(health).build();
    }

    @GET
    @Path("health/ready")
    @RunOnVirtualThread
    public Response healthReady() {
        return ready();
    }

    private Health check() {
        Map<String, Check> checks = new LinkedHashMap<>();
        Check nats = Check.of(engine.queueTrouble());
        checks.put("nats", nats);
        boolean needsDatabase = settings.has(Role.WORKER) || settings.has(Role.DASHBOARD);
        Check database = Check.of("");
        if (needsDatabase) {
            database = Check.of(engine.databaseTrouble());
            checks.put("postgresql", database);
        }
        Check worker = Check.of(engine.workerTrouble());
        if (settings.has(Role.WORKER)) {
            checks.put("worker", worker);
        }
        if (settings.reload()) {
            checks.put("catalog", Check.of(plans.trouble()));
        }
        boolean needsNats = settings.has(Role.API) || settings.has(Role.WORKER);
        boolean down =
                (needsNats && !isUp(nats))
                        || (settings.has(Role.WORKER) && !(isUp(database) && isUp(worker)));
        boolean whole = checks.values().stream().allMatch(HealthResource::isUp);
        String status = down ? "down" : whole ? "up" : "degraded";
        return new Health(status, plans.get().hash(), checks);
    }

    private static boolean isUp(Check check) {
        return check.status().equals("up");
    }
}
