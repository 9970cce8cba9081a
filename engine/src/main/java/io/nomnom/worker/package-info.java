/** Role worker: lanes that turn deliveries into rows, one transaction a batch. */
@NullMarked
package io.nomnom.worker;

import org.jspecify.annotations.NullMarked;
