/** The only package that speaks to NATS: streams, publishing, deliveries, dead letters. */
@NullMarked
package io.nomnom.nats;

import org.jspecify.annotations.NullMarked;
