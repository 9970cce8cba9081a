package io.nomnom.pg;

import org.jspecify.annotations.Nullable;

/** What a failure of the database means for the message at hand. */
public enum FaultKind {
    /** The data will never fit: classes 22 and 23, but for a parent that is not there yet. */
    REJECTION,
    /** It may work later: class 40, 55P03, 23503, a lost connection while a fresh one works. */
    TRANSIENT,
    /** The database cannot work now: no connection, classes 08, 53, 57P, 25006, 42. */
    OUTAGE;

    private static final String FOREIGN_KEY = "23503";
    private static final String READ_ONLY = "25006";

    /** The kind of an SQLSTATE; null is a connection that broke without one. */
    public static FaultKind of(@Nullable String sqlState) {
        if (sqlState == null || sqlState.startsWith("08")) {
            return OUTAGE;
        }
        if (sqlState.equals(FOREIGN_KEY)) {
            return TRANSIENT;
        }
        if (sqlState.startsWith("22") || sqlState.startsWith("23")) {
            return REJECTION;
        }
        boolean unable =
                sqlState.startsWith("53")
                        || sqlState.startsWith("57P")
                        || sqlState.startsWith("42")
                        || sqlState.startsWith("3D")
                        || sqlState.startsWith("28")
                        || sqlState.equals(READ_ONLY);
        return unable ? OUTAGE : TRANSIENT;
    }
}
