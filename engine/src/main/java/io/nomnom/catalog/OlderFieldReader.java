package io.nomnom.catalog;

import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.catalog.ValueSource.Input;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of an older document. What v1 says without a transform becomes just that: copies
 * from a parent become {@code copyFrom}, reading an item's own key becomes no source at all.
 */
final class OlderFieldReader {
    private static final Set<String> COPIES =
            Set.of("copy_field", "copy_from_parent", "copy_field_conditional");
    private static final List<String> KEYS =
            List.of(
                    "name",
                    "type",
                    "nullable",
                    "doc",
                    "args",
                    "constant",
                    "index",
                    "primary_key",
                    "computed_from");

    private final Values values;
    private final TypeReader types;
    private @Nullable Name parent;
    private Derivation.@Nullable RepeatedFor repeatedFor;

    OlderFieldReader(Values values) {
        this.values = values;
        this.types = new TypeReader(values);
    }

    List<FieldSpec> read(
            Node fields, @Nullable Name parent, Derivation.@Nullable RepeatedFor repeatedFor) {
        this.parent = parent == null && repeatedFor != null ? repeatedFor.entity() : parent;
        this.repeatedFor = repeatedFor;
        return values.list(fields, this::field);
    }

    private @Nullable FieldSpec field(Node node) {
        Name name = null;
        FieldType type = null;
        boolean nullable = false;
        String doc = "";
        List<Integer> args = List.of();
        boolean index = false;
        boolean primaryKey = false;
        Entry constant = null;
        Entry computed = null;
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "type" -> type = types.older(entry.value());
                case "nullable" -> nullable = values.flag(entry.value(), false);
                case "doc" -> {
                    String text = values.text(entry.value());
                    doc = text == null ? "" : text;
                }
                case "args" -> args = values.list(entry.value(), values::count);
                case "index" -> index = values.flag(entry.value(), false);
                case "primary_key" -> primaryKey = values.flag(entry.value(), false);
                case "constant" -> constant = entry;
                case "computed_from" -> computed = entry;
                default -> values.unknownKey(entry, "a field", KEYS);
            }
        }
        if (name == null) {
            values.missing(node, "name", "a field");
            return null;
        }
        if (type == null) {
            if (node instanceof Mapping mapping && mapping.entry("type").isEmpty()) {
                values.missing(node, "type", "a field");
            }
            return FieldSpec.unsound(name);
        }
        ValueSource source = new ValueSource.ByName();
        if (constant != null) {
            Scalar scalar = V1Reader.constant(values, constant.value());
            source = scalar == null ? source : new ValueSource.Constant(scalar);
        } else if (computed != null) {
            source = computed(name, type, computed.value());
        }
        return new FieldSpec(
                name,
                sized(values, types, type, args, node),
                doc,
                new Constraints(
                        nullable,
                        null,
                        length(type, args),
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        primaryKey,
                        index,
                        false),
                false,
                true,
                !type.kind().isStructure(),
                source);
    }

    static @Nullable Integer length(FieldType type, List<Integer> args) {
        return type.kind() == Kind.STRING && !args.isEmpty() ? args.getFirst() : null;
    }

    static FieldType sized(
            Values values, TypeReader types, FieldType type, List<Integer> args, Node node) {
        if (type.kind() == Kind.DECIMAL && !args.isEmpty()) {
            FieldType sized =
                    types.decimal(args.getFirst(), args.size() > 1 ? args.get(1) : 0, node);
            return sized == null ? type : sized;
        }
        if (!args.isEmpty() && type.kind() != Kind.STRING) {
            values.issues()
                    .error(
                            IssueCode.ENT302,
                            node.place(),
                            "args are the length of a string or the digits of a decimal");
        }
        return type;
    }

    private ValueSource computed(Name field, FieldType type, Node node) {
        Name transform = null;
        List<Input> inputs = List.of();
        Map<String, Scalar> args = Map.of();
        ValueSource.When when = null;
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "transform" -> transform = values.name(entry.value());
                case "sources" -> inputs = values.list(entry.value(), this::source);
                case "args" -> args = values.scalars(entry.value());
                case "condition" -> when = condition(entry.value());
                default ->
                        values.unknownKey(
                                entry,
                                "computed_from",
                                List.of("transform", "sources", "args", "condition"));
            }
        }
        if (transform == null) {
            values.missing(node, "transform", "computed_from");
            return new ValueSource.ByName();
        }
        return simplest(field, type, transform, inputs, args, when);
    }

    private ValueSource simplest(
            Name field,
            FieldType type,
            Name transform,
            List<Input> inputs,
            Map<String, Scalar> args,
            ValueSource.@Nullable When when) {
        Input first = inputs.size() == 1 ? inputs.getFirst() : null;
        if (COPIES.contains(transform.text()) && first != null && first.entity() != null) {
            return new ValueSource.CopyFrom(first.entity(), first.field(), when);
        }
        if (transform.text().equals("constant") && args.get("value") != null) {
            return new ValueSource.Constant(args.get("value"));
        }
        Scalar key = args.getOrDefault("field", args.get("field_path"));
        if (first != null && isItem(first) && key != null && reads(transform.text(), type)) {
            return key.text().equals(field.text())
                    ? new ValueSource.ByName()
                    : new ValueSource.ByPath("/" + key.text().replace('.', '/'), key.place());
        }
        return new ValueSource.Transform(transform, inputs, args);
    }

    /** Whether the transform only reads a key of an item as the field's own type. */
    private static boolean reads(String transform, FieldType type) {
        return switch (transform.replace("json_get_optional_", "json_get_")) {
            case "extract_field" -> true;
            case "json_get_string" ->
                    switch (type.kind()) {
                        case STRING, DATE, TIMESTAMP, UUID -> true;
                        default -> false;
                    };
            case "json_get_int" -> type.kind() == Kind.INTEGER || type.kind() == Kind.BIGINT;
            case "json_get_float" -> type.kind() == Kind.FLOAT || type.kind() == Kind.DECIMAL;
            case "json_get_bool" -> type.kind() == Kind.BOOLEAN;
            default -> false;
        };
    }

    private boolean isItem(Input input) {
        return repeatedFor != null
                && input.entity() == null
                && input.field().text().equals(repeatedFor.itemName());
    }

    private @Nullable Input source(Node node) {
        if (node instanceof Scalar) {
            String text = values.text(node);
            return text == null ? null : V1Reader.input(text, node);
        }
        Name entity = null;
        Name field = null;
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "source" -> entity = values.name(entry.value());
                case "field" -> field = values.name(entry.value());
                case "alias" -> {
                    // named inputs are found by their order
                }
                default ->
                        values.unknownKey(entry, "a source", List.of("source", "field", "alias"));
            }
        }
        if (entity == null || field == null) {
            values.missing(node, entity == null ? "source" : "field", "a source");
            return null;
        }
        if (repeatedFor != null && field.text().equals(repeatedFor.itemName())) {
            return new Input(null, field);
        }
        boolean generic = entity.text().equals("parent");
        return new Input(
                generic && parent != null ? new Name(parent.text(), entity.place()) : entity,
                field);
    }

    private ValueSource.@Nullable When condition(Node node) {
        List<Name> field = new ArrayList<>();
        Scalar equals = null;
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "field" -> field.addAll(OlderReader.names(values, entry.value()));
                case "equals" -> equals = values.scalar(entry.value());
                default -> values.unknownKey(entry, "condition", List.of("field", "equals"));
            }
        }
        return field.isEmpty() || equals == null
                ? null
                : new ValueSource.When(field.getFirst(), equals);
    }
}
