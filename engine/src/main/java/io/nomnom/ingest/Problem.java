package io.nomnom.ingest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.nomnom.plan.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refusal as RFC 9457 has it, with our members: the stable code and all faults.
 *
 * @param queued "unknown" where the message may be stored all the same; else null
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        List<FieldError> errors,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String queued,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String message_id) {

    /** A problem without errors of fields. */
    public static Problem of(int status, String code, String detail, String instance) {
        return of(status, code, detail, instance, List.of());
    }

    static Problem of(
            int status, String code, String detail, String instance, List<FieldError> errors) {
        return new Problem(
                "urn:nomnom:problem:" + code,
                title(status),
                status,
                detail,
                instance,
                code,
                errors,
                null,
                null);
    }

    Problem unknownWhetherQueued(String messageId) {
        return new Problem(
                type, title, status, detail, instance, code, errors, "unknown", messageId);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "The request cannot be parsed";
            case 404 -> "Unknown";
            case 405 -> "Method not allowed";
            case 413 -> "Too large";
            case 415 -> "Unsupported media type";
            case 422 -> "The message breaks the entity's rules";
            case 503 -> "The queue cannot take the message now";
            default -> "The request cannot be answered";
        };
    }
}
