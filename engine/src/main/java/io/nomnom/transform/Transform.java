package io.nomnom.transform;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pure function by name. Values are JSON nodes, or the Java values of fields.
 *
 * @param name snake_case; entity files may write it in camelCase
 * @param doc one sentence
 * @param inputs what it takes, in order
 * @param variadic whether the last input may be repeated
 * @param args the names of its arguments, all of them required
 * @param result what comes out
 */
public record Transform(
        String name,
        String doc,
        List<Kind> inputs,
        boolean variadic,
        List<String> args,
        Kind result,
        Body body) {

    public Transform {
        inputs = List.copyOf(inputs);
        args = List.copyOf(args);
    }

    /** What a value is to a transform: a piece of JSON, or any value whose type is kept. */
    public enum Kind {
        JSON,
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        SAME
    }

    /** The function itself; it throws {@link TransformException} where it has no result. */
    @FunctionalInterface
    public interface Body {
        @Nullable Object apply(List<@Nullable Object> inputs, Map<String, String> args);
    }

    /** Whether this many inputs fit the signature. */
    public boolean takes(int count) {
        return variadic ? count >= inputs.size() : count == inputs.size();
    }

    /** The signature as people read it: {@code json_get_string(json; field) → string}. */
    public String signature() {
        StringBuilder text = new StringBuilder(name).append('(');
        for (int i = 0; i < inputs.size(); i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(inputs.get(i).name().toLowerCase(java.util.Locale.ROOT));
        }
        text.append(variadic ? "..." : "");
        text.append(args.isEmpty() ? "" : "; " + String.join(", ", args));
        return text.append(") → ")
                .append(result.name().toLowerCase(java.util.Locale.ROOT))
                .toString();
    }
}
