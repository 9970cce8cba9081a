package io.nomnom.message;

/** Bytes that are not JSON; says where, 1-based, 0 where unknown. */
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;
    private final int column;

    MalformedException(String message, int line, int column) {
        super(line > 0 ? "%s (line %d, column %d)".formatted(message, line, column) : message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
