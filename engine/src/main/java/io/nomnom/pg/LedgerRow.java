package io.nomnom.pg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A message's row in {@code message_status}; JSON parts as text. */
public record LedgerRow(
        UUID messageId,
        String entity,
        String status,
        OffsetDateTime receivedAt,
        @Nullable OffsetDateTime processedAt,
        int retryCount,
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable String errors,
        @Nullable String rows,
        int generation,
        @Nullable OffsetDateTime firstFailure,
        @Nullable String catalog) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** When the first attempt of this generation failed. */
    public Instant firstFailureOr(Instant otherwise) {
        return firstFailure == null ? otherwise : firstFailure.toInstant();
    }

    /** The errors as plain lists and maps. */
    public List<?> errorList() {
        try {
            return errors == null ? List.of() : JSON.readValue(errors, List.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static LedgerRow of(Row row) {
        return new LedgerRow(
                row.getUUID("message_id"),
                row.getString("entity_type"),
                row.getString("status"),
                row.getOffsetDateTime("received_at"),
                row.getOffsetDateTime("processed_at"),
                row.getInteger("retry_count"),
                row.getString("error_code"),
                row.getString("error_message"),
                row.getString("errors"),
                row.getString("rows_written"),
                row.getInteger("generation"),
                row.getOffsetDateTime("first_failure"),
                row.getString("config_hash"));
    }
}
