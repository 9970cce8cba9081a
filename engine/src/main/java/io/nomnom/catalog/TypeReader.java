package io.nomnom.catalog;

import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Nearest;
import io.nomnom.yaml.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads type names: v1's, {@code decimal(15,2)}, {@code array(string)}, and the older spellings.
 */
final class TypeReader {
    private static final Pattern DECIMAL =
            Pattern.compile("decimal\\((\\d{1,4}),\\s*(\\d{1,4})\\)");
    private static final Pattern ARRAY = Pattern.compile("array\\((.+)\\)");
    private static final List<String> WORDS = Arrays.stream(Kind.values()).map(Kind::word).toList();

    private static final Map<String, FieldType> OLDER =
            Map.ofEntries(
                    Map.entry("string", FieldType.of(Kind.STRING)),
                    Map.entry("str", FieldType.of(Kind.STRING)),
                    Map.entry("text", FieldType.of(Kind.STRING)),
                    Map.entry("varchar", FieldType.of(Kind.STRING)),
                    Map.entry("integer", FieldType.of(Kind.INTEGER)),
                    Map.entry("int", FieldType.of(Kind.INTEGER)),
                    Map.entry("bigint", FieldType.of(Kind.BIGINT)),
                    Map.entry("biginteger", FieldType.of(Kind.BIGINT)),
                    Map.entry("long", FieldType.of(Kind.BIGINT)),
                    Map.entry("float", FieldType.of(Kind.FLOAT)),
                    Map.entry("double", FieldType.of(Kind.FLOAT)),
                    Map.entry("boolean", FieldType.of(Kind.BOOLEAN)),
                    Map.entry("bool", FieldType.of(Kind.BOOLEAN)),
                    Map.entry("datetime", FieldType.of(Kind.TIMESTAMP)),
                    Map.entry("timestamp", FieldType.of(Kind.TIMESTAMP)),
                    Map.entry("date", FieldType.of(Kind.DATE)),
                    Map.entry("decimal", FieldType.of(Kind.DECIMAL)),
                    Map.entry("numeric", FieldType.of(Kind.DECIMAL)),
                    Map.entry("uuid", FieldType.of(Kind.UUID)),
                    Map.entry("json", FieldType.of(Kind.JSON)),
                    Map.entry("jsonb", FieldType.of(Kind.JSON)),
                    Map.entry("object", FieldType.of(Kind.OBJECT)),
                    Map.entry("list[object]", FieldType.of(Kind.LIST)),
                    Map.entry(
                            "list[string]",
                            new FieldType(Kind.ARRAY, 0, 0, FieldType.of(Kind.STRING))));

    private final Values values;

    TypeReader(Values values) {
        this.values = values;
    }

    /** A v1 type, or null after reporting what it is not. */
    @Nullable FieldType v1(Node node) {
        String text = values.text(node);
        return text == null ? null : v1(text, node);
    }

    private @Nullable FieldType v1(String text, Node node) {
        Matcher decimal = DECIMAL.matcher(text);
        if (decimal.matches()) {
            return decimal(
                    Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)), node);
        }
        Matcher array = ARRAY.matcher(text);
        if (array.matches()) {
            FieldType items = v1(array.group(1).strip(), node);
            return items == null ? null : array(items, node);
        }
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(text)) {
                return FieldType.of(kind);
            }
        }
        return unknown(text, node, WORDS);
    }

    /** A decimal with checked digits: PostgreSQL allows a precision of 1 to 1000. */
    @Nullable FieldType decimal(int precision, int scale, Node node) {
        if (precision < 1 || precision > 1000 || scale > precision) {
            values.issues()
                    .error(
                            IssueCode.ENT302,
                            node.place(),
                            "decimal(%d,%d) has no values: precision is 1 to 1000, scale at most the precision"
                                    .formatted(precision, scale));
            return null;
        }
        return FieldType.decimal(precision, scale);
    }

    /** An array of single values. */
    @Nullable FieldType array(FieldType items, Node node) {
        if (items.kind().isStructure() || items.kind() == Kind.ARRAY) {
            values.issues()
                    .error(
                            IssueCode.ENT302,
                            node.place(),
                            "an array holds single values, not " + items,
                            "use type json");
            return null;
        }
        return new FieldType(Kind.ARRAY, 0, 0, items);
    }

    /** An older type in any case and its usual spellings. */
    @Nullable FieldType older(Node node) {
        String text = values.text(node);
        if (text == null) {
            return null;
        }
        FieldType type = OLDER.get(text.toLowerCase(Locale.ROOT).replace(" ", ""));
        return type == null ? unknown(text, node, List.copyOf(OLDER.keySet())) : type;
    }

    /** A type in either spelling. */
    @Nullable FieldType either(Node node) {
        String text = values.text(node);
        FieldType older =
                text == null ? null : OLDER.get(text.toLowerCase(Locale.ROOT).replace(" ", ""));
        return older == null && text != null ? v1(text, node) : older;
    }

    /** What other systems call our types. */
    private static final Map<String, String> ELSEWHERE =
            Map.ofEntries(
                    Map.entry("int", "integer"),
                    Map.entry("int4", "integer"),
                    Map.entry("smallint", "integer"),
                    Map.entry("long", "bigint"),
                    Map.entry("int8", "bigint"),
                    Map.entry("number", "decimal"),
                    Map.entry("numeric", "decimal"),
                    Map.entry("double", "float"),
                    Map.entry("real", "float"),
                    Map.entry("bool", "boolean"),
                    Map.entry("datetime", "timestamp"),
                    Map.entry("timestamptz", "timestamp"),
                    Map.entry("text", "string"),
                    Map.entry("varchar", "string"),
                    Map.entry("char", "string"),
                    Map.entry("enum", "string"),
                    Map.entry("jsonb", "json"),
                    Map.entry("map", "object"),
                    Map.entry("guid", "uuid"));

    private @Nullable FieldType unknown(String text, Node node, List<String> words) {
        String elsewhere = ELSEWHERE.get(text.toLowerCase(Locale.ROOT));
        values.issues()
                .error(
                        IssueCode.ENT301,
                        node.place(),
                        "'%s' is not a type; types: %s".formatted(text, String.join(", ", WORDS)),
                        elsewhere == null
                                ? Nearest.hint(text, words)
                                : "it is called '%s' here".formatted(elsewhere));
        return null;
    }
}
