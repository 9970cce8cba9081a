package io.nomnom.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.transform.Transform.ArgumentKind;
import io.nomnom.transform.Transform.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Members and places of JSON values. */
final class JsonTransforms {
    /** A step of a singular query (RFC 9535): {@code .name}, {@code ['name']} or {@code [0]}. */
    private static final Pattern STEP =
            Pattern.compile(
                    "\\.([A-Za-z_\\u0080-\\uFFFF][A-Za-z0-9_\\u0080-\\uFFFF-]*)"
                            + "|\\['([^']*)'\\]|\\[\"([^\"]*)\"\\]|\\[(-?[0-9]{1,9})\\]");

    private JsonTransforms() {}

    static List<Transform> all() {
        List<Transform> all = new ArrayList<>();
        member(all, "string", Kind.STRING, JsonNode::isTextual, "\"Ada\"");
        member(all, "int", Kind.INTEGER, JsonNode::isIntegralNumber, "36");
        member(all, "float", Kind.NUMBER, JsonNode::isNumber, "1.5");
        member(all, "bool", Kind.BOOLEAN, JsonNode::isBoolean, "true");
        all.add(
                Transform.named("extract_json_field")
                        .doc("What a JSON path (a singular query of RFC 9535) leads to, or null.")
                        .input("json", Kind.JSON)
                        .needs(
                                "path",
                                ArgumentKind.TEXT,
                                "Such as $.lines[0].price.",
                                "field",
                                "json_path")
                        .gives(Kind.JSON)
                        .example(
                                "[{\"lines\": [{\"price\": 1.5}]}]",
                                "{\"path\": \"$.lines[0].price\"}",
                                "1.5")
                        .bound(args -> walk(jsonPath(args.text("path")))));
        all.add(
                Transform.named("extract_field")
                        .doc("What a dotted path leads to, or null.")
                        .input("json", Kind.JSON)
                        .needs(
                                "path",
                                ArgumentKind.TEXT,
                                "Such as address.city; numbers are places in arrays.",
                                "field",
                                "field_path")
                        .gives(Kind.JSON)
                        .example(
                                "[{\"address\": {\"city\": \"Ulm\"}}]",
                                "{\"path\": \"address.city\"}",
                                "\"Ulm\"")
                        .bound(args -> walk(dotted(args.text("path")))));
        return all;
    }

    private static void member(
            List<Transform> all,
            String word,
            Kind result,
            Predicate<JsonNode> wanted,
            String value) {
        String example = "[{\"a\": %s}]".formatted(value);
        all.add(
                Transform.named("json_get_" + word)
                        .doc("The member of a JSON object as %s; it must be there.".formatted(word))
                        .input("json", Kind.JSON)
                        .needs(
                                "field",
                                ArgumentKind.TEXT,
                                "The member's name.",
                                "field_path",
                                "path")
                        .gives(result)
                        .example(example, "{\"field\": \"a\"}", value)
                        .by((in, args) -> {
                            Object found = member(in, args, word, wanted);
                            if (found == null) {
                                throw new TransformException(
                                        "no member '" + args.text("field") + "'");
                            }
                            return found;
                        }));
        all.add(
                Transform.named("json_get_optional_" + word)
                        .doc(
                                "The member of a JSON object as %s, or null where it is not there."
                                        .formatted(word))
                        .input("json", Kind.JSON)
                        .needs(
                                "field",
                                ArgumentKind.TEXT,
                                "The member's name.",
                                "field_path",
                                "path")
                        .gives(result)
                        .example("[{}]", "{\"field\": \"a\"}", "null")
                        .by((in, args) -> member(in, args, word, wanted)));
    }

    private static @Nullable Object member(
            Inputs in, Transform.Arguments args, String word, Predicate<JsonNode> wanted) {
        if (!(in.first() instanceof JsonNode object) || !object.isObject()) {
            throw new TransformException("the input is not a JSON object");
        }
        JsonNode member = object.get(args.text("field"));
        if (member == null || member.isNull()) {
            return null;
        }
        if (!wanted.test(member)) {
            throw new TransformException(
                    "member '%s' is not %s".formatted(args.text("field"), word));
        }
        return member;
    }

    private static List<Object> jsonPath(String path) {
        if (!path.startsWith("$")) {
            throw new IllegalArgumentException("a JSON path begins with $");
        }
        List<Object> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            if (!step.find(at) || step.start() != at) {
                throw new IllegalArgumentException(
                        "a path to one value has steps such as .name, ['name'] or [0]; not '%s'"
                                .formatted(path.substring(at)));
            }
            String index = step.group(4);
            steps.add(
                    index != null
                            ? (Object) Integer.valueOf(index)
                            : Objects.requireNonNull(
                                    step.group(1) != null
                                            ? step.group(1)
                                            : step.group(2) != null
                                                    ? step.group(2)
                                                    : step.group(3)));
            at = step.end();
        }
        return steps;
    }

    private static List<Object> dotted(String path) {
        List<Object> steps = new ArrayList<>();
        for (String part : path.split("\\.", -1)) {
            if (part.isEmpty()) {
                throw new IllegalArgumentException("a dotted path has no empty parts");
            }
            steps.add(part.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(part) : part);
        }
        return steps;
    }

    private static Transform.Call walk(List<Object> steps) {
        return in -> {
            Object value = in.first();
            for (Object step : steps) {
                if (!(value instanceof JsonNode node)) {
                    return null;
                }
                value =
                        switch (step) {
                            case Integer index when node.isArray() ->
                                    node.get(index < 0 ? node.size() + index : index);
                            default -> node.get(step.toString());
                        };
            }
            return value;
        };
    }
}
