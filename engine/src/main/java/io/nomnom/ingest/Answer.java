package io.nomnom.ingest;

import org.jspecify.annotations.Nullable;

/** What a request is answered with; sent by the resource. */
public sealed interface Answer {

    /** 202: JetStream has the message. */
    record Accepted(
            String messageId,
            String entity,
            String timestamp,
            String statusUrl,
            boolean duplicate,
            String durability)
            implements Answer {}

    /** Anything else, with the seconds after which a repeat makes sense. */
    record Refused(Problem problem, @Nullable Integer retryAfter) implements Answer {}
}
