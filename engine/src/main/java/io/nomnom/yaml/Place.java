package io.nomnom.yaml;

/**
 * A stretch of one line of a file. Lines and columns are 1-based and count characters.
 *
 * @param column where the stretch begins; the caret stands under it
 * @param length its length on that line, at least 1
 * @param entryColumn where the entry that holds it begins: the column that a report's head names
 */
public record Place(SourceFile file, int line, int column, int length, int entryColumn) {

    /** The very beginning of a file. */
    public static Place startOf(SourceFile file) {
        return new Place(file, 1, 1, 1, 1);
    }

    /** The same beginning with another length. */
    public Place ofLength(int characters) {
        return new Place(file, line, column, characters, entryColumn);
    }

    /** {@code path:line}, as rejections name the rule that was broken. */
    public String pathAndLine() {
        return file.path() + ":" + line;
    }
}
