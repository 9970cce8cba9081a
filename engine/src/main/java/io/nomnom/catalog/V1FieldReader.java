package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.Place;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a field of a v1 document: its type, constraints and source. */
final class V1FieldReader {
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
        Boolean persisted = null;
        Constraints constraints = Constraints.NONE;
        for (Entry entry : values.entries(node, V1Shapes.FIELD)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "type" -> type = types.v1(entry.value());
                case "doc" -> {
                    String text = values.text(entry.value());
                    doc = text == null ? "" : text;
                }
                case "coerce" -> coerce = values.flag(entry.value(), false);
                case "persisted" -> persisted = values.flag(entry.value());
                case "constraints" -> constraints = constraints(entry.value());
                case "path",
                        "copyFrom",
                        "constant",
                        "transform",
                        "field",
                        "when",
                        "inputs",
                        "args",
                        "expression" -> {
                    // read together by V1SourceReader
                }
                default -> throw Values.unread(entry);
            }
        }
        if (!(node instanceof Mapping mapping)) {
            return null;
        }
        ValueSource source = new V1SourceReader(values).read(mapping);
        FieldType refined = type == null ? null : refine(type, mapping);
        if (name == null) {
            return null;
        }
        if (refined == null) {
            return FieldSpec.unsound(name);
        }
        if (coerce && !refined.kind().isNumeric() && refined.kind() != FieldType.Kind.BOOLEAN) {
            values.issues()
                    .warning(
                            IssueCode.ENT901,
                            name.place(),
                            "coerce has no effect on type " + refined,
                            "it is for numbers and booleans");
        }
        boolean stored = persisted == null ? !refined.kind().isStructure() : persisted;
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
        Map<String, Place> places = new HashMap<>();
        for (Entry entry : values.entries(node, V1Shapes.CONSTRAINTS)) {
            Node value = entry.value();
            places.put(entry.key(), value.place());
            switch (entry.key()) {
                case "nullable" -> nullable = values.flag(value, false);
                case "minLength" -> minLength = values.count(value);
                case "maxLength" -> maxLength = values.count(value);
                case "minimum" -> minimum = values.number(value);
                case "maximum" -> maximum = values.number(value);
                case "pattern" -> pattern = values.text(value);
                case "enum" -> enumeration = values.list(value, values::constant);
                case "default" -> defaultValue = values.constant(value);
                case "primaryKey" -> primaryKey = values.flag(value, false);
                case "indexed" -> indexed = values.flag(value, false);
                case "unique" -> unique = values.flag(value, false);
                case "precision", "scale", "items" -> {
                    // part of the type, read by refine()
                }
                default -> throw Values.unread(entry);
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
                unique,
                places);
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
        } else if (scale != null && mapping.entry("precision").isEmpty()) {
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
}
