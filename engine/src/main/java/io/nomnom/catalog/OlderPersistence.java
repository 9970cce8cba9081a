package io.nomnom.catalog;

import io.nomnom.catalog.PersistenceSpec.ForeignKey;
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
    private @Nullable String idColumn;
    private @Nullable Node notGenerated;
    private List<Name> unicity = List.of();
    private List<ForeignKey> foreignKeys = List.of();
    private String legacyTable = "";
    private String legacyId = "";
    private final Map<String, ColumnOverride> overrides = new LinkedHashMap<>();

    OlderPersistence(Values values) {
        this.values = values;
        this.types = new TypeReader(values);
    }

    OlderPersistence read(Node node) {
        for (Entry entry : values.entries(node, OlderShapes.PERSISTENCE)) {
            switch (entry.key()) {
                case "database" -> database(entry.value());
                case "primary_key" -> primaryKey(entry.value());
                case "field_overrides" ->
                        values.list(entry.value(), this::override)
                                .forEach(each -> overrides.put(each.name().text(), each));
                default -> throw Values.unread(entry);
            }
        }
        return this;
    }

    /** Null where no table is named. */
    @Nullable PersistenceSpec spec() {
        boolean legacy = !legacyTable.isEmpty();
        return table == null
                ? null
                : new PersistenceSpec(
                        table.place(),
                        null,
                        table,
                        idColumn == null
                                ? null
                                : new PersistenceSpec.PrimaryKey(
                                        Name.snakeCase(idColumn),
                                        FieldType.of(FieldType.Kind.BIGINT)),
                        unicity,
                        null,
                        List.of(),
                        foreignKeys,
                        null,
                        null,
                        legacy ? new PersistenceSpec.Legacy(true, legacyTable, legacyId) : null);
    }

    /**
     * The fields as the overrides refine them; without an override, neither stored nor required.
     */
    List<FieldSpec> columns(List<FieldSpec> fields) {
        List<String> names = fields.stream().map(field -> field.name().text()).toList();
        String id = idColumn == null ? "id" : idColumn;
        if (notGenerated != null && !names.contains(id)) {
            values.issues()
                    .error(
                            IssueCode.ENT503,
                            notGenerated.place(),
                            "the key column '%s' is not generated, and no field fills it"
                                    .formatted(id),
                            Nearest.hint(id, names));
        }
        for (ColumnOverride each : overrides.values()) {
            if (!names.contains(each.name().text()) && !each.name().text().equals(id)) {
                values.issues()
                        .error(
                                IssueCode.ENT502,
                                each.name().place(),
                                "field_overrides names '%s', which is not a field"
                                        .formatted(each.name().text()),
                                Nearest.hint(each.name().text(), names));
            }
        }
        List<FieldSpec> columns = new ArrayList<>();
        for (FieldSpec field : fields) {
            FieldSpec column = overrides.isEmpty() ? field : column(field);
            boolean key = notGenerated != null && field.name().text().equals(id);
            columns.add(key ? column.asPrimaryKey() : column);
        }
        return columns;
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
                        was.unique(),
                        was.places()),
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
        for (Entry entry : values.entries(node, OlderShapes.DATABASE)) {
            Node value = entry.value();
            switch (entry.key()) {
                case "conformant_table" -> table = values.name(value);
                case "conformant_id_column" -> idColumn = values.text(value);
                case "autogenerate_conformant_id" -> generated(value);
                case "unicity_fields" -> unicity = values.list(value, values::name);
                case "foreign_keys" -> foreignKeys = values.list(value, this::foreignKey);
                case "legacy_table" -> legacyTable = values.text(value, "");
                case "legacy_id_column" -> legacyId = values.text(value, "");
                default -> throw Values.unread(entry);
            }
        }
    }

    private void generated(Node node) {
        notGenerated = values.flag(node, true) ? null : node;
    }

    private void primaryKey(Node node) {
        for (Entry entry : values.entries(node, OlderShapes.PRIMARY_KEY)) {
            switch (entry.key()) {
                case "name" -> idColumn = values.text(entry.value());
                case "type" -> types.older(entry.value());
                case "autogenerate" -> generated(entry.value());
                default -> throw Values.unread(entry);
            }
        }
    }

    private @Nullable ColumnOverride override(Node node) {
        Name name = null;
        FieldType type = null;
        Boolean nullable = null;
        Boolean index = null;
        List<Integer> args = new ArrayList<>();
        for (Entry entry : values.entries(node, OlderShapes.OVERRIDE)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "type" -> type = types.older(entry.value());
                case "nullable" -> nullable = values.flag(entry.value());
                case "index" -> index = values.flag(entry.value());
                case "args" -> args.addAll(values.list(entry.value(), values::count));
                case "doc", "primary_key" -> {
                    // said by the field and by persistence.primary_key
                }
                default -> throw Values.unread(entry);
            }
        }
        return name == null ? null : new ColumnOverride(name, type, nullable, args, index, node);
    }

    private @Nullable ForeignKey foreignKey(Node node) {
        Name name = null;
        Name references = null;
        for (Entry entry : values.entries(node, OlderShapes.FOREIGN_KEY)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "references" -> references = values.name(entry.value());
                case "parent_entity", "nullable" -> {
                    // the field itself says so
                }
                default -> throw Values.unread(entry);
            }
        }
        return name == null || references == null
                ? null
                : V1PersistenceReader.foreignKey(values, List.of(name), references, false);
    }
}
