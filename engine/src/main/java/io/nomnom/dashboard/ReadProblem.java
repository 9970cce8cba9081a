package io.nomnom.dashboard;

import jakarta.ws.rs.core.Response;
import java.util.Map;

/** Why a read has no answer, as RFC 9457 has it. */
final class ReadProblem {
    private ReadProblem() {}

    static Response.ResponseBuilder response(int status, String title, String code, String detail) {
        return Response.status(status)
                .type("application/problem+json")
                .entity(
                        Map.of(
                                "type",
                                "urn:nomnom:problem:" + code,
                                "title",
                                title,
                                "status",
                                status,
                                "code",
                                code,
                                "detail",
                                detail));
    }
}
