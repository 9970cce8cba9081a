package io.nomnom.catalog;

import io.nomnom.catalog.PersistenceSpec.Index;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what entity files leave to be inferred: the fields and persistence of what an entity
 * extends, and for a field of a derived entity without a source the parent's field of that name.
 */
final class Resolver {
    private final Map<String, EntitySpec> declared = new HashMap<>();
    private final Map<String, Integer> levels = new HashMap<>();
    private final Map<String, EntitySpec> resolved = new HashMap<>();
    private final List<EntitySpec> entities;
    private final Issues issues;

    Resolver(List<EntitySpec> entities, Issues issues) {
        this.entities = entities;
        this.issues = issues;
        entities.forEach(entity -> declared.putIfAbsent(entity.name().text(), entity));
    }

    List<EntitySpec> resolve() {
        List<EntitySpec> extended = new ArrayList<>();
        for (EntitySpec entity : entities) {
            extended.add(extend(entity, new LinkedHashSet<>()));
        }
        List<EntitySpec> ending = Chains.cut(extended, issues);
        Map<String, EntitySpec> byName = new HashMap<>();
        ending.forEach(entity -> byName.putIfAbsent(entity.name().text(), entity));
        return ending.stream().map(entity -> copyByName(entity, byName)).toList();
    }

    private EntitySpec extend(EntitySpec entity, Set<String> way) {
        Name name = entity.base();
        if (name == null) {
            return entity;
        }
        boolean first = entity.equals(declared.get(entity.name().text()));
        EntitySpec known = first ? resolved.get(entity.name().text()) : null;
        if (known != null) {
            return known;
        }
        EntitySpec base = base(entity, name, way);
        EntitySpec whole = base == null ? entity : merge(entity, extend(base, way));
        if (first) {
            int level = levels.getOrDefault(name.text(), 0) + 1;
            levels.put(entity.name().text(), level);
            if (base != null && level == Chains.MOST + 1) {
                tooLong(entity, name);
            }
            resolved.put(entity.name().text(), whole);
        }
        return whole;
    }

    /** The entity that another extends; null and an issue where there is none. */
    private @Nullable EntitySpec base(EntitySpec entity, Name name, Set<String> way) {
        if (!way.add(entity.name().text())) {
            issues.error(
                    IssueCode.ENT206,
                    name.place(),
                    "extends goes in a circle: %s <- %s"
                            .formatted(String.join(" <- ", way), entity.name().text()));
            return null;
        }
        if (way.size() > Chains.MOST) {
            tooLong(entity, name);
            return null;
        }
        EntitySpec base = declared.get(name.text());
        if (base == null) {
            issues.error(
                    IssueCode.ENT204,
                    name.place(),
                    "extends names '%s', which is not an entity".formatted(name.text()),
                    Nearest.hint(name.text(), declared.keySet()));
        }
        return base;
    }

    private void tooLong(EntitySpec entity, Name base) {
        issues.error(
                IssueCode.ENT206,
                base.place(),
                "'%s' extends over more than %d levels"
                        .formatted(entity.name().text(), Chains.MOST));
    }

    private static EntitySpec merge(EntitySpec own, EntitySpec base) {
        Map<String, FieldSpec> fields = new LinkedHashMap<>();
        base.fields().forEach(field -> fields.put(field.name().snakeCase(), field));
        Set<String> seen = new LinkedHashSet<>();
        List<FieldSpec> doubled = new ArrayList<>();
        for (FieldSpec field : own.fields()) {
            if (seen.add(field.name().snakeCase())) {
                fields.put(field.name().snakeCase(), field);
            } else {
                doubled.add(field); // reported by the checker
            }
        }
        List<FieldSpec> all = new ArrayList<>(fields.values());
        all.addAll(doubled);
        return own.with(all, persistence(own, base));
    }

    private static @Nullable PersistenceSpec persistence(EntitySpec own, EntitySpec base) {
        PersistenceSpec inherited = base.persistence();
        PersistenceSpec mine = own.persistence();
        if (inherited == null) {
            return mine;
        }
        PersistenceSpec whole = mine == null ? inherited : mine.over(inherited);
        Name table = whole.table();
        boolean indexesInherited = mine == null || mine.indexes().isEmpty();
        if (!indexesInherited || table == null || !base.isAbstract() || own.isAbstract()) {
            return whole;
        }
        List<Index> renamed = new ArrayList<>();
        for (Index index : inherited.indexes()) {
            Name name = new Name(index.name().text() + "_" + table.text(), index.name().place());
            renamed.add(new Index(name, index.fields(), index.unique(), index.method()));
        }
        return new PersistenceSpec(
                whole.place(),
                whole.enabled(),
                table,
                whole.primaryKey(),
                whole.unicity(),
                whole.onConflict(),
                renamed,
                whole.foreignKeys(),
                whole.systemColumns(),
                whole.managed(),
                whole.legacy());
    }

    /** Fields without a source are copies of the parents' fields with the same name. */
    private static EntitySpec copyByName(EntitySpec entity, Map<String, EntitySpec> byName) {
        Derivation derivation = entity.derivation();
        if (derivation == null || derivation.repeatedFor() != null) {
            return entity;
        }
        List<FieldSpec> fields = new ArrayList<>();
        for (FieldSpec field : entity.fields()) {
            fields.add(
                    field.source() instanceof ValueSource.ByName
                            ? copyByName(field, derivation, byName)
                            : field);
        }
        return entity.with(fields, entity.persistence());
    }

    private static FieldSpec copyByName(
            FieldSpec field, Derivation derivation, Map<String, EntitySpec> byName) {
        for (Derivation.Parent parent : derivation.parents()) {
            EntitySpec spec = byName.get(parent.entity().text());
            FieldSpec same = spec == null ? null : spec.field(field.name().snakeCase());
            if (same != null) {
                return field.from(new ValueSource.CopyFrom(parent.entity(), field.name(), null));
            }
        }
        return field;
    }
}
