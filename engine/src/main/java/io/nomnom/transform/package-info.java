/** Pure functions by name: signatures and the built-in families. */
@NullMarked
package io.nomnom.transform;

import org.jspecify.annotations.NullMarked;
