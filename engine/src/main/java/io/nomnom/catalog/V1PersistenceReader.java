package io.nomnom.catalog;

import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.catalog.PersistenceSpec.ForeignKey;
import io.nomnom.catalog.PersistenceSpec.Index;
import io.nomnom.catalog.PersistenceSpec.OnConflict;
import io.nomnom.catalog.PersistenceSpec.PrimaryKey;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.persistence} of a v1 document. */
final class V1PersistenceReader {
    static final PrimaryKey GENERATED_ID = new PrimaryKey("id", FieldType.of(Kind.BIGINT));
    private static final List<String> KEYS =
            List.of(
                    "enabled",
                    "table",
                    "primaryKey",
                    "unicity",
                    "onConflict",
                    "indexes",
                    "foreignKeys",
                    "managed");

    private final Values values;

    V1PersistenceReader(Values values) {
        this.values = values;
    }

    /** Null where the entity is transient, or where no table is named (reported). */
    @Nullable PersistenceSpec read(Node node) {
        boolean enabled = true;
        boolean managed = true;
        Name table = null;
        PrimaryKey primaryKey = GENERATED_ID;
        List<Name> unicity = List.of();
        OnConflict onConflict = OnConflict.UPDATE;
        List<Index> indexes = List.of();
        List<ForeignKey> foreignKeys = List.of();
        for (Entry entry : values.entries(node)) {
            Node value = entry.value();
            switch (entry.key()) {
                case "enabled" -> enabled = values.flag(value, true);
                case "managed" -> managed = values.flag(value, true);
                case "table" -> table = values.name(value);
                case "primaryKey" -> primaryKey = primaryKey(value);
                case "unicity" -> unicity = unicity(value);
                case "onConflict" -> {
                    OnConflict read = values.oneOf(value, OnConflict.class);
                    onConflict = read == null ? onConflict : read;
                }
                case "indexes" -> indexes = values.list(value, this::index);
                case "foreignKeys" -> foreignKeys = values.list(value, this::foreignKey);
                default -> values.unknownKey(entry, "persistence", KEYS);
            }
        }
        if (enabled && table == null && node instanceof Mapping mapping) {
            if (mapping.entry("table").isEmpty()) {
                values.missing(node, "table", "persistence");
            }
        }
        return !enabled || table == null
                ? null
                : new PersistenceSpec(
                        table, primaryKey, unicity, onConflict, indexes, foreignKeys, managed);
    }

    private PrimaryKey primaryKey(Node node) {
        String name = GENERATED_ID.column();
        FieldType type = GENERATED_ID.type();
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "name" -> {
                    String text = values.text(entry.value());
                    name = text == null ? name : text;
                }
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
                default ->
                        values.unknownKey(
                                entry, "primaryKey", List.of("name", "type", "generated"));
            }
        }
        return new PrimaryKey(Name.snakeCase(name), type);
    }

    private List<Name> unicity(Node node) {
        List<Name> fields = new ArrayList<>();
        for (Entry entry : values.entries(node)) {
            if (entry.key().equals("fields")) {
                fields.addAll(values.list(entry.value(), values::name));
            } else {
                values.unknownKey(entry, "unicity", List.of("fields"));
            }
        }
        return fields;
    }

    private @Nullable Index index(Node node) {
        Name name = null;
        List<Name> fields = List.of();
        boolean unique = false;
        Method method = Method.BTREE;
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "fields" -> fields = values.list(entry.value(), values::name);
                case "unique" -> unique = values.flag(entry.value(), false);
                case "method" -> {
                    Method read = values.oneOf(entry.value(), Method.class);
                    method = read == null ? method : read;
                }
                default ->
                        values.unknownKey(
                                entry, "an index", List.of("name", "fields", "unique", "method"));
            }
        }
        if (name == null || fields.isEmpty()) {
            values.missing(node, name == null ? "name" : "fields", "an index");
            return null;
        }
        return new Index(name, fields, unique, method.name().toLowerCase(java.util.Locale.ROOT));
    }

    private @Nullable ForeignKey foreignKey(Node node) {
        List<Name> fields = List.of();
        Name references = null;
        boolean enforce = false;
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "fields" -> fields = values.list(entry.value(), values::name);
                case "references" -> references = values.name(entry.value());
                case "enforce" -> enforce = values.flag(entry.value(), false);
                default ->
                        values.unknownKey(
                                entry, "a foreign key", List.of("fields", "references", "enforce"));
            }
        }
        if (references == null || fields.isEmpty()) {
            values.missing(node, references == null ? "references" : "fields", "a foreign key");
            return null;
        }
        return foreignKey(values, fields, references, enforce);
    }

    /** A foreign key from {@code table.column}. */
    static @Nullable ForeignKey foreignKey(
            Values values, List<Name> fields, Name references, boolean enforce) {
        String[] parts = references.text().split("\\.", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            values.issues()
                    .error(
                            IssueCode.ENT102,
                            references.place(),
                            "a reference is written table.column");
            return null;
        }
        return new ForeignKey(fields, parts[0], parts[1], enforce, references);
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
