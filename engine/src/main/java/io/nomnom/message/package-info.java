/** One message: its envelope, and the way from its bytes to rows or a rejection. */
@NullMarked
package io.nomnom.message;

import org.jspecify.annotations.NullMarked;
