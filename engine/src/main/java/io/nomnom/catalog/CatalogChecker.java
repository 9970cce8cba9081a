package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks what only shows when all entities are known: names, references, cycles, tables. */
final class CatalogChecker {
    /** PostgreSQL cuts longer identifiers in silence. */
    private static final int MAX_IDENTIFIER_BYTES = 63;

    private static final String SYSTEM_COLUMN_PREFIX = "_";

    private final Catalog catalog;
    private final Issues issues;

    CatalogChecker(Catalog catalog, Issues issues) {
        this.catalog = catalog;
        this.issues = issues;
    }

    void check() {
        Map<String, EntitySpec> byName = new HashMap<>();
        Map<String, EntitySpec> byTable = new HashMap<>();
        for (EntitySpec entity : catalog.entities()) {
            checkName(entity);
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
            checkDerivation(entity);
            checkPersistence(entity, byTable);
        }
        checkCycles();
    }

    private void checkName(EntitySpec entity) {
        Name name = entity.name();
        if (!name.text().matches("[A-Z][A-Za-z0-9]{0,62}")) {
            issues.error(
                    IssueCode.ENT202,
                    name.place(),
                    "'%s' is not an entity name: letters and digits in PascalCase, 63 at most"
                            .formatted(name.text()));
        }
    }

    private void checkFields(EntitySpec entity) {
        Map<String, FieldSpec> byColumn = new HashMap<>();
        for (FieldSpec field : entity.fields()) {
            identifier(field.name());
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
    }

    private void identifier(Name name) {
        boolean allowed =
                name.text().matches("[A-Za-z][A-Za-z0-9_]*")
                        && name.snakeCase().getBytes(StandardCharsets.UTF_8).length
                                <= MAX_IDENTIFIER_BYTES;
        if (!allowed) {
            boolean system = name.text().startsWith(SYSTEM_COLUMN_PREFIX);
            issues.error(
                    IssueCode.ENT202,
                    name.place(),
                    "'%s' is not allowed: letters, digits and underscores, a letter first, %d at most"
                            .formatted(name.text(), MAX_IDENTIFIER_BYTES),
                    system ? "a leading underscore is for system columns" : null);
        }
    }

    private void checkDerivation(EntitySpec entity) {
        Derivation derivation = entity.derivation();
        if (entity.type() != EntitySpec.Type.DERIVED) {
            if (derivation != null) {
                issues.error(
                        IssueCode.ENT203,
                        derivation.entity().place(),
                        "a %s entity is not derived from another"
                                .formatted(entity.type().name().toLowerCase(java.util.Locale.ROOT)),
                        "set type: derived");
            }
            return;
        }
        if (derivation == null) {
            issues.error(
                    IssueCode.ENT203,
                    entity.name().place(),
                    "a derived entity needs derivation.parent or derivation.repeatedFor");
            return;
        }
        boolean repeats = derivation instanceof Derivation.RepeatedFor;
        EntitySpec parent =
                entity(derivation.entity(), repeats ? "repeatedFor.entity" : "derivation.parent");
        if (parent == null) {
            return;
        }
        if (parent.type() == EntitySpec.Type.REFERENCE) {
            issues.error(
                    IssueCode.ENT203,
                    derivation.entity().place(),
                    "'%s' is a reference entity; no message brings it"
                            .formatted(parent.name().text()));
        }
        if (derivation instanceof Derivation.RepeatedFor repeated) {
            FieldSpec list = field(parent, repeated.field(), "repeatedFor.field");
            if (list != null && list.sound() && list.type().kind() != FieldType.Kind.LIST) {
                issues.error(
                        IssueCode.ENT207,
                        repeated.field().place(),
                        "'%s' is of type %s; only a list repeats"
                                .formatted(list.name().text(), list.type()));
            }
        }
    }

    private @Nullable EntitySpec entity(Name name, String key) {
        EntitySpec entity = catalog.entity(name.text());
        if (entity == null) {
            List<String> names =
                    catalog.entities().stream().map(each -> each.name().text()).toList();
            issues.error(
                    IssueCode.ENT204,
                    name.place(),
                    "%s names '%s', which is not an entity".formatted(key, name.text()),
                    Nearest.hint(name.text(), names));
        }
        return entity;
    }

    private @Nullable FieldSpec field(EntitySpec entity, Name name, String key) {
        FieldSpec field = entity.field(name.text());
        if (field == null) {
            List<String> names = entity.fields().stream().map(each -> each.name().text()).toList();
            issues.error(
                    IssueCode.ENT205,
                    name.place(),
                    "%s names '%s', which is not a field of %s"
                            .formatted(key, name.text(), entity.name().text()),
                    Nearest.hint(name.text(), names));
        }
        return field;
    }

    private void checkPersistence(EntitySpec entity, Map<String, EntitySpec> byTable) {
        PersistenceSpec persistence = entity.persistence();
        if (persistence == null) {
            return;
        }
        identifier(persistence.table());
        EntitySpec other = byTable.putIfAbsent(persistence.table().snakeCase(), entity);
        if (other != null) {
            issues.error(
                    IssueCode.ENT501,
                    persistence.table().place(),
                    "table '%s' is written by %s already"
                            .formatted(persistence.table().text(), other.name().text()));
        }
        for (Name field : persistence.unicity()) {
            stored(entity, field, "unicity");
        }
        for (PersistenceSpec.Index index : persistence.indexes()) {
            identifier(index.name());
            index.fields().forEach(field -> stored(entity, field, "an index"));
        }
        for (PersistenceSpec.ForeignKey key : persistence.foreignKeys()) {
            key.fields().forEach(field -> stored(entity, field, "a foreign key"));
        }
    }

    private void stored(EntitySpec entity, Name name, String where) {
        FieldSpec field = entity.field(name.text());
        if (field == null || !field.stored()) {
            List<String> names =
                    entity.fields().stream()
                            .filter(FieldSpec::stored)
                            .map(each -> each.name().text())
                            .toList();
            issues.error(
                    IssueCode.ENT502,
                    name.place(),
                    "%s names '%s', which is not a stored field of %s"
                            .formatted(where, name.text(), entity.name().text()),
                    Nearest.hint(name.text(), names));
        }
    }

    private void checkCycles() {
        for (EntitySpec entity : catalog.entities()) {
            Derivation start = entity.derivation();
            Set<String> way = new LinkedHashSet<>();
            EntitySpec each = entity;
            while (each != null && way.add(each.name().text())) {
                Derivation derivation = each.derivation();
                each = derivation == null ? null : catalog.entity(derivation.entity().text());
            }
            if (start != null && entity.equals(each)) {
                issues.error(
                        IssueCode.ENT206,
                        start.entity().place(),
                        "derivation goes in a circle: %s <- %s"
                                .formatted(String.join(" <- ", way), entity.name().text()));
            }
        }
    }
}
