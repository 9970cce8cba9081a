/** Role dashboard: reads over REST and a live feed over WebSocket. */
@NullMarked
package io.nomnom.dashboard;

import org.jspecify.annotations.NullMarked;
