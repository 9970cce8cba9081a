package io.nomnom.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.nomnom.ingest.StatusLookup.Found;
import io.nomnom.message.MessageIds;
import io.nomnom.pg.LedgerRow;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code GET /ingest/status/{message_id}}, on virtual threads. */
@Path("/ingest/status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {
    private static final int RETRY_SECONDS = 2;
    private final StatusLookup lookup;

    @Inject
    public StatusResource(StatusLookup lookup) {
        this.lookup = lookup;
    }

    /** The answer; names are those of the ledger's columns. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Status(
            String message_id,
            String entity_type,
            String status,
            @Nullable String received_at,
            @Nullable String processed_at,
            int retry_count,
            @Nullable String error_message,
            @JsonRawValue @Nullable String errors,
            @JsonRawValue @Nullable String rows,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean superseded) {}

    @GET
    @Path("{id}")
    @RunOnVirtualThread
    public Response status(@PathParam("id") String id, @QueryParam("seq") @Nullable String seq) {
        String path = "/ingest/status/" + id;
        UUID messageId = MessageIds.read(id);
        if (messageId == null) {
            return Problems.response(Problem.of(400, "not_an_id", "a message id is a UUID", path))
                    .build();
        }
        long sequence = seq != null && seq.matches("[0-9]{1,18}") ? Long.parseLong(seq) : 0;
        return switch (lookup.find(messageId, sequence)) {
            case Found.Recorded recorded -> Response.ok(status(recorded.row())).build();
            case Found.Waiting waiting -> Response.ok(status(waiting)).build();
            case Found.Unknown ignored ->
                    Problems.response(
                                    Problem.of(
                                            404, "unknown_message", "no message has this id", path))
                            .build();
            case Found.Unavailable away ->
                    Problems.response(Problem.of(503, "unavailable", away.reason(), path))
                            .header("Retry-After", RETRY_SECONDS)
                            .build();
        };
    }

    private static Status status(Found.Waiting waiting) {
        return new Status(
                waiting.id().toString(),
                waiting.queued().entity(),
                waiting.queued().delivered() ? "processing" : "accepted",
                waiting.queued().storedAt().toString(),
                null,
                0,
                null,
                null,
                null,
                false);
    }

    private static Status status(LedgerRow row) {
        boolean superseded = "superseded".equals(row.errorCode());
        return new Status(
                row.messageId().toString(),
                row.entity(),
                row.status(),
                time(row.receivedAt()),
                time(row.processedAt()),
                row.retryCount(),
                row.errorMessage(),
                row.errors(),
                row.rows(),
                superseded);
    }

    private static @Nullable String time(@Nullable OffsetDateTime time) {
        return time == null ? null : time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }
}
