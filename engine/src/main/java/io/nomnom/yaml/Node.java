package io.nomnom.yaml;

import java.util.List;
import java.util.Optional;

/** A piece of a YAML document that knows its place. */
public sealed interface Node {

    Place place();

    /** How a report names this kind of node: "a mapping", "a list", "text", "a number". */
    String kind();

    /** A single value; {@code text} is what the file says, quotes and escapes resolved. */
    record Scalar(Place place, String text, Type type) implements Node {

        /** What YAML 1.2's core schema makes of an unquoted scalar; quoted ones are TEXT. */
        public enum Type {
            TEXT("text"),
            INTEGER("a number"),
            FLOAT("a number"),
            BOOLEAN("true or false"),
            NULL("null");

            private final String words;

            Type(String words) {
                this.words = words;
            }
        }

        @Override
        public String kind() {
            return type.words;
        }

        /**
         * The place of a character of the text.
         *
         * @param line 1-based
         * @param column 0-based
         */
        public Place inside(int line, int column) {
            SourceFile file = place.file();
            String source = file.line(place.line());
            char first =
                    place.column() <= source.length() ? source.charAt(place.column() - 1) : ' ';
            int row = place.line();
            int at = place.column() + Math.max(0, column);
            if (first == '"' || first == '\'') {
                at++;
            } else if (first == '|' || first == '>') {
                row += Math.max(1, line);
                String inner = file.line(row);
                at = inner.length() - inner.stripLeading().length() + Math.max(0, column) + 1;
            }
            int width = file.line(row).length();
            int shown = Math.max(1, Math.min(at, width));
            return new Place(
                    file, row, shown, 1, row == place.line() ? place.entryColumn() : shown);
        }
    }

    /** An ordered list of nodes. */
    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with their values in the order of the file; keys are distinct. */
    record Mapping(Place place, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        /** The entry with this key, if there is one. */
        public Optional<Entry> entry(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        @Override
        public String kind() {
            return "a mapping";
        }
    }

    /** One key of a mapping with its value. */
    record Entry(Place keyPlace, String key, Node value) {}
}
