package io.nomnom.plan;

import org.jspecify.annotations.Nullable;

/** A condition that every instance must meet, compiled. */
public record RulePlan(Evaluation condition, String message, Origin origin) {

    /** Null where the rule holds, or where a field that it reads is at fault already. */
    @Nullable FieldError test(Frame frame) {
        Object result = condition.extract(frame);
        if (result instanceof Fault fault) {
            return fault.isReported() ? null : error(frame, message + " (" + fault.message() + ")");
        }
        boolean holds =
                result instanceof com.fasterxml.jackson.databind.JsonNode node && node.asBoolean();
        return holds ? null : error(frame, message);
    }

    private FieldError error(Frame frame, String text) {
        return new FieldError(frame.pointer(), "rule", text, origin.pathAndLine());
    }
}
