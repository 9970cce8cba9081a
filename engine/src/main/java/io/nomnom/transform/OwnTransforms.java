package io.nomnom.transform;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.TransformSpec;
import io.nomnom.catalog.TransformSpec.Body;
import io.nomnom.catalog.TransformSpec.Parameter;
import io.nomnom.catalog.TransformSpec.Step;
import io.nomnom.transform.Transform.Call;
import io.nomnom.transform.Transform.Kind;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the transforms of TRANSFORMS_DIR: those that a chain calls before the chain. */
public final class OwnTransforms {
    private final Map<String, TransformSpec> specs = new LinkedHashMap<>();
    private final Map<String, Transform> compiled = new LinkedHashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final Issues issues;

    private OwnTransforms(Issues issues) {
        this.issues = issues;
    }

    /** The built-in transforms and those of the catalog; what is at fault is left out. */
    public static Transforms compile(Catalog catalog, Issues issues) {
        OwnTransforms own = new OwnTransforms(issues);
        for (TransformSpec spec : catalog.transforms()) {
            own.declare(spec);
        }
        for (TransformSpec spec : catalog.transforms()) {
            own.compile(spec, new LinkedHashSet<>());
        }
        return new Transforms(own.compiled);
    }

    private void declare(TransformSpec spec) {
        String name = spec.name().snakeCase();
        if (!spec.name().text().matches("[A-Za-z][A-Za-z0-9_]{0,99}")) {
            issues.error(
                    IssueCode.ENT202,
                    spec.name().place(),
                    "a transform's name has letters, digits and underscores, a letter first");
        }
        TransformSpec other = specs.putIfAbsent(name, spec);
        if (other != null || Transforms.isBuiltIn(name)) {
            issues.error(
                    IssueCode.ENT405,
                    spec.name().place(),
                    other == null
                            ? "'%s' is the name of a built-in transform".formatted(name)
                            : "transform '%s' is declared in %s already"
                                    .formatted(name, other.name().place().pathAndLine()));
        }
        Set<String> parameters = new HashSet<>();
        for (Parameter parameter : spec.parameters()) {
            if (!parameters.add(parameter.name().text())) {
                issues.error(
                        IssueCode.ENT405,
                        parameter.name().place(),
                        "two parameters are called '%s'".formatted(parameter.name().text()));
            }
        }
    }

    private @Nullable Transform compile(TransformSpec spec, Set<String> way) {
        String name = spec.name().snakeCase();
        if (compiled.containsKey(name) || failed.contains(name)) {
            return compiled.get(name);
        }
        if (!way.add(name)) {
            issues.error(
                    IssueCode.ENT206,
                    spec.name().place(),
                    "transforms call one another in a circle: %s -> %s"
                            .formatted(String.join(" -> ", way), name));
            failed.add(name);
            return null;
        }
        Call call =
                switch (spec.body()) {
                    case Body.Chain chain -> chain(spec, chain, way);
                    case Body.Expression expression -> expression(spec, expression);
                    case null -> null;
                };
        way.remove(name);
        if (call == null) {
            failed.add(name);
            // so that what calls it is not reported for it
            call = in -> null;
        }
        checkTests(spec);
        List<Transform.Parameter> inputs = new ArrayList<>();
        for (Parameter parameter : spec.parameters()) {
            inputs.add(new Transform.Parameter(parameter.name().text(), Kind.of(parameter.type())));
        }
        Call body = call;
        Transform transform =
                new Transform(
                        name,
                        spec.doc(),
                        inputs,
                        false,
                        List.of(),
                        Kind.of(spec.returns()),
                        true,
                        args -> body,
                        null);
        compiled.put(name, transform);
        return transform;
    }

    private void checkTests(TransformSpec spec) {
        List<String> names = spec.parameters().stream().map(p -> p.name().text()).toList();
        for (TransformSpec.Test test : spec.tests()) {
            for (Map.Entry<String, Node> arg : test.args().entrySet()) {
                if (!names.contains(arg.getKey())) {
                    unknown(arg.getKey(), arg.getValue().place(), names);
                }
            }
        }
    }

    private void unknown(String name, Place place, List<String> names) {
        issues.error(
                IssueCode.ENT405,
                place,
                "'%s' is neither a parameter nor an output before this step".formatted(name),
                Nearest.hint(name, names));
    }

