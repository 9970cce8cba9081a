package io.nomnom.sql;

import io.nomnom.sql.SchemaStep.Risk;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it means to make a column of one type into another; types as {@code format_type} prints
 * them. What is quick follows PostgreSQL's notes on ALTER TABLE: varchar and numeric may grow
 * without a look at the rows, all else writes the table anew.
 */
record ColumnChange(String from, String to) {
    private static final Pattern SIZED =
            Pattern.compile("(character varying|numeric)(?:\\((\\d+)(?:,(\\d+))?\\))?");

    /** Each holds all values of those before it. */
    private static final List<String> WHOLE = List.of("smallint", "integer", "bigint", "numeric");

    Risk risk() {
        if (grows()) {
            return Risk.SAFE;
        }
        return isLossless() ? Risk.LOCKING : Risk.LOSSY;
    }

    /** Whether the column as it is takes all values that the catalog allows. */
    boolean isWideEnough() {
        ColumnChange back = new ColumnChange(to, from);
        return back.grows() || (WHOLE.indexOf(from) > WHOLE.indexOf(to) && WHOLE.contains(to));
    }

    /** Whether only the length of texts can stand in the way. */
    boolean shortens() {
        return to.startsWith("character varying(")
                && (from.equals("text") || from.startsWith("character varying"));
    }

    /** The greatest length of the new type, where {@link #shortens}. */
    int length() {
        Matcher sized = SIZED.matcher(to);
        return sized.matches() && sized.group(2) != null ? Integer.parseInt(sized.group(2)) : 0;
    }

    private boolean grows() {
        if ((from.startsWith("character varying") && to.equals("text"))
                || (from.equals("text") && to.equals("character varying"))) {
            return true;
        }
        Matcher old = SIZED.matcher(from);
        Matcher next = SIZED.matcher(to);
        if (!old.matches() || !next.matches() || !old.group(1).equals(next.group(1))) {
            return false;
        }
        if (next.group(2) == null) {
            return true;
        }
        return old.group(2) != null
                && number(next.group(2)) >= number(old.group(2))
                && number(next.group(3)) == number(old.group(3));
    }

    private boolean isLossless() {
        return to.equals("text")
                || shortens()
                || (WHOLE.contains(from) && WHOLE.indexOf(to) > WHOLE.indexOf(from))
                || (from.equals("real") && to.equals("double precision"))
                || (from.equals("json") && to.equals("jsonb"));
    }

    private static int number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
