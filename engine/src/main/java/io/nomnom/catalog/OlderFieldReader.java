package io.nomnom.catalog;

import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.catalog.ValueSource.Input;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Scalar;
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
            Set.of("copy_field", "copy_from_parent", "copy_from_context", "copy_field_conditional");

    private final Values values;
    private final TypeReader types;
    private final @Nullable Name parent;
    private final @Nullable String itemName;

    OlderFieldReader(Values values, @Nullable Derivation derivation) {
        this.values = values;
        this.types = new TypeReader(values);
        this.parent = derivation == null ? null : derivation.parents().getFirst().entity();
        this.itemName =
                derivation == null || derivation.repeatedFor() == null
                        ? null
                        : derivation.repeatedFor().itemName();
    }

    List<FieldSpec> read(Node fields) {
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
        Entry source = null;
        for (Entry entry : values.entries(node, OlderShapes.FIELD)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "type" -> type = types.older(entry.value());
                case "nullable" -> nullable = values.flag(entry.value(), false);
                case "doc" -> doc = values.text(entry.value(), "");
                case "args" -> args = values.list(entry.value(), values::count);
                case "index" -> index = values.flag(entry.value(), false);
                case "primary_key" -> primaryKey = values.flag(entry.value(), false);
                case "constant", "computed_from", "extraction", "derived_from" -> {
                    oneSource(source, entry);
                    source = source == null ? entry : source;
                }
                default -> throw Values.unread(entry);
            }
        }
        if (name == null) {
            return null;
        }
        if (type == null) {
            return FieldSpec.unsound(name);
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
                        false,
                        Map.of()),
                false,
                true,
                !type.kind().isStructure(),
                source(name, type, source));
    }

    private void oneSource(@Nullable Entry first, Entry second) {
        if (first != null) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            second.keyPlace(),
                            "a field has one source; '%s' and '%s' exclude one another"
                                    .formatted(first.key(), second.key()));
        }
    }

    private ValueSource source(Name field, FieldType type, @Nullable Entry entry) {
        if (entry == null) {
            return new ValueSource.ByName();
        }
        ValueSource source =
                switch (entry.key()) {
                    case "constant" -> constant(entry.value());
                    case "computed_from" -> computed(field, type, entry.value());
                    case "extraction" -> extraction(entry.value());
                    default -> derivedFrom(entry.value());
                };
        return source == null ? new ValueSource.ByName() : source;
    }

    private @Nullable ValueSource constant(Node node) {
        Scalar scalar = values.constant(node);
        return scalar == null ? null : new ValueSource.Constant(scalar);
    }

    /** A field of the parent by its name, or of another entity as {@code Entity.field}. */
    private @Nullable ValueSource extraction(Node node) {
        ValueSource source = null;
        for (Entry entry : values.entries(node, OlderShapes.EXTRACTION)) {
            String text = values.text(entry.value());
            if (text != null && source == null) {
                source = copy(V1SourceReader.input(text, entry.value()), null);
            }
        }
        return source;
    }

    private ValueSource copy(Input input, ValueSource.@Nullable When when) {
        Name from = input.entity() == null ? parent : input.entity();
        if (from != null) {
            return new ValueSource.CopyFrom(from, input.field(), when);
        }
        values.issues()
                .error(
                        IssueCode.ENT105,
                        input.field().place(),
                        "there is no parent to copy '%s' from".formatted(input.field().text()),
                        "name the entity's parent");
        return new ValueSource.ByName();
    }

    private @Nullable ValueSource derivedFrom(Node node) {
        Name entity = null;
        Name field = null;
        Name transform = null;
        for (Entry entry : values.entries(node, OlderShapes.DERIVED_FROM)) {
            switch (entry.key()) {
                case "source" -> entity = values.name(entry.value());
                case "field" -> field = values.name(entry.value());
                case "transform" -> transform = values.name(entry.value());
                default -> throw Values.unread(entry);
            }
        }
        if (entity == null || field == null) {
            return null;
        }
        Input input = input(entity, field);
        return transform == null || COPIES.contains(transform.text())
                ? copy(input, null)
                : new ValueSource.Transform(transform, List.of(input), Map.of());
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

    private @Nullable ValueSource computed(Name field, FieldType type, Node node) {
        Name transform = null;
        List<Input> inputs = List.of();
        Map<String, Node> args = Map.of();
        Entry condition = null;
        for (Entry entry : values.entries(node, OlderShapes.COMPUTED)) {
            switch (entry.key()) {
                case "transform" -> transform = values.name(entry.value());
                case "sources" -> inputs = values.list(entry.value(), this::source);
                case "args" -> args = values.nodes(entry.value());
                case "condition" -> condition = entry;
                default -> throw Values.unread(entry);
            }
        }
        if (transform == null) {
            return null;
        }
        ValueSource.When when = condition == null ? null : condition(condition.value());
        ValueSource source = simplest(field, type, transform, inputs, args, when);
        if (condition != null && !(source instanceof ValueSource.CopyFrom)) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            condition.keyPlace(),
                            "a condition is for copies from another entity",
                            "use copy_field_conditional with the args of its own");
        }
        return source;
    }

    private ValueSource simplest(
            Name field,
            FieldType type,
            Name transform,
            List<Input> inputs,
            Map<String, Node> args,
            ValueSource.@Nullable When when) {
        Input first = inputs.size() == 1 ? inputs.getFirst() : null;
        String name = Name.snakeCase(transform.text());
        if (first != null && COPIES.contains(name) && isCopy(first, name)) {
            return copy(first, when);
        }
        if (name.equals("constant") && args.get("value") instanceof Scalar scalar) {
            return new ValueSource.Constant(scalar);
        }
        Node key = args.getOrDefault("field", args.get("field_path"));
        if (first != null && isItem(first) && key instanceof Scalar text && reads(name, type)) {
            return text.text().equals(field.text())
                    ? new ValueSource.ByName()
                    : new ValueSource.ByPath("/" + text.text().replace('.', '/'), text.place());
        }
        return new ValueSource.Transform(transform, inputs, args);
    }

    /** A copy of another entity's field; the parent's where only the transform's name says so. */
    private boolean isCopy(Input input, String transform) {
        if (input.entity() != null) {
            return !input.entity().text().equals(itemName);
        }
        return !isItem(input) && parent != null && transform.startsWith("copy_from_");
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
        return input.entity() == null && input.field().text().equals(itemName);
    }

    private @Nullable Input source(Node node) {
        if (node instanceof Scalar) {
            String text = values.text(node);
            return text == null ? null : V1SourceReader.input(text, node);
        }
        Name entity = null;
        Name field = null;
        for (Entry entry : values.entries(node, OlderShapes.SOURCE)) {
            switch (entry.key()) {
                case "source" -> entity = values.name(entry.value());
                case "field" -> field = values.name(entry.value());
                case "alias" -> values.text(entry.value());
                default -> throw Values.unread(entry);
            }
        }
        return entity == null || field == null ? null : input(entity, field);
    }

    /** {@code parent} stands for the parent, and a field with the item's name for the item. */
    private Input input(Name entity, Name field) {
        if (field.text().equals(itemName)) {
            return new Input(null, field);
        }
        boolean generic = entity.text().equals("parent");
        return new Input(
                generic && parent != null ? new Name(parent.text(), entity.place()) : entity,
                field);
    }

    private ValueSource.@Nullable When condition(Node node) {
        List<Name> field = List.of();
        Scalar equals = null;
        for (Entry entry : values.entries(node, OlderShapes.CONDITION)) {
            switch (entry.key()) {
                case "field" -> field = values.names(entry.value());
                case "equals" -> equals = values.constant(entry.value());
                default -> throw Values.unread(entry);
            }
        }
        return field.isEmpty() || equals == null
                ? null
                : new ValueSource.When(field.getFirst(), equals);
    }
}
