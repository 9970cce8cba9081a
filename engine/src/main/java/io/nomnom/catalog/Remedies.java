package io.nomnom.catalog;

import io.nomnom.yaml.Nearest;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Scalar;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What people mostly meant who wrote another key, or another kind of value. */
final class Remedies {
    /** Keys of the older form that v1 calls otherwise. */
    private static final Map<String, String> OLDER_WORDS =
            Map.of(
                    "computed_from", "transform, inputs and args",
                    "extraction", "copyFrom",
                    "derived_from", "copyFrom, or transform and inputs",
                    "source_type", "type",
                    "index", "constraints: {indexed: true}",
                    "database", "table, primaryKey and unicity",
                    "field_overrides", "persisted and constraints of each field",
                    "unicity_fields", "unicity: {fields: [...]}",
                    "each_known_as", "itemName");

    private Remedies() {}

    /** The key's right place, its right spelling, or what v1 calls it. */
    static @Nullable String ofKey(String key, Shape shape) {
        for (Shape.KeySpec each : shape.keys()) {
            boolean inside =
                    each.kind() instanceof Shape.Kind.Nested nested
                            && nested.shape().get().key(key).isPresent();
            if (inside) {
                return "it belongs below '%s'".formatted(each.name());
            }
        }
        String hint = Nearest.hint(key, shape.names());
        String here = OLDER_WORDS.get(key);
        return hint != null || here == null ? hint : "in v1 it is " + here;
    }

    /** What people mostly meant who wrote another kind of value. */
    static @Nullable String ofValue(Node node, String wanted) {
        if (!(node instanceof Scalar scalar)) {
            return null;
        }
        String text = scalar.text();
        return switch (wanted) {
            case "true or false" ->
                    switch (text.toLowerCase(Locale.ROOT)) {
                        case "yes", "on", "y", "1" -> "write true";
                        case "no", "off", "n", "0" -> "write false";
                        case "true", "false" -> "write it without quotes";
                        default -> null;
                    };
            case Values.COUNT, "a number" ->
                    text.matches("[0-9]{1,9}") ? "write it without quotes" : null;
            case "a list" ->
                    text.isEmpty() || text.length() > 40 || scalar.type() == Scalar.Type.NULL
                            ? null
                            : "write [" + text + "]";
            default -> null;
        };
    }
}
