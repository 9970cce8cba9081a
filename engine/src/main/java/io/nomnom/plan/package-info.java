/**
 * What we will do: specs compiled once, names looked up, into plans of slots, extractors and
 * checks.
 */
@NullMarked
package io.nomnom.plan;

import org.jspecify.annotations.NullMarked;
