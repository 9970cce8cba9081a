package io.nomnom.dashboard;

import io.nomnom.catalog.EntitySpec;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.RowReader;
import io.nomnom.plan.Plan;
import io.nomnom.plan.Plans;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.ReadSql;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The dashboard's reads, on virtual threads. */
@Path("/api")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DashboardResource {
    private static final int MOST_ROWS = 1_000;
    private final Plans plans;
    private final RowReader reader;
    private final StatsReader stats;

    @Inject
    public DashboardResource(Plans plans, RowReader reader, StatsReader stats) {
        this.plans = plans;
        this.reader = reader;
        this.stats = stats;
    }

    /** A field as people see it. */
    public record Field(String name, String type, boolean nullable, String doc) {}

    /** An entity with its metadata; table and count are null where it is not stored. */
    public record Entity(
            String name,
            String type,
            @Nullable String table,
            String description,
            List<Field> fields,
            List<String> columns,
            @Nullable String parent,
            @Nullable Long count) {}

    @GET
    @Path("entities")
    public List<Entity> entities() throws DatabaseException {
        List<Entity> entities = new ArrayList<>();
        for (EntitySpec spec : plans.get().catalog().entities()) {
            entities.add(describe(spec));
        }
        return entities;
    }

    @GET
    @Path("entities/{entity}")
    public Response entity(@PathParam("entity") String name) throws DatabaseException {
        EntitySpec spec = plans.get().catalog().entity(name);
        return spec == null ? unknown("entity", name) : Response.ok(describe(spec)).build();
    }

    /**
     * {@code {rows, next}}: newest first; {@code next} is the key to ask for the next page with.
     */
    @GET
    @Path("entities/{entity}/rows")
    public Response rows(
            @PathParam("entity") String name,
            @QueryParam("limit") @Nullable String limit,
            @QueryParam("after") @Nullable String after)
            throws DatabaseException {
        TablePlan table = plans.get().tableOf(name);
        if (table == null) {
            return unknown("stored entity", name);
        }
        try {
            return Response.ok(reader.page(table, bounded(limit), after)).build();
        } catch (IllegalArgumentException wrong) {
            return wrong(wrong);
        }
    }

    @GET
    @Path("stats")
    public StatsReader.Stats stats() throws DatabaseException {
        return stats.read();
    }

    /** A bare array, newest first. */
    @GET
    @Path("{table}")
    public Response table(
            @PathParam("table") String name, @QueryParam("limit") @Nullable String limit)
            throws DatabaseException {
        TablePlan table = plans.get().table(name);
        if (table == null) {
            return unknown("table", name);
        }
        try {
            return Response.ok(reader.newest(table, bounded(limit))).build();
        } catch (IllegalArgumentException wrong) {
            return wrong(wrong);
        }
    }

    private static int bounded(@Nullable String limit) {
        if (limit == null) {
            return 10;
        }
        if (!limit.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("limit is a number from 1 to " + MOST_ROWS);
        }
        return Math.min(Integer.parseInt(limit), MOST_ROWS);
    }

    private static Response wrong(IllegalArgumentException wrong) {
        return ReadProblem.response(
                        400, "Wrong value", "wrong_value", String.valueOf(wrong.getMessage()))
                .build();
    }

    private Entity describe(EntitySpec spec) throws DatabaseException {
        Plan plan = plans.get();
        TablePlan table = plan.tableOf(spec.name().text());
        return new Entity(
                spec.name().text(),
                spec.type().name().toLowerCase(Locale.ROOT),
                table == null ? null : table.name(),
                spec.annotations().getOrDefault("description", ""),
                spec.fields().stream()
                        .map(field ->
                                new Field(
                                        field.name().text(),
                                        field.type().toString(),
                                        field.constraints().nullable(),
                                        field.doc()))
                        .toList(),
                table == null ? List.of() : ReadSql.shown(table),
                spec.derivation() == null
                        ? null
                        : spec.derivation().parents().stream()
                                .map(parent -> parent.entity().text())
                                .collect(Collectors.joining(", ")),
                table == null ? null : reader.count(table));
    }

    private static Response unknown(String what, String name) {
        return ReadProblem.response(
                        404,
                        "Unknown",
                        "unknown",
                        "no %s of this catalog is named '%s'".formatted(what, name))
                .build();
    }
}
