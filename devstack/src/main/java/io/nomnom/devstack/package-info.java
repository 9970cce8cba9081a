/** Real PostgreSQL and nats-server for try-out, tests, demo and bench; never in the image. */
@NullMarked
package io.nomnom.devstack;

import org.jspecify.annotations.NullMarked;
