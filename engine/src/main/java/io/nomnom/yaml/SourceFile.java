package io.nomnom.yaml;

/**
 * A text file as read: {@code path} is shown in issues, relative to where the engine was started.
 */
public record SourceFile(String path, String text) {

    /** The line with this 1-based number without its line break; empty past the end. */
    public String line(int number) {
        return text.lines().skip(number - 1L).findFirst().orElse("");
    }
}
