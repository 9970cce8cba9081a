/** The only package that speaks to PostgreSQL: the row writer, the ledger, reads, schema set-up. */
@NullMarked
package io.nomnom.pg;

import org.jspecify.annotations.NullMarked;
