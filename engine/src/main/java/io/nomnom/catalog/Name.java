package io.nomnom.catalog;

import io.nomnom.yaml.Place;
import java.util.Locale;
import java.util.regex.Pattern;

/** A name as written, with the place to report when it is wrong. */
public record Name(String text, Place place) {

    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");
    private static final Pattern ABBREVIATION = Pattern.compile("([A-Z]+)([A-Z][a-z])");

    /** The name in snake_case: {@code orderKey} and {@code OrderKey} give {@code order_key}. */
    public String snakeCase() {
        return snakeCase(text);
    }

    /** See {@link #snakeCase()}. */
    public static String snakeCase(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.equals(text)) {
            return text;
        }
        String parted = HUMP.matcher(text).replaceAll("$1_$2");
        return ABBREVIATION.matcher(parted).replaceAll("$1_$2").toLowerCase(Locale.ROOT);
    }
}
