package io.nomnom.app;

import io.nomnom.ingest.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the HTTP layer itself refuses (method, media type, malformed headers) is a problem too. */
public class HttpFaults {

    @ServerExceptionMapper
    public Response answer(WebApplicationException fault, UriInfo uri) {
        Response given = fault.getResponse();
        String words = given.getStatusInfo().getReasonPhrase();
        String code = words.toLowerCase(Locale.ROOT).replace(' ', '_');
        Response.ResponseBuilder response =
                Response.status(given.getStatus())
                        .type("application/problem+json")
                        .entity(
                                Problem.of(
                                        given.getStatus(),
                                        code,
                                        words,
                                        uri.getRequestUri().getRawPath()));
        given.getHeaders().forEach((name, values) -> values.forEach(v -> response.header(name, v)));
        return response.build();
    }
}
