package io.nomnom.catalog;

import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.Place;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a field's values must meet; null where not declared.
 *
 * @param nullable whether the field may be absent or null
 * @param minLength in characters (code points)
 * @param maxLength in characters; also the length of the column
 * @param pattern RE2 syntax, found anywhere in the value
 * @param enumeration the only values allowed, as written; empty where any is
 * @param defaultValue taken where the field is absent: a constant, or {@code now()}
 * @param places of the values by their keys, for reports
 */
public record Constraints(
        boolean nullable,
        @Nullable Integer minLength,
        @Nullable Integer maxLength,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum,
        @Nullable String pattern,
        List<Scalar> enumeration,
        @Nullable Scalar defaultValue,
        boolean primaryKey,
        boolean indexed,
        boolean unique,
        Map<String, Place> places) {

    public static final Constraints NONE =
            new Constraints(
                    false, null, null, null, null, null, List.of(), null, false, false, false,
                    Map.of());

    public Constraints {
        enumeration = List.copyOf(enumeration);
        places = Map.copyOf(places);
    }

    /** Where the first of these keys is written; else where the field is. */
    public Place place(Name field, String... keys) {
        for (String key : keys) {
            Place place = places.get(key);
            if (place != null) {
                return place;
            }
        }
        return field.place();
    }
}
