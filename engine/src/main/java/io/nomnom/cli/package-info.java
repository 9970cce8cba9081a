/** The command line: what can be done with entity files without, or beside, a running engine. */
@NullMarked
package io.nomnom.cli;

import org.jspecify.annotations.NullMarked;
