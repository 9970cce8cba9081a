package io.nomnom.catalog;

import io.nomnom.catalog.PersistenceSpec.ForeignKey;
import io.nomnom.catalog.PersistenceSpec.OnConflict;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Nearest;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code persistence} of an older document: the table, its key, and the column list. */
final class OlderPersistence {
    private static final List<String> DATABASE =
            List.of(
                    "conformant_table",
                    "conformant_id_column",
                    "autogenerate_conformant_id",
                    "unicity_fields",
                    "foreign_keys");

    /** A column of {@code field_overrides}; null parts leave the field as it is. */
    private record ColumnOverride(
            Name name,
            @Nullable FieldType type,
            @Nullable Boolean nullable,
            List<Integer> args,
            @Nullable Boolean index,
            Node node) {}

    private final Values values;
    private final TypeReader types;
    private @Nullable Name table;
    private String idColumn = V1PersistenceReader.GENERATED_ID.column();
    private List<Name> unicity = List.of();
    private List<ForeignKey> foreignKeys = List.of();
    private final Map<String, ColumnOverride> overrides = new LinkedHashMap<>();

    OlderPersistence(Values values) {
        this.values = values;
        this.types = new TypeReader(values);
    }

    OlderPersistence read(Node node) {
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "database" -> database(entry.value());
                case "primary_key" -> primaryKey(entry.value());
                case "field_overrides" ->
                        values.list(entry.value(), this::override)
                                .forEach(each -> overrides.put(each.name().text(), each));
                default ->
                        values.unknownKey(
                                entry,
                                "persistence",
                                List.of("database", "primary_key", "field_overrides"));
            }
        }
        return this;
    }

    /** Null where no table is named. */
    @Nullable PersistenceSpec spec() {
        return table == null
                ? null
                : new PersistenceSpec(
                        table,
                        new PersistenceSpec.PrimaryKey(
                                Name.snakeCase(idColumn), V1PersistenceReader.GENERATED_ID.type()),
                        unicity,
                        OnConflict.UPDATE,
                        List.of(),
                        foreignKeys,
                        true);
    }

    /**
     * The fields as the overrides refine them; without an override, neither stored nor required.
     */
    List<FieldSpec> columns(List<FieldSpec> fields) {
        if (overrides.isEmpty()) {
            return fields;
        }
        List<String> names = fields.stream().map(field -> field.name().text()).toList();
        for (ColumnOverride each : overrides.values()) {
            if (!names.contains(each.name().text()) && !each.name().text().equals(idColumn)) {
                values.issues()
                        .error(
                                IssueCode.ENT502,
                                each.name().place(),
                                "field_overrides names '%s', which is not a field"
                                        .formatted(each.name().text()),
                                Nearest.hint(each.name().text(), names));
            }
        }
        return fields.stream().map(this::column).toList();
    }

    private FieldSpec column(FieldSpec field) {
        ColumnOverride override = overrides.get(field.name().text());
        Constraints was = field.constraints();
        boolean nullable = true;
        boolean indexed = was.indexed();
        FieldType type = field.type();
        Integer maxLength = was.maxLength();
        if (override != null) {
            nullable = override.nullable() == null ? was.nullable() : override.nullable();
            indexed = override.index() == null ? indexed : override.index();
            type = refined(type, override);
            type = OlderFieldReader.sized(values, types, type, override.args(), override.node());
            Integer length = OlderFieldReader.length(type, override.args());
            maxLength = length == null ? maxLength : length;
        }
        return new FieldSpec(
                field.name(),
                type,
                field.doc(),
                new Constraints(
                        nullable,
                        was.minLength(),
                        maxLength,
                        was.minimum(),
                        was.maximum(),
                        was.pattern(),
                        was.enumeration(),
                        was.defaultValue(),
                        was.primaryKey(),
                        indexed,
                        was.unique()),
                field.coerce(),
                field.sound(),
                override != null && !type.kind().isStructure(),
                field.source());
    }

    /** The override's type; one that only repeats the kind keeps the field's digits. */
    private static FieldType refined(FieldType type, ColumnOverride override) {
        FieldType other = override.type();
        return other == null || other.kind() == type.kind() ? type : other;
    }

    private void database(Node node) {
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "conformant_table" -> table = values.name(entry.value());
                case "conformant_id_column" -> idColumn(entry.value());
                case "autogenerate_conformant_id" -> values.flag(entry.value());
                case "unicity_fields" -> unicity = values.list(entry.value(), values::name);
                case "foreign_keys" -> foreignKeys = values.list(entry.value(), this::foreignKey);
                default -> values.unknownKey(entry, "database", DATABASE);
            }
        }
    }

    private void idColumn(Node node) {
        String text = values.text(node);
        idColumn = text == null ? idColumn : text;
    }

    private void primaryKey(Node node) {
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "name" -> idColumn(entry.value());
                case "type" -> types.older(entry.value());
                case "autogenerate" -> values.flag(entry.value());
                default ->
                        values.unknownKey(
                                entry, "primary_key", List.of("name", "type", "autogenerate"));
            }
        }
    }

    private @Nullable ColumnOverride override(Node node) {
        Name name = null;
        FieldType type = null;
        Boolean nullable = null;
        Boolean index = null;
        List<Integer> args = new ArrayList<>();
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "type" -> type = types.older(entry.value());
                case "nullable" -> nullable = values.flag(entry.value());
                case "index" -> index = values.flag(entry.value());
                case "args" -> args.addAll(values.list(entry.value(), values::count));
                case "doc", "primary_key" -> {
                    // said by the field and by persistence.primary_key
                }
                default ->
                        values.unknownKey(
                                entry,
                                "field_overrides",
                                List.of("name", "type", "nullable", "args", "index", "doc"));
            }
        }
        return name == null ? null : new ColumnOverride(name, type, nullable, args, index, node);
    }

    private @Nullable ForeignKey foreignKey(Node node) {
        Name name = null;
        Name references = null;
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "references" -> references = values.name(entry.value());
                case "parent_entity", "nullable" -> {
                    // the field itself says so
                }
                default ->
                        values.unknownKey(
                                entry,
                                "a foreign key",
                                List.of("name", "references", "parent_entity", "nullable"));
            }
        }
        return name == null || references == null
                ? null
                : V1PersistenceReader.foreignKey(values, List.of(name), references, false);
    }
}
