package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Node.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a field of a v1 document: its type, constraints and source. */
final class V1FieldReader {
    private static final List<String> KEYS =
            List.of(
                    "name",
                    "type",
                    "doc",
                    "coerce",
                    "persisted",
                    "constraints",
                    "path",
                    "copyFrom",
                    "field",
                    "when",
                    "constant",
                    "transform",
                    "inputs",
                    "args");
    private static final List<String> CONSTRAINTS =
            List.of(
                    "nullable",
                    "minLength",
                    "maxLength",
                    "minimum",
                    "maximum",
                    "pattern",
                    "enum",
                    "default",
                    "primaryKey",
                    "indexed",
                    "unique",
                    "precision",
                    "scale",
                    "items");

    private final Values values;
    private final TypeReader types;

    V1FieldReader(Values values) {
        this.values = values;
        this.types = new TypeReader(values);
    }

    @Nullable FieldSpec read(Node node) {
        Name name = null;
        FieldType type = null;
        String doc = "";
        boolean coerce = false;
        boolean persisted = false;
        Constraints constraints = Constraints.NONE;
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "type" -> type = types.v1(entry.value());
                case "doc" -> {
                    String text = values.text(entry.value());
                    doc = text == null ? "" : text;
                }
                case "coerce" -> coerce = values.flag(entry.value(), false);
                case "persisted" -> persisted = values.flag(entry.value(), false);
                case "constraints" -> constraints = constraints(entry.value());
                case "path",
                        "copyFrom",
                        "constant",
                        "transform",
                        "field",
                        "when",
                        "inputs",
                        "args" -> {
                    // read together by source()
                }
                default -> values.unknownKey(entry, "a field", KEYS);
            }
        }
        if (!(node instanceof Mapping mapping)) {
            return null;
        }
        if (name == null) {
            values.missing(node, "name", "a field");
        }
        if (mapping.entry("type").isEmpty()) {
            values.missing(node, "type", "a field");
        }
        ValueSource source = source(mapping);
        FieldType refined = type == null ? null : refine(type, mapping);
        if (name == null) {
            return null;
        }
        if (refined == null) {
            return FieldSpec.unsound(name);
        }
        boolean stored = !refined.kind().isStructure() || persisted;
        return new FieldSpec(name, refined, doc, constraints, coerce, true, stored, source);
    }

    private Constraints constraints(Node node) {
        boolean nullable = false;
        Integer minLength = null;
        Integer maxLength = null;
        BigDecimal minimum = null;
        BigDecimal maximum = null;
        String pattern = null;
        List<Scalar> enumeration = List.of();
        Scalar defaultValue = null;
        boolean primaryKey = false;
        boolean indexed = false;
        boolean unique = false;
        for (Entry entry : values.entries(node)) {
            Node value = entry.value();
            switch (entry.key()) {
                case "nullable" -> nullable = values.flag(value, false);
                case "minLength" -> minLength = values.count(value);
                case "maxLength" -> maxLength = values.count(value);
                case "minimum" -> minimum = values.number(value);
                case "maximum" -> maximum = values.number(value);
                case "pattern" -> pattern = values.text(value);
                case "enum" -> enumeration = values.list(value, values::scalar);
                case "default" -> defaultValue = V1Reader.constant(values, value);
                case "primaryKey" -> primaryKey = values.flag(value, false);
                case "indexed" -> indexed = values.flag(value, false);
                case "unique" -> unique = values.flag(value, false);
                case "precision", "scale", "items" -> {
                    // part of the type, read by refine()
                }
                default -> values.unknownKey(entry, "constraints", CONSTRAINTS);
            }
        }
        return new Constraints(
                nullable,
                minLength,
                maxLength,
                minimum,
                maximum,
                pattern,
                enumeration,
                defaultValue,
                primaryKey,
                indexed,
                unique);
    }

    /**
     * The type with precision, scale and items where they are written as constraints; null where
     * they are at fault.
     */
    private @Nullable FieldType refine(FieldType type, Mapping field) {
        Entry constraints = field.entry("constraints").orElse(null);
        if (constraints == null || !(constraints.value() instanceof Mapping mapping)) {
            return type;
        }
        Integer precision =
                mapping.entry("precision").map(e -> values.count(e.value())).orElse(null);
        Integer scale = mapping.entry("scale").map(e -> values.count(e.value())).orElse(null);
        FieldType refined = type;
        if (precision != null && fits(type, FieldType.Kind.DECIMAL, mapping, "precision")) {
            refined = types.decimal(precision, scale == null ? 0 : scale, mapping);
        } else if (scale != null) {
            values.issues()
                    .error(IssueCode.ENT105, mapping.place(), "scale needs precision beside it");
        }
        Entry items = mapping.entry("items").orElse(null);
        if (items != null && fits(type, FieldType.Kind.ARRAY, mapping, "items")) {
            FieldType item = types.v1(items.value());
            refined = item == null ? null : types.array(item, items.value());
        }
        return refined;
    }

    private boolean fits(FieldType type, FieldType.Kind kind, Mapping mapping, String key) {
        if (type.kind() == kind) {
            return true;
        }
        values.issues()
                .error(
                        IssueCode.ENT303,
                        mapping.entry(key).orElseThrow().keyPlace(),
                        "'%s' is for type %s, not %s".formatted(key, kind.word(), type));
        return false;
    }

    private ValueSource source(Mapping field) {
        List<Entry> kinds = new ArrayList<>();
        for (String key : List.of("path", "copyFrom", "constant", "transform")) {
            field.entry(key).ifPresent(kinds::add);
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
        ValueSource source = null;
        if (!kinds.isEmpty()) {
            Entry kind = kinds.getFirst();
            source =
                    switch (kind.key()) {
                        case "path" -> path(kind.value());
                        case "copyFrom" -> copy(field, kind.value());
                        case "constant" -> {
                            Scalar constant = V1Reader.constant(values, kind.value());
                            yield constant == null ? null : new ValueSource.Constant(constant);
                        }
                        default -> transform(field, kind.value());
                    };
        }
        return source == null ? new ValueSource.ByName() : source;
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
        return text == null ? null : new ValueSource.ByPath(text, node.place());
    }

    private @Nullable ValueSource copy(Mapping field, Node entityNode) {
        Name entity = values.name(entityNode);
        Name from = field.entry("field").map(e -> values.name(e.value())).orElse(null);
        if (from == null) {
            from = field.entry("name").map(e -> values.name(e.value())).orElse(null);
        }
        Entry whenEntry = field.entry("when").orElse(null);
        ValueSource.When when = whenEntry == null ? null : when(whenEntry.value());
        return entity == null || from == null ? null : new ValueSource.CopyFrom(entity, from, when);
    }

    private ValueSource.@Nullable When when(Node node) {
        Name field = null;
        Scalar equals = null;
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "field" -> field = values.name(entry.value());
                case "equals" -> equals = values.scalar(entry.value());
                default -> values.unknownKey(entry, "when", List.of("field", "equals"));
            }
        }
        if (field == null || equals == null) {
            values.missing(node, field == null ? "field" : "equals", "when");
            return null;
        }
        return new ValueSource.When(field, equals);
    }

    private @Nullable ValueSource transform(Mapping field, Node nameNode) {
        Name name = values.name(nameNode);
        List<ValueSource.Input> inputs =
                field.entry("inputs")
                        .map(entry -> values.list(entry.value(), this::input))
                        .orElse(List.of());
        Map<String, Scalar> args =
                field.entry("args").map(entry -> values.scalars(entry.value())).orElse(Map.of());
        return name == null ? null : new ValueSource.Transform(name, inputs, args);
    }

    private ValueSource.@Nullable Input input(Node node) {
        String text = values.text(node);
        return text == null ? null : V1Reader.input(text, node);
    }
}
