/** Role api: HTTP requests become validated, durably queued messages. */
@NullMarked
package io.nomnom.ingest;

import org.jspecify.annotations.NullMarked;
