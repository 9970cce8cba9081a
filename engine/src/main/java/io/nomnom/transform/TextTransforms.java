package io.nomnom.transform;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.nomnom.transform.Transform.ArgumentKind;
import io.nomnom.transform.Transform.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Functions of text. Lengths and places count characters (code points), from 0. */
final class TextTransforms {
    private static final int MOST = 1_000_000;

    private TextTransforms() {}

    static List<Transform> all() {
        return List.of(
                Transform.named("concat")
                        .doc("The inputs one after the other; nulls are left out.")
                        .input("values", Kind.ANY)
                        .repeated()
                        .takesNull()
                        .may("separator", ArgumentKind.TEXT, "", "What stands between them.")
                        .example(
                                "[\"Ada\", null, \"Lovelace\"]",
                                "{\"separator\": \" \"}",
                                "\"Ada Lovelace\"")
                        .by((in, args) -> concat(in.values(), args.text("separator"))),
                Transform.named("trim")
                        .doc("The text without white space at its ends.")
                        .input("text", Kind.STRING)
                        .example("[\"  a b \"]", "{}", "\"a b\"")
                        .by((in, args) -> in.text().strip()),
                Transform.named("upper")
                        .doc("The text in upper case.")
                        .input("text", Kind.STRING)
                        .example("[\"straße\"]", "{}", "\"STRASSE\"")
                        .by((in, args) -> in.text().toUpperCase(Locale.ROOT)),
                Transform.named("lower")
                        .doc("The text in lower case.")
                        .input("text", Kind.STRING)
                        .example("[\"ABC\"]", "{}", "\"abc\"")
                        .by((in, args) -> in.text().toLowerCase(Locale.ROOT)),
                Transform.named("substring")
                        .doc("A part of the text; what lies past its end is left out.")
                        .input("text", Kind.STRING)
                        .needs("start", ArgumentKind.COUNT, "The first character, from 0.")
                        .may("length", ArgumentKind.COUNT, null, "How many; without it, all.")
                        .example("[\"2024-01-31\"]", "{\"start\": 5, \"length\": 2}", "\"01\"")
                        .by((in, args) -> substring(in.text(), args)),
                Transform.named("replace")
                        .doc("The text with every occurrence of a text replaced.")
                        .input("text", Kind.STRING)
                        .needs("find", ArgumentKind.TEXT, "What to look for, as it is.", "search")
                        .needs("with", ArgumentKind.TEXT, "What to put there.", "replacement")
                        .example(
                                "[\"1,234,567\"]",
                                "{\"find\": \",\", \"with\": \"\"}",
                                "\"1234567\"")
                        .bound(args -> {
                            some(args.text("find"), "find");
                            return in -> in.text().replace(args.text("find"), args.text("with"));
                        }),
                Transform.named("split")
                        .doc("The parts between separators as a list, or one of them by its index.")
                        .input("text", Kind.STRING)
                        .needs("separator", ArgumentKind.TEXT, "What stands between.", "delimiter")
                        .may(
                                "index",
                                ArgumentKind.COUNT,
                                null,
                                "The part wanted, from 0; null past the end.")
                        .gives(Kind.ANY)
                        .example("[\"a;b;c\"]", "{\"separator\": \";\"}", "[\"a\", \"b\", \"c\"]")
                        .bound(args -> {
                            some(args.text("separator"), "separator");
                            return in -> split(in.text(), args);
                        }),
                Transform.named("pad")
                        .doc("The text filled up to a length.")
                        .input("text", Kind.STRING)
                        .needs("length", ArgumentKind.COUNT, "The length wanted.")
                        .may("with", ArgumentKind.TEXT, " ", "The character to fill with.")
                        .may("side", ArgumentKind.TEXT, "left", "Where to fill: left or right.")
                        .example("[\"42\"]", "{\"length\": 5, \"with\": \"0\"}", "\"00042\"")
                        .bound(TextTransforms::pad),
                Transform.named("regex_extract")
                        .doc(
                                "What a regular expression (RE2) finds first, or null where it finds nothing.")
                        .input("text", Kind.STRING)
                        .needs("pattern", ArgumentKind.TEXT, "The expression.")
                        .may(
                                "group",
                                ArgumentKind.COUNT,
                                null,
                                "The group wanted; without it the first, or the whole where there is none.")
                        .example("[\"order 42 of 7\"]", "{\"pattern\": \"([0-9]+)\"}", "\"42\"")
                        .bound(TextTransforms::regex),
                Transform.named("extract_csv_field")
                        .doc("A field of a line of CSV (RFC 4180); null past the end.")
                        .input("text", Kind.STRING)
                        .needs("index", ArgumentKind.COUNT, "The field wanted, from 0.")
                        .may("delimiter", ArgumentKind.TEXT, ",", "What stands between fields.")
                        .example("[\"1,\\\"a, b\\\",3\"]", "{\"index\": 1}", "\"a, b\"")
                        .bound(args -> {
                            some(args.text("delimiter"), "delimiter");
                            return in ->
                                    at(
                                            csv(in.text(), args.text("delimiter").charAt(0)),
                                            args.count("index"));
                        }),
                Transform.named("extract_filename_component")
                        .doc(
                                "A part of a file's name: name, stem, extension or directory; with delimiter and index, a part of the stem.")
                        .input("text", Kind.STRING)
                        .may(
                                "component",
                                ArgumentKind.TEXT,
                                "stem",
                                "Which: name, stem, extension, directory.")
                        .may("delimiter", ArgumentKind.TEXT, null, "Splits the component.")
                        .may(
                                "index",
                                ArgumentKind.COUNT,
                                0L,
                                "With delimiter: the part wanted, from 0.")
                        .example(
                                "[\"in/ADT_20240131_HOSP.hl7\"]",
                                "{\"delimiter\": \"_\", \"index\": 1}",
                                "\"20240131\"")
                        .bound(TextTransforms::filename));
    }

