package io.nomnom.dashboard;

import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.FaultKind;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** A read that the database could not answer: a 503 that says why, or a 400 for a wrong value. */
@Provider
public class DatabaseAway implements ExceptionMapper<DatabaseException> {
    private static final int RETRY_SECONDS = 2;

    @Override
    public Response toResponse(DatabaseException failure) {
        return failure.kind() == FaultKind.REJECTION
                ? ReadProblem.response(400, "Wrong value", "wrong_value", failure.getMessage())
                        .build()
                : ReadProblem.response(
                                503,
                                "The database does not answer",
                                "database_unreachable",
                                failure.getMessage())
                        .header("Retry-After", RETRY_SECONDS)
                        .build();
    }
}
