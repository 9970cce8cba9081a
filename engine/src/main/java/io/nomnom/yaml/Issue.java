package io.nomnom.yaml;

import org.jspecify.annotations.Nullable;

/**
 * One fault in an entity file.
 *
 * @param message what is wrong, with the names and values at fault
 * @param hint what would mend it, shown behind the caret; null where there is nothing to add
 */
public record Issue(
        Severity severity, IssueCode code, Place place, String message, @Nullable String hint) {

    /** Errors keep a catalog from being used; warnings do not. */
    public enum Severity {
        ERROR,
        WARNING;

        String word() {
            return this == ERROR ? "error" : "warning";
        }
    }

    /** What is shown of a very long line, and of a very long message. */
    private static final int WIDTH = 160;

    private static final int LONGEST_MESSAGE = 1_000;

    /**
     * The report of this issue: a head {@code path:line:column: error[CODE]: message}, the source
     * line, and a caret line with the hint. No line break at the end.
     */
    public String render() {
        String head =
                "%s:%d:%d: %s[%s]: %s"
                        .formatted(
                                place.file().path(),
                                place.line(),
                                place.entryColumn(),
                                severity.word(),
                                code,
                                message.length() <= LONGEST_MESSAGE
                                        ? message
                                        : message.substring(0, LONGEST_MESSAGE) + " ...");
        String source = place.file().line(place.line()).replace('\t', ' ');
        if (source.isBlank()) {
            return hint == null ? head : head + "\n" + " ".repeat(8) + hint;
        }
        int indent = place.column() - 1;
        int length = Math.min(place.length(), WIDTH / 2);
        if (source.length() > WIDTH) {
            int from = Math.max(0, Math.min(indent - WIDTH / 4, source.length() - WIDTH));
            source = source.substring(from, Math.min(source.length(), from + WIDTH)) + " ...";
            source = from == 0 ? source : "... " + source;
            indent = from == 0 ? indent : indent - from + 4;
        }
        String carets = " ".repeat(indent) + "^".repeat(length);
        String tail = hint == null ? carets : carets + " " + hint;
        return head + "\n%5d | %s\n      | %s".formatted(place.line(), source, tail);
    }
}