    private @Nullable Call expression(TransformSpec spec, Body.Expression body) {
        Expression.Scope scope = new Expression.Scope();
        for (Parameter parameter : spec.parameters()) {
            scope.value(parameter.name().text(), parameter.type(), true);
        }
        Expression expression = Expression.compile(body.cel(), scope, issues);
        if (expression == null) {
            return null;
        }
        if (!expression.fits(spec.returns())) {
            issues.error(
                    IssueCode.ENT403,
                    body.cel().place(),
                    "the expression gives %s, the transform returns %s"
                            .formatted(expression.resultWord(), spec.returns()));
            return null;
        }
        List<String> names = spec.parameters().stream().map(p -> p.name().text()).toList();
        return in -> {
            Map<String, Object> values = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                values.put(names.get(i), Expression.value(in.at(i)));
            }
            return expression.evaluate(values);
        };
    }

    /** A step compiled: the transform, and where each of its inputs comes from. */
    private record Link(Bound bound, List<Source> sources) {}

    /** A constant, or the value in a place of the chain; the place is -1 for a constant. */
    private record Source(int place, @Nullable Object constant) {}

    private @Nullable Call chain(TransformSpec spec, Body.Chain chain, Set<String> way) {
        List<String> names = new ArrayList<>();
        spec.parameters().forEach(parameter -> names.add(parameter.name().text()));
        List<Kind> kinds = new ArrayList<>();
        spec.parameters().forEach(parameter -> kinds.add(Kind.of(parameter.type())));
        List<Link> links = new ArrayList<>();
        boolean sound = true;
        for (Step step : chain.steps()) {
            Link link = link(step, names, kinds, way);
            sound &= link != null;
            if (names.contains(step.output().text())) {
                issues.error(
                        IssueCode.ENT405,
                        step.output().place(),
                        "'%s' is the name of a parameter or an output already"
                                .formatted(step.output().text()));
                sound = false;
            }
            names.add(step.output().text());
            kinds.add(link == null ? Kind.ANY : link.bound().transform().result());
            if (link != null) {
                links.add(link);
            }
        }
        String result = bare(chain.result().text());
        int place = names.indexOf(result);
        if (place < 0) {
            unknown(result, chain.result().place(), names);
            return null;
        }
        if (!kinds.get(place).fits(spec.returns())) {
            issues.error(
                    IssueCode.ENT403,
                    chain.result().place(),
                    "'%s' is %s, the transform returns %s"
                            .formatted(result, kinds.get(place).word(), spec.returns()));
            return null;
        }
        return sound ? in -> run(links, place, in.values()) : null;
    }

    private static @Nullable Object run(
            List<Link> links, int result, List<@Nullable Object> inputs) {
        List<@Nullable Object> values = new ArrayList<>(inputs);
        for (Link link : links) {
            List<@Nullable Object> taken = new ArrayList<>();
            for (Source source : link.sources()) {
                taken.add(source.place() < 0 ? source.constant() : values.get(source.place()));
            }
            values.add(link.bound().apply(taken));
        }
        return values.get(result);
    }

    private static String bare(String reference) {
        return reference.startsWith("$") ? reference.substring(1) : reference;
    }

    private @Nullable Link link(Step step, List<String> names, List<Kind> kinds, Set<String> way) {
        TransformSpec own = specs.get(step.transform().snakeCase());
        Transform transform =
                own == null
                        ? new Transforms(compiled).find(step.transform(), issues)
                        : compile(own, way);
        if (transform == null) {
            return null;
        }
        Map<String, Node> constants = new LinkedHashMap<>(step.args());
        List<Source> sources = new ArrayList<>();
        boolean sound = true;
        for (Transform.Parameter input : transform.inputs()) {
            Node given = constants.remove(input.name());
            if (given == null && transform.inputs().size() == 1) {
                given = constants.remove("input");
            }
            if (given == null) {
                issues.error(
                        IssueCode.ENT402,
                        step.place(),
                        "%s needs the input '%s'".formatted(transform.signature(), input.name()),
                        "args: {%s: $name}".formatted(input.name()));
                sound = false;
                continue;
            }
            List<Node> items =
                    transform.variadic() && given instanceof Node.Sequence list
                            ? list.items()
                            : List.of(given);
            for (Node item : items) {
                sound &= source(item, transform, input, names, kinds, sources);
            }
        }
        Bound bound = Transforms.bind(transform, constants, step.transform().place(), issues);
        return sound && bound != null ? new Link(bound, sources) : null;
    }

    private boolean source(
            Node item,
            Transform transform,
            Transform.Parameter input,
            List<String> names,
            List<Kind> kinds,
            List<Source> sources) {
        if (!(item instanceof Node.Scalar scalar) || !scalar.text().startsWith("$")) {
            sources.add(new Source(-1, Plain.of(item)));
            return true;
        }
        String name = bare(scalar.text());
        int place = names.indexOf(name);
        if (place < 0) {
            unknown(name, item.place(), names);
            return false;
        }
        if (!input.kind().takes(kinds.get(place))) {
            issues.error(
                    IssueCode.ENT403,
                    item.place(),
                    "%s takes %s; '%s' is %s"
                            .formatted(
                                    transform.name(),
                                    input.kind().word(),
                                    name,
                                    kinds.get(place).word()));
            return false;
        }
        sources.add(new Source(place, null));
        return true;
    }
}
