package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks the tables that entities are stored in. */
final class TableChecker {
    /** The engine's own tables. */
    private static final Set<String> OWN =
            Set.of("message_status", "message_payload", "catalog_version");

    /** PostgreSQL's limit is 1,600, dropped columns included. */
    private static final int MAX_COLUMNS = 1_500;

    static final String EXTRA = "extra";

    private final Names names;
    private final Issues issues;
    private final Map<String, EntitySpec> byTable = new HashMap<>();
    private final Map<String, EntitySpec> byIndex = new HashMap<>();

    TableChecker(Catalog catalog, Names names, Issues issues) {
        this.names = names;
        this.issues = issues;
        for (EntitySpec entity : catalog.entities()) {
            PersistenceSpec stored = entity.stored();
            if (stored != null && stored.table() != null) {
                byTable.putIfAbsent(stored.table().snakeCase(), entity);
            }
        }
    }

    void check(EntitySpec entity) {
        PersistenceSpec declared = entity.persistence();
        boolean off = declared == null || Boolean.FALSE.equals(declared.enabled());
        if (declared == null || off || entity.isAbstract()) {
            return;
        }
        Name table = declared.table();
        if (table == null) {
            issues.error(
                    IssueCode.ENT103,
                    declared.place(),
                    "persistence needs the key 'table'",
                    "or set enabled: false");
            return;
        }
        checkTable(entity, table);
        checkKey(entity, declared);
        checkIndexes(entity, declared);
        declared.foreignKeys().forEach(key -> checkForeignKey(entity, key));
        checkExtra(entity);
        if (entity.fields().stream().filter(FieldSpec::stored).count() > MAX_COLUMNS) {
            issues.error(
                    IssueCode.ENT503,
                    table.place(),
                    "more than %d columns; PostgreSQL takes no more".formatted(MAX_COLUMNS),
                    "keep what is rarely asked for in one field of type json");
        }
    }

    private void checkTable(EntitySpec entity, Name table) {
        names.identifier(table);
        EntitySpec other = byTable.get(table.snakeCase());
        if (other != null && !other.equals(entity)) {
            issues.error(
                    IssueCode.ENT501,
                    table.place(),
                    "table '%s' is written by %s already"
                            .formatted(table.text(), other.name().text()));
        }
        if (OWN.contains(table.snakeCase())) {
            issues.error(
                    IssueCode.ENT501,
                    table.place(),
                    "'%s' is the engine's own table".formatted(table.snakeCase()),
                    "name it otherwise");
        }
    }

    private void checkKey(EntitySpec entity, PersistenceSpec stored) {
        boolean natural = false;
        for (FieldSpec field : entity.fields()) {
            boolean key = field.constraints().primaryKey();
            natural |= key;
            if (key && field.constraints().nullable()) {
                issues.error(
                        IssueCode.ENT503,
                        field.name().place(),
                        "'%s' is part of the primary key and must not be nullable"
                                .formatted(field.name().text()));
            }
            if (key && !field.stored()) {
                issues.error(
                        IssueCode.ENT503,
                        field.name().place(),
                        "'%s' is part of the primary key and must be stored"
                                .formatted(field.name().text()));
            }
        }
        String id = stored.key().column();
        names.identifier(new Name(id, entity.name().place()));
        FieldSpec same = natural ? null : storedField(entity, id);
        if (same != null) {
            issues.error(
                    IssueCode.ENT503,
                    same.name().place(),
                    "'%s' is the column of the generated key".formatted(id),
                    "make it the key with constraints: {primaryKey: true}, or set primaryKey.name");
        }
        Set<String> seen = new HashSet<>();
        for (Name name : stored.unicity()) {
            FieldSpec field = names.stored(entity, name, "unicity");
            if (field != null && !seen.add(field.name().text())) {
                issues.error(
                        IssueCode.ENT105,
                        name.place(),
                        "unicity names '%s' twice".formatted(name.text()));
            }
            if (field != null && field.constraints().nullable()) {
                issues.warning(
                        IssueCode.ENT902,
                        name.place(),
                        "'%s' is part of the unicity and may be null: rows without it are never"
                                        .formatted(name.text())
                                + " updated, each message adds one",
                        "a key should be required");
            }
            if (field != null && unordered(field)) {
                issues.error(
                        IssueCode.ENT503,
                        name.place(),
                        "'%s' is %s, which cannot be a key".formatted(name.text(), field.type()));
            }
        }
    }

