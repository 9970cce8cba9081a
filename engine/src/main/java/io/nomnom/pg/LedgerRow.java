package io.nomnom.pg;

import io.vertx.sqlclient.Row;
import java.time.OffsetDateTime;
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
        int generation) {

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
                row.getInteger("generation"));
    }
}
