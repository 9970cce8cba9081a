package io.nomnom.catalog;

import io.nomnom.catalog.Shape.KeySpec;
import io.nomnom.catalog.Shape.Kind;
import io.nomnom.catalog.Shape.Kind.Simple;
import io.nomnom.catalog.TransformSpec.Body;
import io.nomnom.catalog.TransformSpec.Parameter;
import io.nomnom.catalog.TransformSpec.Step;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Node.Scalar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one document of TRANSFORMS_DIR, {@code transform: {...}}. */
public final class TransformReader {
    static final Shape PARAMETER =
            Shape.of(
                    "a parameter",
                    "An input of the transform.",
                    KeySpec.of("name", Simple.TEXT, "Its name.").needed(),
                    KeySpec.of("type", Simple.TEXT, "Its type, as of a field.").or("string"));

    static final Shape STEP =
            Shape.of(
                    "a step",
                    "One call of another transform.",
                    KeySpec.of("transform", Simple.TEXT, "The transform by name.").needed(),
                    KeySpec.of(
                            "args",
                            new Kind.MapOf(Simple.ANY),
                            "Its inputs and arguments by name; $name is a parameter or an output."),
                    KeySpec.of("output", Simple.TEXT, "What the result is called.").needed());

    static final Shape IMPLEMENTATION =
            Shape.of(
                    "implementation",
                    "How the result is made: a chain of transforms, or a CEL expression.",
                    KeySpec.of("type", new Kind.OneOf(List.of("reference", "expression")), "Which.")
                            .needed(),
                    KeySpec.of("steps", V1Shapes.list(V1Shapes.nested(STEP)), "With reference."),
                    KeySpec.of("return", Simple.TEXT, "With reference: $name of the result."),
                    KeySpec.of("cel", Simple.TEXT, "With expression: CEL over the parameters."),
                    KeySpec.of("code", Simple.TEXT, "Not taken: write the expression in CEL."));

    static final Shape TEST =
            Shape.of(
                    "a test",
                    "What the transform gives; run by `nomnom test`.",
                    KeySpec.of("name", Simple.TEXT, "What it shows.").needed(),
                    KeySpec.of("args", new Kind.MapOf(Simple.ANY), "The parameters by name."),
                    KeySpec.of("expected", Simple.ANY, "The result; null for none."));

    static final Shape TRANSFORM =
            Shape.of(
                    "transform",
                    "A transform of one's own.",
                    KeySpec.of("name", Simple.TEXT, "snake_case or camelCase.").needed(),
                    KeySpec.of("doc", Simple.TEXT, "What it does, in a sentence."),
                    KeySpec.of(
                            "parameters",
                            V1Shapes.list(new Kind.Either(Simple.TEXT, V1Shapes.nested(PARAMETER))),
                            "Its inputs, in order."),
                    KeySpec.of("returns", Simple.TEXT, "The type of its result.").or("string"),
                    KeySpec.of("implementation", V1Shapes.nested(IMPLEMENTATION), "How.").needed(),
                    KeySpec.of("tests", V1Shapes.list(V1Shapes.nested(TEST)), "Its tests."));

    /** A document. */
    public static final Shape DOCUMENT =
            Shape.of(
                    "a transform document",
                    "A file of TRANSFORMS_DIR.",
                    KeySpec.of("transform", V1Shapes.nested(TRANSFORM), "The transform.").needed());

    private final Values values;
    private final TypeReader types;

    TransformReader(Values values) {
        this.values = values;
        this.types = new TypeReader(values);
    }

    /** The transform, or null where it has no name to go on with. */
    @Nullable TransformSpec read(Mapping document) {
        TransformSpec read = null;
        for (Entry entry : values.entries(document, DOCUMENT)) {
            read = transform(entry.value());
        }
        return read;
    }

