/** What happened, as one sealed type that the log and the meters consume. */
@NullMarked
package io.nomnom.observe;

import org.jspecify.annotations.NullMarked;
