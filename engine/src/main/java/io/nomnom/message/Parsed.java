package io.nomnom.message;

import io.nomnom.plan.EntityRows;
import io.nomnom.plan.FieldError;
import java.util.List;

/** What a message's bytes are under a plan: rows, or the reason why they never will be. */
public sealed interface Parsed {

    /**
     * The rows by table, in writing order.
     *
     * @param skipped what was wrong with children that were left out
     */
    record Rows(List<EntityRows> tables, List<FieldError> skipped) implements Parsed {
        public Rows {
            tables = List.copyOf(tables);
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * The message will never work under this plan.
     *
     * @param code see {@link Code}
     * @param message one sentence; holds no payload
     */
    record Rejection(Code code, String message, List<FieldError> errors) implements Parsed {
        public Rejection {
            errors = List.copyOf(errors);
        }
    }

    /** The stable codes of rejections. */
    enum Code {
        UNPARSEABLE,
        UNKNOWN_ENTITY,
        INVALID,
        DATABASE_REFUSED,
        ATTEMPTS_EXHAUSTED,
        QUARANTINED,
        ENGINE_FAULT;

        /** The code in answers, ledger and headers: lower case with underscores. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
