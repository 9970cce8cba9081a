package io.nomnom.plan;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Values so that equal ones compare equal: decimals without trailing zeros. */
final class Folded {
    private Folded() {}

    static @Nullable Object of(@Nullable Object value) {
        return value instanceof BigDecimal decimal ? decimal.stripTrailingZeros() : value;
    }
}
