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
            return ScalarText.place(this, line, column);
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
