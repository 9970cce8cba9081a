package io.nomnom.catalog;

import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A transform of one's own, as declared in a file of TRANSFORMS_DIR.
 *
 * @param returns the type of its result
 */
public record TransformSpec(
        Name name,
        String doc,
        List<Parameter> parameters,
        FieldType returns,
        @Nullable Body body,
        List<Test> tests) {
    public TransformSpec {
        parameters = List.copyOf(parameters);
        tests = List.copyOf(tests);
    }

    /** An input by name. */
    public record Parameter(Name name, FieldType type) {}

    /** How the result is made. */
    public sealed interface Body {

        /** Steps, one after the other; {@code result} names a parameter or an output. */
        record Chain(List<Step> steps, Name result) implements Body {
            public Chain {
                steps = List.copyOf(steps);
            }
        }

        /** A CEL expression over the parameters. */
        record Expression(Scalar cel) implements Body {}
    }

    /**
     * A step of a chain.
     *
     * @param args the transform's inputs and arguments by name; {@code $name} is a parameter or an
     *     output
     */
    public record Step(Name transform, Map<String, Node> args, Name output, Place place) {}

    /** What the transform gives for some arguments. */
    public record Test(String name, Map<String, Node> args, @Nullable Node expected, Place place) {}
}
