package io.nomnom.transform;

import io.nomnom.catalog.Name;
import io.nomnom.transform.Transform.Argument;
import io.nomnom.transform.Transform.ArgumentKind;
import io.nomnom.transform.Transform.Arguments;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The transforms that a catalog may name: the built-in ones, and those of TRANSFORMS_DIR. */
public final class Transforms {
    private static final Map<String, Transform> BUILT_IN = builtIn();

    private final Map<String, Transform> own;

    Transforms(Map<String, Transform> own) {
        this.own = Map.copyOf(own);
    }

    private static Map<String, Transform> builtIn() {
        Map<String, Transform> byName = new TreeMap<>();
        List<Transform> all = new ArrayList<>(ValueTransforms.all());
        all.addAll(TextTransforms.all());
        all.addAll(JsonTransforms.all());
        all.addAll(ConversionTransforms.all());
        all.addAll(Hl7Transforms.all());
        all.forEach(transform -> byName.put(transform.name(), transform));
        return byName;
    }

    /** The built-in ones in alphabetical order. */
    public static List<Transform> builtIns() {
        return List.copyOf(BUILT_IN.values());
    }

    /** The transform with this name, in snake_case or camelCase; null where there is none. */
    public @Nullable Transform find(String name) {
        String snake = Name.snakeCase(name);
        Transform found = own.get(snake);
        return found == null ? BUILT_IN.get(snake) : found;
    }

    static boolean isBuiltIn(String snake) {
        return BUILT_IN.containsKey(snake);
    }

    /** The transform with this name; null and an issue where there is none. */
    public @Nullable Transform find(Name name, Issues issues) {
        Transform found = find(name.text());
        if (found == null) {
            List<String> names = new ArrayList<>(BUILT_IN.keySet());
            names.addAll(own.keySet());
            issues.error(
                    IssueCode.ENT401,
                    name.place(),
                    "'%s' is not a transform".formatted(name.text()),
                    Nearest.hint(name.text(), names));
        }
        return found;
    }

    /** The transform with its constants; null and issues where they do not fit the signature. */
    public static @Nullable Bound bind(
            Transform transform, Map<String, Node> args, Place place, Issues issues) {
        Map<String, Object> values = new HashMap<>();
        boolean sound = true;
        for (Map.Entry<String, Node> given : args.entrySet()) {
            Argument argument = argument(transform, given.getKey());
            if (argument == null) {
                issues.error(
                        IssueCode.ENT402,
                        given.getValue().place(),
                        "'%s' is not an argument of %s"
                                .formatted(given.getKey(), transform.signature()),
                        Nearest.hint(given.getKey(), names(transform.args())));
                sound = false;
            } else {
                Object value = value(argument, given.getValue(), issues);
                sound &= value != null;
                values.put(argument.name(), value == null ? "" : value);
            }
        }
        for (Argument argument : transform.args()) {
            if (values.containsKey(argument.name())) {
                continue;
            }
            if (argument.required()) {
                issues.error(
                        IssueCode.ENT402,
                        place,
                        "%s needs the argument '%s'"
                                .formatted(transform.signature(), argument.name()),
                        "args: {%s: ...}".formatted(argument.name()));
                sound = false;
            } else if (argument.otherwise() != null) {
                values.put(argument.name(), argument.otherwise());
            }
        }
        if (!sound) {
            return null;
        }
        try {
            return new Bound(transform, new Arguments(values));
        } catch (IllegalArgumentException fault) {
            issues.error(
                    IssueCode.ENT402,
                    args.isEmpty() ? place : args.values().iterator().next().place(),
                    "%s: %s".formatted(transform.name(), fault.getMessage()));
            return null;
        }
    }

    private static Collection<String> names(List<Argument> arguments) {
        return arguments.stream().map(Argument::name).toList();
    }

    private static @Nullable Argument argument(Transform transform, String name) {
        return transform.args().stream()
                .filter(argument -> argument.isCalled(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Object value(Argument argument, Node node, Issues issues) {
        Object value = Plain.of(node);
        boolean fits =
                switch (argument.kind()) {
                    case TEXT -> node instanceof Node.Scalar && value != null;
                    case SCALAR -> node instanceof Node.Scalar && value != null;
                    case COUNT ->
                            value instanceof Long count && count >= 0 && count <= Integer.MAX_VALUE;
                    case MAP -> value instanceof Map<?, ?> map && !map.containsValue(null);
                };
        if (!fits) {
            String wanted =
                    switch (argument.kind()) {
                        case TEXT -> "text";
                        case SCALAR -> "a single value";
                        case COUNT -> "a whole number, zero or more";
                        case MAP -> "a mapping to single values";
                    };
            issues.error(
                    IssueCode.ENT402,
                    node.place(),
                    "'%s' must be %s, found %s".formatted(argument.name(), wanted, node.kind()));
            return null;
        }
        if (argument.kind() == ArgumentKind.TEXT) {
            return ((Node.Scalar) node).text();
        }
        return value instanceof Map<?, ?> map ? new LinkedHashMap<>(map) : value;
    }
}
