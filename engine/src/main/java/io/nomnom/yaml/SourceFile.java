package io.nomnom.yaml;

/**
 * A text file as read: {@code path} is shown in issues, relative to where the engine was started.
 */
public record SourceFile(String path, String text) {

    /** The line with this 1-based number without its line break; empty past the end. */
    public String line(int number) {
        int start = 0;
        for (int i = 1; i < number; i++) {
            start = text.indexOf('\n', start) + 1;
            if (start == 0) {
                return "";
            }
        }
        int end = text.indexOf('\n', start);
        String line = end < 0 ? text.substring(start) : text.substring(start, end);
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
