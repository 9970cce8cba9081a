package io.nomnom.ingest;

import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code POST /ingest/{Entity}} and {@code /ingest/message}, on the event loop. */
@Path("/ingest")
public class IngestResource {
    private final Acceptance acceptance;

    @Inject
    public IngestResource(Acceptance acceptance) {
        this.acceptance = acceptance;
    }

    /** No entity is named at all. */
    @POST
    public Response nameless(@Context UriInfo uri) {
        return Problems.response(
                        Problem.of(
                                404,
                                "entity_missing",
                                "no entity named: POST /ingest/{Entity}, or /ingest/message",
                                uri.getRequestUri().getRawPath()))
                .build();
    }

    /** The entity is named by a header or by the payload. */
    @POST
    @Path("message")
    public CompletionStage<Response> message(
            byte[] body,
            @Context UriInfo uri,
            @Context HttpHeaders headers,
            @HeaderParam("X-Entity-Type") @Nullable String entityType,
            @HeaderParam("ce-type") @Nullable String ceType) {
        return accept(entityType == null ? ceType : entityType, body, uri, headers);
    }

    /** The entity is named by the path. */
    @POST
    @Path("{entity}")
    public CompletionStage<Response> entity(
            @PathParam("entity") String entity,
            byte[] body,
            @Context UriInfo uri,
            @Context HttpHeaders headers) {
        return accept(entity, body, uri, headers);
    }

    private CompletionStage<Response> accept(
            @Nullable String entity, byte[] body, UriInfo uri, HttpHeaders headers) {
        String path = uri.getRequestUri().getRawPath();
        MediaType type = headers.getMediaType();
        boolean isLine = type != null && type.isCompatible(MediaType.TEXT_PLAIN_TYPE);
        if (type != null && !isLine && !isJson(type)) {
            return CompletableFuture.completedStage(
                    respond(
                            new Answer.Refused(
                                    Problem.of(
                                            415,
                                            "unsupported_media_type",
                                            type
                                                    + " is not taken; send application/json, or"
                                                    + " text/plain for a line of delimited text",
                                            path),
                                    null)));
        }
        return acceptance
                .accept(
                        new Acceptance.Request(
                                entity,
                                body,
                                isLine,
                                path,
                                headers.getHeaderString("Idempotency-Key"),
                                headers.getHeaderString("traceparent")))
                .thenApply(IngestResource::respond);
    }

    private static boolean isJson(MediaType type) {
        String subtype = type.getSubtype();
        return subtype.equals("json")
                || subtype.endsWith("+json")
                || subtype.equals("octet-stream");
    }

    private static Response respond(Answer answer) {
        return switch (answer) {
            case Answer.Accepted accepted -> {
                Map<String, Object> body = new LinkedHashMap<>();
                body.put("message_id", accepted.messageId());
                body.put("status", "accepted");
                body.put("entity_type", accepted.entity());
                body.put("timestamp", accepted.timestamp());
                body.put("status_url", accepted.statusUrl());
                if (accepted.duplicate()) {
                    body.put("duplicate", true);
                }
                body.put("durability", accepted.durability());
                yield Response.accepted(body)
                        .type(MediaType.APPLICATION_JSON)
                        .header("Location", accepted.statusUrl())
                        .build();
            }
            case Answer.Refused refused -> {
                Response.ResponseBuilder response = Problems.response(refused.problem());
                if (refused.retryAfter() != null) {
                    response.header("Retry-After", refused.retryAfter());
                }
                yield response.build();
            }
        };
    }
}
