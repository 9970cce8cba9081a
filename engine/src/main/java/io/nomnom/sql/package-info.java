/** The only maker of SQL text, always from typed plans; values are parameters. */
@NullMarked
package io.nomnom.sql;

import org.jspecify.annotations.NullMarked;
