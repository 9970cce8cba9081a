/** Settings, roles, start and stop, wiring. */
@NullMarked
package io.nomnom.app;

import org.jspecify.annotations.NullMarked;