    private static void some(String text, String name) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
    }

    private static @Nullable Object concat(List<@Nullable Object> inputs, String separator) {
        List<String> parts = new ArrayList<>();
        for (Object input : inputs) {
            if (input != null) {
                parts.add(Plain.text(input));
            }
        }
        return parts.isEmpty() ? null : String.join(separator, parts);
    }

    private static Object substring(String text, Transform.Arguments args) {
        int length = text.codePointCount(0, text.length());
        int start = Math.min(args.count("start"), length);
        long wanted = args.has("length") ? args.count("length") : length;
        int end = (int) Math.min(start + wanted, length);
        int from = text.offsetByCodePoints(0, start);
        return text.substring(from, text.offsetByCodePoints(from, end - start));
    }

    private static @Nullable Object split(String text, Transform.Arguments args) {
        List<String> parts =
                List.of(text.split(java.util.regex.Pattern.quote(args.text("separator")), -1));
        return args.has("index") ? at(parts, args.count("index")) : parts;
    }

    private static @Nullable String at(List<String> parts, int index) {
        return index < parts.size() ? parts.get(index) : null;
    }

    private static Transform.Call pad(Transform.Arguments args) {
        String with = args.text("with");
        if (with.codePointCount(0, with.length()) != 1) {
            throw new IllegalArgumentException("with is one character");
        }
        boolean left = args.text("side").equals("left");
        if (!left && !args.text("side").equals("right")) {
            throw new IllegalArgumentException("side is left or right");
        }
        if (args.count("length") > MOST) {
            throw new IllegalArgumentException("length is at most " + MOST);
        }
        return in -> {
            String text = in.text();
            int missing = args.count("length") - text.codePointCount(0, text.length());
            String fill = with.repeat(Math.max(0, missing));
            return left ? fill + text : text + fill;
        };
    }

    private static Transform.Call regex(Transform.Arguments args) {
        Pattern pattern;
        try {
            pattern = Patterns.compile(args.text("pattern"));
        } catch (PatternSyntaxException fault) {
            throw new IllegalArgumentException("pattern: " + fault.getMessage(), fault);
        }
        int group = args.has("group") ? args.count("group") : Math.min(1, pattern.groupCount());
        if (group > pattern.groupCount()) {
            throw new IllegalArgumentException("the pattern has no group " + group);
        }
        return in -> {
            Matcher matcher = pattern.matcher(in.text());
            return matcher.find() ? matcher.group(group) : null;
        };
    }

    /** The fields of one line; quotes hold delimiters, two of them one quote. */
    private static List<String> csv(String line, char delimiter) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted) {
                boolean two = c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (two) {
                    field.append(c);
                    i++;
                } else if (c == '"') {
                    quoted = false;
                } else {
                    field.append(c);
                }
            } else if (c == '"' && field.isEmpty()) {
                quoted = true;
            } else if (c == delimiter) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    private static Transform.Call filename(Transform.Arguments args) {
        String component = args.text("component");
        if (!List.of("name", "stem", "extension", "directory").contains(component)) {
            throw new IllegalArgumentException(
                    "component is one of name, stem, extension, directory");
        }
        return in -> {
            String part = component(in.text().replace('\\', '/'), component);
            if (part == null || !args.has("delimiter")) {
                return part;
            }
            String quoted = java.util.regex.Pattern.quote(args.text("delimiter"));
            return at(List.of(part.split(quoted, -1)), args.count("index"));
        };
    }

    private static @Nullable String component(String path, String component) {
        int slash = path.lastIndexOf('/');
        String name = path.substring(slash + 1);
        int dot = name.lastIndexOf('.');
        return switch (component) {
            case "name" -> name;
            case "extension" -> dot <= 0 ? null : name.substring(dot + 1);
            case "directory" -> slash < 0 ? null : path.substring(0, slash);
            default -> dot <= 0 ? name : name.substring(0, dot);
        };
    }
}
