/**
 * What the entity files declare: specs, their readers for v1 and the older form, and the checks
 * across files.
 */
@NullMarked
package io.nomnom.catalog;

import org.jspecify.annotations.NullMarked;