    private static @Nullable FieldSpec storedField(EntitySpec entity, String column) {
        return entity.fields().stream()
                .filter(field -> field.stored() && field.name().snakeCase().equals(column))
                .findFirst()
                .orElse(null);
    }

    private static boolean unordered(FieldSpec field) {
        FieldType.Kind kind = field.type().kind();
        return field.sound() && (kind == FieldType.Kind.JSON || kind.isStructure());
    }

    private void checkIndexes(EntitySpec entity, PersistenceSpec stored) {
        for (PersistenceSpec.Index index : stored.indexes()) {
            names.identifier(index.name());
            index.fields().forEach(field -> names.stored(entity, field, "an index"));
            String name = index.name().snakeCase();
            EntitySpec other = byIndex.putIfAbsent(name, entity);
            if (other != null || byTable.containsKey(name)) {
                issues.error(
                        IssueCode.ENT504,
                        index.name().place(),
                        "'%s' is the name of another index or table".formatted(name),
                        "indexes and tables share one name space");
            }
        }
    }

    private void checkForeignKey(EntitySpec entity, PersistenceSpec.ForeignKey key) {
        key.fields().forEach(field -> names.stored(entity, field, "a foreign key"));
        EntitySpec target = byTable.get(key.table());
        if (target == null) {
            String near = Nearest.hint(key.table(), byTable.keySet());
            if (near != null) {
                issues.warning(
                        IssueCode.ENT902,
                        key.written().place(),
                        "'%s' is not a table of this catalog".formatted(key.table()),
                        near);
            }
            return;
        }
        List<String> columns =
                target.fields().stream()
                        .filter(FieldSpec::stored)
                        .map(field -> field.name().snakeCase())
                        .toList();
        PersistenceSpec stored = target.stored();
        String id = stored == null ? "" : stored.key().column();
        for (String column : key.columns()) {
            if (!columns.contains(column) && !column.equals(id)) {
                issues.error(
                        IssueCode.ENT502,
                        key.written().place(),
                        "'%s' is not a column of %s".formatted(column, key.table()),
                        Nearest.hint(column, columns));
                return;
            }
        }
        if (key.enforce() && stored != null && !isKey(target, stored, key.columns())) {
            issues.error(
                    IssueCode.ENT503,
                    key.written().place(),
                    "an enforced foreign key refers to a key; %s is not unique in %s"
                            .formatted(String.join(", ", key.columns()), key.table()),
                    "make it the unicity of " + target.name().text());
        }
    }

    private static boolean isKey(EntitySpec target, PersistenceSpec stored, List<String> columns) {
        Set<String> wanted = Set.copyOf(columns);
        Set<String> unicity = new HashSet<>();
        stored.unicity().forEach(name -> unicity.add(name.snakeCase()));
        Set<String> primary = new HashSet<>();
        for (FieldSpec field : target.fields()) {
            String column = field.name().snakeCase();
            if (field.constraints().primaryKey()) {
                primary.add(column);
            }
            if (field.constraints().unique() && wanted.equals(Set.of(column))) {
                return true;
            }
        }
        boolean generated = primary.isEmpty() && wanted.equals(Set.of(stored.key().column()));
        return generated || wanted.equals(unicity) || wanted.equals(primary);
    }

    private void checkExtra(EntitySpec entity) {
        FieldSpec same =
                entity.ingest().additionalFields() == IngestSpec.AdditionalFields.KEEP
                        ? storedField(entity, EXTRA)
                        : null;
        if (same != null) {
            issues.error(
                    IssueCode.ENT504,
                    same.name().place(),
                    "'extra' is the column of additionalFields: keep",
                    "name the field otherwise");
        }
    }
}