    private @Nullable TransformSpec transform(Node node) {
        Name name = null;
        String doc = "";
        List<Parameter> parameters = List.of();
        FieldType returns = FieldType.of(FieldType.Kind.STRING);
        Body body = null;
        List<TransformSpec.Test> tests = List.of();
        for (Entry entry : values.entries(node, TRANSFORM)) {
            Node value = entry.value();
            switch (entry.key()) {
                case "name" -> name = values.name(value);
                case "doc" -> doc = values.text(value, "");
                case "parameters" -> parameters = values.list(value, this::parameter);
                case "returns" -> {
                    FieldType read = types.either(value);
                    returns = read == null ? returns : read;
                }
                case "implementation" -> body = body(value);
                case "tests" -> tests = values.list(value, this::test);
                default -> throw Values.unread(entry);
            }
        }
        return name == null ? null : new TransformSpec(name, doc, parameters, returns, body, tests);
    }

    private @Nullable Parameter parameter(Node node) {
        if (!(node instanceof Mapping)) {
            Name name = values.name(node);
            return name == null ? null : new Parameter(name, FieldType.of(FieldType.Kind.STRING));
        }
        Name name = null;
        FieldType type = FieldType.of(FieldType.Kind.STRING);
        for (Entry entry : values.entries(node, PARAMETER)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "type" -> {
                    FieldType read = types.either(entry.value());
                    type = read == null ? FieldType.of(FieldType.Kind.JSON) : read;
                }
                default -> throw Values.unread(entry);
            }
        }
        return name == null ? null : new Parameter(name, type);
    }

    private @Nullable Body body(Node node) {
        String type = null;
        Entry steps = null;
        Name result = null;
        Scalar cel = null;
        for (Entry entry : values.entries(node, IMPLEMENTATION)) {
            switch (entry.key()) {
                case "type" -> type = type(entry.value());
                case "steps" -> steps = entry;
                case "return" -> result = values.name(entry.value());
                case "cel" -> cel = values.constant(entry.value());
                case "code" -> inline(entry.value());
                default -> throw Values.unread(entry);
            }
        }
        if (type == null) {
            return null;
        }
        if (type.equals("expression")) {
            if (cel == null) {
                values.missing(node, "cel", "an implementation of type expression");
            }
            return cel == null ? null : new Body.Expression(cel);
        }
        if (steps == null || result == null) {
            values.missing(
                    node,
                    steps == null ? "steps" : "return",
                    "an implementation of type reference");
            return null;
        }
        return new Body.Chain(values.list(steps.value(), this::step), result);
    }

    private @Nullable String type(Node node) {
        String text = values.text(node);
        if (text == null || text.equals("reference") || text.equals("expression")) {
            return text;
        }
        if (List.of("rust", "python", "javascript", "inline", "lambda").contains(text)) {
            inline(node);
        } else {
            values.notAllowed(node, text, List.of("reference", "expression"));
        }
        return null;
    }

    private void inline(Node node) {
        values.issues()
                .error(
                        IssueCode.ENT404,
                        node.place(),
                        "code in another language is not run here",
                        "write it in CEL: implementation: {type: expression, cel: \"a + ' ' + b\"}");
    }

    private @Nullable Step step(Node node) {
        Name transform = null;
        Map<String, Node> args = Map.of();
        Name output = null;
        for (Entry entry : values.entries(node, STEP)) {
            switch (entry.key()) {
                case "transform" -> transform = values.name(entry.value());
                case "args" -> args = values.nodes(entry.value());
                case "output" -> output = values.name(entry.value());
                default -> throw Values.unread(entry);
            }
        }
        return transform == null || output == null
                ? null
                : new Step(transform, args, output, node.place());
    }

    private TransformSpec.@Nullable Test test(Node node) {
        String name = null;
        Map<String, Node> args = Map.of();
        Node expected = null;
        for (Entry entry : values.entries(node, TEST)) {
            switch (entry.key()) {
                case "name" -> name = values.text(entry.value());
                case "args" -> args = values.nodes(entry.value());
                case "expected" -> expected = entry.value();
                default -> throw Values.unread(entry);
            }
        }
        return name == null ? null : new TransformSpec.Test(name, args, expected, node.place());
    }
}
