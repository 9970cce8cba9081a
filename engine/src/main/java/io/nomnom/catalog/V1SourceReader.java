package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads where a field of a v1 document comes from. */
final class V1SourceReader {
    private static final List<String> KINDS =
            List.of("path", "copyFrom", "constant", "transform", "expression");

    private final Values values;

    V1SourceReader(Values values) {
        this.values = values;
    }

    ValueSource read(Mapping field) {
        List<Entry> kinds = new ArrayList<>();
        for (Entry entry : field.entries()) {
            if (KINDS.contains(entry.key())) {
                kinds.add(entry);
            }
        }
        if (kinds.size() > 1) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            kinds.get(1).keyPlace(),
                            "a field has one source; '%s' and '%s' exclude one another"
                                    .formatted(kinds.get(0).key(), kinds.get(1).key()));
        }
        needs(field, "field", "copyFrom");
        needs(field, "when", "copyFrom");
        needs(field, "inputs", "transform");
        needs(field, "args", "transform");
        ValueSource source = kinds.isEmpty() ? null : source(field, kinds.getFirst());
        return source == null ? new ValueSource.ByName() : source;
    }

    private @Nullable ValueSource source(Mapping field, Entry kind) {
        return switch (kind.key()) {
            case "path" -> path(kind.value());
            case "copyFrom" -> copy(field, kind.value());
            case "constant" -> {
                Scalar constant = values.constant(kind.value());
                yield constant == null ? null : new ValueSource.Constant(constant);
            }
            case "expression" -> {
                Scalar cel = values.constant(kind.value());
                yield cel == null ? null : new ValueSource.Expression(cel);
            }
            default -> transform(field, kind.value());
        };
    }

    private void needs(Mapping field, String key, String other) {
        Entry entry = field.entry(key).orElse(null);
        if (entry != null && field.entry(other).isEmpty()) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            entry.keyPlace(),
                            "'%s' needs '%s' beside it".formatted(key, other));
        }
    }

    private @Nullable ValueSource path(Node node) {
        String text = values.text(node);
        if (text != null && !text.startsWith("/")) {
            values.issues()
                    .error(
                            IssueCode.ENT102,
                            node.place(),
                            "a path is a JSON Pointer and begins with '/'",
                            "write '/" + text.replace('.', '/') + "'");
            return null;
        }
        if (text != null && text.matches("(?s).*~(?![01]).*")) {
            values.issues()
                    .error(
                            IssueCode.ENT102,
                            node.place(),
                            "in a JSON Pointer '~' is written ~0, and '/' in a key ~1");
            return null;
        }
        return text == null ? null : new ValueSource.ByPath(text, node.place());
    }

    private @Nullable ValueSource copy(Mapping field, Node entityNode) {
        Name entity = values.name(entityNode);
        Name from = field.entry("field").map(e -> values.name(e.value())).orElse(null);
        if (from == null) {
            from = field.entry("name").map(e -> quietName(e.value())).orElse(null);
        }
        Entry whenEntry = field.entry("when").orElse(null);
        ValueSource.When when = whenEntry == null ? null : when(whenEntry.value());
        return entity == null || from == null ? null : new ValueSource.CopyFrom(entity, from, when);
    }

    /** The field's own name, whose faults are reported where it is read. */
    private static @Nullable Name quietName(Node node) {
        return node instanceof Scalar scalar ? new Name(scalar.text(), scalar.place()) : null;
    }

    private ValueSource.@Nullable When when(Node node) {
        Name field = null;
        Scalar equals = null;
        for (Entry entry : values.entries(node, V1Shapes.WHEN)) {
            switch (entry.key()) {
                case "field" -> field = values.name(entry.value());
                case "equals" -> equals = values.constant(entry.value());
                default -> throw Values.unread(entry);
            }
        }
        return field == null || equals == null ? null : new ValueSource.When(field, equals);
    }

    private @Nullable ValueSource transform(Mapping field, Node nameNode) {
        Name name = values.name(nameNode);
        List<ValueSource.Input> inputs =
                field.entry("inputs")
                        .map(entry -> values.list(entry.value(), this::input))
                        .orElse(List.of());
        Map<String, Node> args =
                field.entry("args").map(entry -> values.nodes(entry.value())).orElse(Map.of());
        return name == null ? null : new ValueSource.Transform(name, inputs, args);
    }

    private ValueSource.@Nullable Input input(Node node) {
        String text = values.text(node);
        return text == null ? null : input(text, node);
    }

    /** An input: {@code item}, {@code item.key}, {@code field}, {@code Entity.field}. */
    static ValueSource.Input input(String text, Node node) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new ValueSource.Input(null, new Name(text, node.place()))
                : new ValueSource.Input(
                        new Name(text.substring(0, dot), node.place()),
                        new Name(text.substring(dot + 1), node.place()));
    }
}
