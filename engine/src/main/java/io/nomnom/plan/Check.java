package io.nomnom.plan;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule that a field's value must meet, on the Java value of the field's type. */
public sealed interface Check {

    /** Null where the rule holds. */
    @Nullable Fault test(Object value);

    /** Length in characters (code points), as PostgreSQL's varchar counts. */
    record Length(int minimum, int maximum) implements Check {
        @Override
        public @Nullable Fault test(Object value) {
            String text = (String) value;
            int length = text.codePointCount(0, text.length());
            if (length < minimum) {
                return new Fault("length", "%d characters; at least %d".formatted(length, minimum));
            }
            return length > maximum
                    ? new Fault("length", "%d characters; at most %d".formatted(length, maximum))
                    : null;
        }
    }

    /** Numeric bounds, both inclusive; null for none. */
    record Range(@Nullable BigDecimal minimum, @Nullable BigDecimal maximum) implements Check {
        @Override
        public @Nullable Fault test(Object value) {
            BigDecimal number =
                    value instanceof BigDecimal decimal
                            ? decimal
                            : value instanceof Double d
                                    ? new BigDecimal(d)
                                    : BigDecimal.valueOf(((Number) value).longValue());
            if (minimum != null && number.compareTo(minimum) < 0) {
                return new Fault("range", "%s is below the minimum %s".formatted(value, minimum));
            }
            return maximum != null && number.compareTo(maximum) > 0
                    ? new Fault("range", "%s is above the maximum %s".formatted(value, maximum))
                    : null;
        }
    }

    /** A linear-time regular expression found anywhere in the text. */
    record Matches(Pattern pattern) implements Check {
        @Override
        public @Nullable Fault test(Object value) {
            return pattern.matcher((String) value).find()
                    ? null
                    : new Fault("pattern", "does not match " + pattern.pattern());
        }
    }

    /** One of a few values. */
    record OneOf(Set<Object> values, String words) implements Check {
        @Override
        public @Nullable Fault test(Object value) {
            Object folded = value instanceof BigDecimal d ? d.stripTrailingZeros() : value;
            return values.contains(folded) ? null : new Fault("enum", "is not one of " + words);
        }
    }
}
