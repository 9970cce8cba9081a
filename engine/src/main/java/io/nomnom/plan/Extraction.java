package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * One message while its entities are extracted: what they are made from, and what was wrong. Used
 * by one thread.
 */
public final class Extraction {
    final JsonNode payload;
    final OffsetDateTime now;
    private List<FieldError> errors = new ArrayList<>();
    private final List<FieldError> skipped = new ArrayList<>();

    /**
     * @param now the message's own time
     */
    public Extraction(JsonNode payload, OffsetDateTime now) {
        this.payload = payload;
        this.now = now;
    }

    void error(FieldError error) {
        errors.add(error);
    }

    /** Broken rules; the rows are only of use where there are none. */
    public List<FieldError> errors() {
        return errors;
    }

    /** Broken rules of children that were left out. */
    public List<FieldError> skipped() {
        return skipped;
    }

    /** Collects what follows apart; the collection before is given back. */
    List<FieldError> apart() {
        List<FieldError> before = errors;
        errors = new ArrayList<>();
        return before;
    }

    /** Ends a collection apart: its errors are returned. */
    List<FieldError> together(List<FieldError> before) {
        List<FieldError> apart = errors;
        errors = before;
        return apart;
    }

    void skip(List<FieldError> faults) {
        skipped.addAll(faults);
    }
}
