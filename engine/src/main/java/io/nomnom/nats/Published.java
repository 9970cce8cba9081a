package io.nomnom.nats;

/** What became of a publish. */
public sealed interface Published {

    /**
     * JetStream has stored it, or had it already.
     *
     * @param durability replicated or buffered, as far as this can be known
     */
    record Stored(long sequence, boolean duplicate, String durability) implements Published {}

    /**
     * It is not known to be stored.
     *
     * @param maybeQueued whether it was sent and only its acknowledgement is missing
     */
    record Unavailable(String reason, boolean full, boolean maybeQueued) implements Published {}
}
