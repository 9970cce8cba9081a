package io.nomnom.ingest;

import jakarta.ws.rs.core.Response;

/** Problems as responses. */
final class Problems {
    private static final String MEDIA_TYPE = "application/problem+json";

    private Problems() {}

    static Response.ResponseBuilder response(Problem problem) {
        return Response.status(problem.status()).type(MEDIA_TYPE).entity(problem);
    }
}
