package io.nomnom.transform;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.transform.Transform.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The built-in transforms by name. */
public final class Transforms {
    private static final Map<String, Transform> BY_NAME =
            builtIns().stream().collect(Collectors.toUnmodifiableMap(Transform::name, t -> t));

    private Transforms() {}

    /** The transform with this name, in snake_case or camelCase; null where there is none. */
    public static @Nullable Transform find(String name) {
        String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        return BY_NAME.get(snake);
    }

    /** All names in alphabetical order. */
    public static List<String> names() {
        return BY_NAME.keySet().stream().sorted().toList();
    }

    private static List<Transform> builtIns() {
        List<Transform> all = new ArrayList<>();
        all.add(
                new Transform(
                        "coalesce",
                        "The first input that is not null.",
                        List.of(Kind.SAME),
                        true,
                        List.of(),
                        Kind.SAME,
                        (inputs, args) ->
                                inputs.stream().filter(Objects::nonNull).findFirst().orElse(null)));
        all.add(
                new Transform(
                        "copy_field",
                        "The input as it is.",
                        List.of(Kind.SAME),
                        false,
                        List.of(),
                        Kind.SAME,
                        (inputs, args) -> inputs.getFirst()));
        jsonGet(all, "string", Kind.STRING, JsonNode::isTextual);
        jsonGet(all, "int", Kind.INTEGER, JsonNode::isIntegralNumber);
        jsonGet(all, "float", Kind.FLOAT, JsonNode::isNumber);
        jsonGet(all, "bool", Kind.BOOLEAN, JsonNode::isBoolean);
        return all;
    }

    private static void jsonGet(
            List<Transform> all, String word, Kind result, Predicate<JsonNode> wanted) {
        all.add(
                new Transform(
                        "json_get_" + word,
                        "The member of a JSON object as " + word + "; it must be there.",
                        List.of(Kind.JSON),
                        false,
                        List.of("field"),
                        result,
                        (inputs, args) -> {
                            Object value = member(inputs.getFirst(), args, word, wanted);
                            if (value == null) {
                                throw new TransformException(
                                        "no member '" + args.get("field") + "'");
                            }
                            return value;
                        }));
        all.add(
                new Transform(
                        "json_get_optional_" + word,
                        "The member of a JSON object as "
                                + word
                                + ", or null where it is not there.",
                        List.of(Kind.JSON),
                        false,
                        List.of("field"),
                        result,
                        (inputs, args) -> member(inputs.getFirst(), args, word, wanted)));
    }

    private static @Nullable Object member(
            @Nullable Object input,
            Map<String, String> args,
            String word,
            Predicate<JsonNode> wanted) {
        if (input == null) {
            return null;
        }
        if (!(input instanceof JsonNode object) || !object.isObject()) {
            throw new TransformException("the input is not a JSON object");
        }
        JsonNode member = object.get(args.get("field"));
        if (member == null || member.isNull()) {
            return null;
        }
        if (!wanted.test(member)) {
            throw new TransformException(
                    "member '%s' is not %s".formatted(args.get("field"), word));
        }
        return member;
    }
}
