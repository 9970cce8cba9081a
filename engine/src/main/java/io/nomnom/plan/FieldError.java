package io.nomnom.plan;

/**
 * One broken rule of one field of one message.
 *
 * @param pointer JSON Pointer (RFC 6901) into the payload as sent
 * @param code see {@link Fault}
 * @param rule {@code file:line} of the field's declaration
 */
public record FieldError(String pointer, String code, String message, String rule) {}
