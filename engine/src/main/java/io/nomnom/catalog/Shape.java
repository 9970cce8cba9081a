package io.nomnom.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What may stand in one kind of mapping of an entity file. Readers take no other keys, and the
 * reference pages and the JSON Schema for editors are written from it.
 *
 * @param name how reports call the mapping, such as "a field"
 * @param doc what it is, in a sentence
 */
public record Shape(String name, String doc, List<KeySpec> keys) {
    public Shape {
        keys = List.copyOf(keys);
    }

    /** A shape with these keys, in the order of the reference. */
    static Shape of(String name, String doc, KeySpec... keys) {
        return new Shape(name, doc, List.of(keys));
    }

    /** The names of all keys. */
    public List<String> names() {
        return keys.stream().map(KeySpec::name).toList();
    }

    /** The key with this name, if there is one. */
    public Optional<KeySpec> key(String name) {
        return keys.stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /**
     * One key.
     *
     * @param otherwise what holds where the key is absent, for people; empty where nothing does
     */
    public record KeySpec(String name, Kind kind, boolean required, String otherwise, String doc) {

        static KeySpec of(String name, Kind kind, String doc) {
            return new KeySpec(name, kind, false, "", doc);
        }

        KeySpec needed() {
            return new KeySpec(name, kind, true, otherwise, doc);
        }

        KeySpec or(String value) {
            return new KeySpec(name, kind, required, value, doc);
        }
    }

    /** What a key's value may be. */
    public sealed interface Kind {

        /** One value of a simple kind. */
        enum Simple implements Kind {
            TEXT("text"),
            FLAG("true or false"),
            COUNT("a whole number, zero or more"),
            NUMBER("a number"),
            SCALAR("a single value"),
            ANY("any value");

            private final String words;

            Simple(String words) {
                this.words = words;
            }

            /** How people call it. */
            public String words() {
                return words;
            }
        }

        /** One of a few words. */
        record OneOf(List<String> words) implements Kind {
            public OneOf {
                words = List.copyOf(words);
            }
        }

        /** A list of such values. */
        record ListOf(Kind item) implements Kind {}

        /** A mapping from names of the writer's choice. */
        record MapOf(Kind value) implements Kind {}

        /** Either of two. */
        record Either(Kind one, Kind other) implements Kind {}

        /** A mapping of a shape of its own. */
        record Nested(Supplier<Shape> shape) implements Kind {}
    }
}
