package io.nomnom.pg;

import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

/** A statement failed or the connection broke. */
public final class DatabaseException extends Exception {
    private static final long serialVersionUID = 1L;
    private final @Nullable String sqlState;

    DatabaseException(Throwable cause) {
        super(message(cause), cause);
        this.sqlState = cause instanceof PgException pg ? pg.getSqlState() : null;
    }

    private static String message(Throwable cause) {
        if (cause instanceof PgException pg) {
            String where = pg.getConstraint() != null ? pg.getConstraint() : pg.getColumn();
            return "%s (SQLSTATE %s%s)"
                    .formatted(
                            pg.getErrorMessage(),
                            pg.getSqlState(),
                            where == null ? "" : ", " + where);
        }
        String text = cause.getMessage();
        return text == null ? cause.getClass().getSimpleName() : text;
    }

    public FaultKind kind() {
        return FaultKind.of(sqlState);
    }

    /** Whether the server did not let us in at all, rather than refused a statement. */
    public boolean isOutOfReach() {
        return sqlState == null || sqlState.matches("(08|28|3D|53|57P).*");
    }

    /** The five characters of PostgreSQL's error code; null where the connection broke. */
    public @Nullable String sqlState() {
        return sqlState;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
