package io.nomnom.catalog;

import io.nomnom.yaml.Node.Scalar;

/**
 * A condition that every instance must meet.
 *
 * @param rule a CEL expression as written
 * @param message what the refusal says
 */
public record RuleSpec(Scalar rule, String message) {}
