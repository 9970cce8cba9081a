package io.nomnom.dashboard;

import io.nomnom.pg.DatabaseException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;

/** A read that the database could not answer is a 503 that says why. */
@Provider
public class DatabaseAway implements ExceptionMapper<DatabaseException> {
    private static final int RETRY_SECONDS = 2;

    @Override
    public Response toResponse(DatabaseException failure) {
        return Response.status(503)
                .type("application/problem+json")
                .header("Retry-After", RETRY_SECONDS)
                .entity(
                        Map.of(
                                "type",
                                "urn:nomnom:problem:database_unreachable",
                                "title",
                                "The database does not answer",
                                "status",
                                503,
                                "code",
                                "database_unreachable",
                                "detail",
                                failure.getMessage()))
                .build();
    }
}
