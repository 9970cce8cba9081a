package io.nomnom.catalog;

import io.nomnom.yaml.Place;
import java.util.Locale;

/** A name as written, with the place to report when it is wrong. */
public record Name(String text, Place place) {

    /** The name in snake_case: {@code orderKey} and {@code OrderKey} give {@code order_key}. */
    public String snakeCase() {
        return snakeCase(text);
    }

    /** See {@link #snakeCase()}. */
    public static String snakeCase(String text) {
        return text.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
