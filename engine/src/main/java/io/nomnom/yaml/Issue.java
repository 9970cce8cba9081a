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
                                message);
        String source = place.file().line(place.line());
        if (source.isBlank()) {
            return hint == null ? head : head + "\n" + " ".repeat(8) + hint;
        }
        String carets = " ".repeat(place.column() - 1) + "^".repeat(place.length());
        String tail = hint == null ? carets : carets + " " + hint;
        return head + "\n%5d | %s\n      | %s".formatted(place.line(), source, tail);
    }
}
