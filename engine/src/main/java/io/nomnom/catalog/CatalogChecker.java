package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what only shows when all entities are known. */
final class CatalogChecker {
    private final Catalog catalog;
    private final Issues issues;
    private final Names names;

    CatalogChecker(Catalog catalog, Issues issues) {
        this.catalog = catalog;
        this.issues = issues;
        this.names = new Names(catalog, issues);
    }

    void check() {
        Map<String, EntitySpec> byName = new HashMap<>();
        Map<String, EntitySpec> byPrefix = new HashMap<>();
        DerivationChecker derivations = new DerivationChecker(catalog, names, issues);
        TableChecker tables = new TableChecker(catalog, names, issues);
        for (EntitySpec entity : catalog.entities()) {
            names.entityName(entity.name());
            EntitySpec other = byName.putIfAbsent(entity.name().text(), entity);
            if (other != null) {
                issues.error(
                        IssueCode.ENT201,
                        entity.name().place(),
                        "entity '%s' is declared in %s already"
                                .formatted(
                                        entity.name().text(), other.name().place().pathAndLine()));
            }
            checkFields(entity);
            checkIngest(entity, byPrefix);
            derivations.check(entity);
            tables.check(entity);
        }
    }

    private void checkFields(EntitySpec entity) {
        Map<String, FieldSpec> byColumn = new HashMap<>();
        for (FieldSpec field : entity.fields()) {
            names.identifier(field.name());
            FieldSpec other = byColumn.putIfAbsent(field.name().snakeCase(), field);
            if (other != null) {
                issues.error(
                        IssueCode.ENT307,
                        field.name().place(),
                        "'%s' and '%s' are one column, %s"
                                .formatted(
                                        other.name().text(),
                                        field.name().text(),
                                        field.name().snakeCase()));
            }
        }
        Existence existence = entity.existence();
        if (existence != null) {
            existence.any().forEach(name -> names.field(entity, name, "requireAny"));
            existence.all().forEach(name -> names.field(entity, name, "requireAll"));
        }
    }

    private void checkIngest(EntitySpec entity, Map<String, EntitySpec> byPrefix) {
        IngestSpec ingest = entity.ingest();
        if (ingest.prefix() != null) {
            checkPrefix(entity, ingest.prefix(), byPrefix);
        }
        for (IngestSpec.Layout layout : ingest.layouts()) {
            checkPrefix(entity, layout.prefix(), byPrefix);
            Set<String> seen = new HashSet<>();
            for (IngestSpec.Column column : layout.columns()) {
                Name name = column.field();
                FieldSpec field = name == null ? null : names.field(entity, name, "a layout");
                if (name != null && field != null && !seen.add(field.name().text())) {
                    issues.error(
                            IssueCode.ENT105,
                            name.place(),
                            "the layout names '%s' twice".formatted(name.text()));
                }
            }
        }
        checkIdempotencyKey(entity, ingest.idempotencyKey());
    }

    private void checkPrefix(EntitySpec entity, Name prefix, Map<String, EntitySpec> byPrefix) {
        String text = prefix.text();
        if (text.isBlank() || text.contains(entity.ingest().delimiter())) {
            issues.error(
                    IssueCode.ENT202,
                    prefix.place(),
                    "a prefix is not empty and does not hold the delimiter");
        }
        EntitySpec other = entity.isAbstract() ? null : byPrefix.putIfAbsent(text, entity);
        if (other != null) {
            issues.error(
                    IssueCode.ENT211,
                    prefix.place(),
                    "the prefix '%s' is taken by %s already".formatted(text, other.name().text()));
        }
    }

    private void checkIdempotencyKey(EntitySpec entity, List<Name> key) {
        Set<FieldSpec> fields = new HashSet<>();
        for (Name name : key) {
            FieldSpec field = names.field(entity, name, "idempotencyKey");
            if (field != null) {
                fields.add(field);
            }
        }
        PersistenceSpec stored = entity.stored();
        if (stored == null || key.isEmpty() || fields.isEmpty()) {
            return;
        }
        Set<FieldSpec> unicity = new HashSet<>();
        stored.unicity()
                .forEach(name -> {
                    FieldSpec field = entity.field(name.text());
                    if (field != null) {
                        unicity.add(field);
                    }
                });
        if (unicity.equals(fields)) {
            issues.warning(
                    IssueCode.ENT902,
                    key.getFirst().place(),
                    "idempotencyKey equals the unicity: an update of a row would be taken for a"
                            + " repeat of its first message",
                    "name the fields that tell messages apart, such as an event's id");
        }
    }
}
