package io.nomnom.yaml;

/**
 * Walks the text of a scalar beside its source, so that a place inside the value is found in the
 * file: through quotes, escapes, indentation and folded lines (YAML 1.2, chapters 7 and 8).
 */
final class ScalarText {
    private final String source;
    private final String value;
    private final char style;
    private int at;

    private ScalarText(Node.Scalar scalar) {
        this.source = scalar.place().file().text();
        this.value = scalar.text();
        this.at = start(scalar.place());
        this.style = at < source.length() ? source.charAt(at) : ' ';
        if (style == '"' || style == '\'') {
            at++;
        } else if (style == '|' || style == '>') {
            int end = source.indexOf('\n', at);
            at = end < 0 ? source.length() : end + 1;
        }
    }

    private int start(Place place) {
        int lineStart = 0;
        for (int line = 1; line < place.line(); line++) {
            lineStart = source.indexOf('\n', lineStart) + 1;
        }
        int most = source.codePointCount(lineStart, source.length());
        return source.offsetByCodePoints(lineStart, Math.min(place.column() - 1, most));
    }

    /**
     * The place of a character of the value.
     *
     * @param line 1-based
     * @param column 0-based, in code points
     */
    static Place place(Node.Scalar scalar, int line, int column) {
        ScalarText text = new ScalarText(scalar);
        int offset = text.offset(line, Math.max(0, column));
        for (int i = 0; i < offset; i++) {
            text.step(i);
        }
        if (offset < text.value.length() && !isBlank(text.value.charAt(offset))) {
            text.skipBlanks();
        }
        return text.here(scalar.place());
    }

    private int offset(int line, int column) {
        int offset = 0;
        for (int i = 1; i < line && offset >= 0; i++) {
            offset = value.indexOf('\n', offset) + 1;
        }
        int most = value.codePointCount(offset, value.length());
        return value.offsetByCodePoints(offset, Math.min(column, most));
    }

    /** Goes behind what stands for one character of the value. */
    private void step(int index) {
        boolean blank = isBlank(value.charAt(index));
        if (!blank) {
            skipBlanks();
        }
        if (at >= source.length()) {
            return;
        }
        if (style == '"' && source.charAt(at) == '\\') {
            at += escape();
        } else if (style == '\'' && source.charAt(at) == '\'') {
            at += 2;
        } else if (!blank) {
            at++;
        } else if (isBlank(source.charAt(at))) {
            boolean more = index + 1 < value.length() && isBlank(value.charAt(index + 1));
            at++;
            if (!more) {
                skipBlanks();
            }
        }
    }

    private int escape() {
        char kind = at + 1 < source.length() ? source.charAt(at + 1) : ' ';
        return switch (kind) {
            case 'x' -> 4;
            case 'u' -> 6;
            case 'U' -> 10;
            default -> 2;
        };
    }

    /** Blanks, ends of lines, and line breaks that are escaped. */
    private void skipBlanks() {
        while (at < source.length()
                && (isBlank(source.charAt(at)) || source.startsWith("\\\n", at))) {
            at++;
        }
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    private Place here(Place scalar) {
        int end = Math.min(at, source.length());
        int lineStart = source.lastIndexOf('\n', Math.max(0, end - 1)) + 1;
        int line = 1;
        for (int i = source.indexOf('\n');
                i >= 0 && i < lineStart;
                i = source.indexOf('\n', i + 1)) {
            line++;
        }
        int column = source.codePointCount(lineStart, end) + 1;
        int entry = line == scalar.line() ? scalar.entryColumn() : column;
        return new Place(scalar.file(), line, column, 1, entry);
    }
}
