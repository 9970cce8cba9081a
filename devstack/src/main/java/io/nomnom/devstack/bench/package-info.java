/** {@code ./nomnom bench}: the rates of the stages beside the limits of the same machine. */
@NullMarked
package io.nomnom.devstack.bench;

import org.jspecify.annotations.NullMarked;
