package io.nomnom.catalog;

import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.catalog.PersistenceSpec.ForeignKey;
import io.nomnom.catalog.PersistenceSpec.Index;
import io.nomnom.catalog.PersistenceSpec.OnConflict;
import io.nomnom.catalog.PersistenceSpec.PrimaryKey;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.persistence} of a v1 document. */
final class V1PersistenceReader {
    private final Values values;

    V1PersistenceReader(Values values) {
        this.values = values;
    }

    PersistenceSpec read(Node node) {
        Boolean enabled = null;
        Boolean systemColumns = null;
        Boolean managed = null;
        Name table = null;
        PrimaryKey primaryKey = null;
        List<Name> unicity = List.of();
        OnConflict onConflict = null;
        List<Index> indexes = List.of();
        List<ForeignKey> foreignKeys = List.of();
        PersistenceSpec.Legacy legacy = null;
        for (Entry entry : values.entries(node, V1Shapes.PERSISTENCE)) {
            Node value = entry.value();
            switch (entry.key()) {
                case "enabled" -> enabled = values.flag(value);
                case "managed" -> managed = values.flag(value);
                case "systemColumns" -> systemColumns = values.flag(value);
                case "table" -> table = values.name(value);
                case "primaryKey" -> primaryKey = primaryKey(value);
                case "unicity" -> unicity = unicity(value);
                case "onConflict" -> onConflict = values.oneOf(value, OnConflict.class);
                case "indexes" -> indexes = values.list(value, this::index);
                case "foreignKeys" -> foreignKeys = values.list(value, this::foreignKey);
                case "legacyMapping" -> legacy = legacy(value);
                default -> throw Values.unread(entry);
            }
        }
        return new PersistenceSpec(
                node.place(),
                enabled,
                table,
                primaryKey,
                unicity,
                onConflict,
                indexes,
                foreignKeys,
                systemColumns,
                managed,
                legacy);
    }

    private PersistenceSpec.Legacy legacy(Node node) {
        boolean enabled = false;
        String table = "";
        String idColumn = "";
        for (Entry entry : values.entries(node, V1Shapes.LEGACY)) {
            switch (entry.key()) {
                case "enabled" -> enabled = values.flag(entry.value(), false);
                case "table" -> table = values.text(entry.value(), "");
                case "idColumn" -> idColumn = values.text(entry.value(), "");
                default -> throw Values.unread(entry);
            }
        }
        return new PersistenceSpec.Legacy(enabled, table, idColumn);
    }

    private PrimaryKey primaryKey(Node node) {
        String name = "id";
        FieldType type = FieldType.of(Kind.BIGINT);
        for (Entry entry : values.entries(node, V1Shapes.PRIMARY_KEY)) {
            switch (entry.key()) {
                case "name" -> name = values.text(entry.value(), name);
                case "type" -> {
                    KeyType read = values.oneOf(entry.value(), KeyType.class);
                    type = read == KeyType.INTEGER ? FieldType.of(Kind.INTEGER) : type;
                }
                case "generated" -> {
                    if (!values.flag(entry.value(), true)) {
                        values.issues()
                                .error(
                                        IssueCode.ENT503,
                                        entry.value().place(),
                                        "a primary key that is not generated is a field",
                                        "set constraints.primaryKey on the field instead");
                    }
                }
                default -> throw Values.unread(entry);
            }
        }
        return new PrimaryKey(Name.snakeCase(name), type);
    }

    private List<Name> unicity(Node node) {
        List<Name> fields = List.of();
        for (Entry entry : values.entries(node, V1Shapes.UNICITY)) {
            fields = values.names(entry.value(), "unicity");
        }
        return fields;
    }

    private @Nullable Index index(Node node) {
        Name name = null;
        List<Name> fields = List.of();
        boolean unique = false;
        Method method = Method.BTREE;
        for (Entry entry : values.entries(node, V1Shapes.INDEX)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "fields" -> fields = values.names(entry.value(), "an index");
                case "unique" -> unique = values.flag(entry.value(), false);
                case "method" -> {
                    Method read = values.oneOf(entry.value(), Method.class);
                    method = read == null ? method : read;
                }
                default -> throw Values.unread(entry);
            }
        }
        if (unique && method != Method.BTREE) {
            values.issues()
                    .error(IssueCode.ENT503, node.place(), "only a btree index can be unique");
        }
        return name == null || fields.isEmpty()
                ? null
                : new Index(name, fields, unique, method.name().toLowerCase(Locale.ROOT));
    }

    private @Nullable ForeignKey foreignKey(Node node) {
        List<Name> fields = List.of();
        Name references = null;
        boolean enforce = false;
        for (Entry entry : values.entries(node, V1Shapes.FOREIGN_KEY)) {
            switch (entry.key()) {
                case "fields" -> fields = values.names(entry.value(), "a foreign key");
                case "references" -> references = values.name(entry.value());
                case "enforce" -> enforce = values.flag(entry.value(), false);
                default -> throw Values.unread(entry);
            }
        }
        return references == null || fields.isEmpty()
                ? null
                : foreignKey(values, fields, references, enforce);
    }

    /** A foreign key from {@code table.column}, or {@code table.column,column}. */
    static @Nullable ForeignKey foreignKey(
            Values values, List<Name> fields, Name references, boolean enforce) {
        String[] parts = references.text().split("\\.", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
            values.issues()
                    .error(
                            IssueCode.ENT102,
                            references.place(),
                            "a reference is written table.column");
            return null;
        }
        List<String> columns = List.of(parts[1].strip().split("\\s*,\\s*"));
        if (columns.size() != fields.size()) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            references.place(),
                            "%d fields refer to %d columns"
                                    .formatted(fields.size(), columns.size()),
                            "as many columns as fields: table.column,column");
            return null;
        }
        return new ForeignKey(fields, parts[0].strip(), columns, enforce, references);
    }

    /** The types a generated key may have. */
    private enum KeyType {
        BIGINT,
        INTEGER
    }

    /** PostgreSQL's index methods. */
    private enum Method {
        BTREE,
        HASH,
        GIN,
        GIST,
        BRIN
    }
}
