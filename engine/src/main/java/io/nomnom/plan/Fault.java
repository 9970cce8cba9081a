package io.nomnom.plan;

/**
 * Why a value breaks a rule; stands in the value's slot so that what depends on it stays silent.
 *
 * @param code a stable word: missing, type, range, length, pattern, enum, digits, nul, surrogate,
 *     empty_key, duplicate_key, unknown_field, transform
 */
public record Fault(String code, String message) {

    /** In a slot: the value is at fault and was reported where it came from. */
    static final Fault REPORTED = new Fault("reported", "");

    boolean isReported() {
        return equals(REPORTED);
    }
}
