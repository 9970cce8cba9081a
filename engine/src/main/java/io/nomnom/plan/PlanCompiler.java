package io.nomnom.plan;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.Name;
import io.nomnom.catalog.PersistenceSpec;
import io.nomnom.yaml.Issues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a catalog into a plan: names become slots, once. What only shows here (types of sources,
 * patterns, constants) is reported as issues.
 */
public final class PlanCompiler {
    /** The key by which a payload may name its entity; never an unknown one. */
    private static final String ENTITY_KEY = "entity_type";

    private final Catalog catalog;
    private final Issues issues;
    private final Map<String, TablePlan> tables = new LinkedHashMap<>();

    private PlanCompiler(Catalog catalog, Issues issues) {
        this.catalog = catalog;
        this.issues = issues;
    }

    /**
     * The plan, or null where the catalog has errors; all of them are in {@code issues} then. A
     * catalog that was read with errors is compiled too, to find those that only show here.
     */
    public static @Nullable Plan compile(Catalog catalog, Issues issues) {
        return new PlanCompiler(catalog, issues).compile();
    }

    private @Nullable Plan compile() {
        for (EntitySpec entity : catalog.entities()) {
            PersistenceSpec persistence = entity.persistence();
            if (persistence != null) {
                tables.put(
                        entity.name().text(),
                        new TableCompiler(catalog, entity, persistence).table());
            }
        }
        Map<String, MessagePlan> routes = new HashMap<>();
        for (EntitySpec entity : catalog.entities()) {
            if (entity.type() != EntitySpec.Type.REFERENCE) {
                MessagePlan route = route(entity);
                if (entity.ingestible()) {
                    routes.put(entity.name().text(), route);
                }
                checkOrphan(entity);
            }
        }
        return issues.hasErrors()
                ? null
                : new Plan(catalog.hash(), routes, writingOrder(), catalog);
    }

    /**
     * An entity whose parent is at fault is in no route but its own; its sources are checked here.
     */
    private void checkOrphan(EntitySpec entity) {
        if (entity.derivation() != null && parent(entity) == null) {
            FieldCompiler compiler = new FieldCompiler(entity, List.of(), 1, issues);
            for (int slot = 0; slot < entity.fields().size(); slot++) {
                var _ = compiler.compile(entity.fields().get(slot), slot);
            }
            var _ = compiler.order();
        }
    }

    /** The sent entity and its descendants, level by level. */
    private MessagePlan route(EntitySpec sent) {
        List<EntitySpec> specs = new ArrayList<>(List.of(sent));
        List<EntityPlan> plans = new ArrayList<>(List.of(entity(sent, specs, -1)));
        for (int i = 0; i < specs.size(); i++) {
            String parent = specs.get(i).name().text();
            for (EntitySpec each : catalog.entities()) {
                Derivation derivation = each.derivation();
                if (derivation != null
                        && derivation.entity().text().equals(parent)
                        && !specs.contains(each)) {
                    specs.add(each);
                    plans.add(entity(each, specs, i));
                }
            }
        }
        return new MessagePlan(sent.name().text(), plans);
    }

    private EntityPlan entity(EntitySpec spec, List<EntitySpec> route, int parent) {
        FieldCompiler compiler =
                new FieldCompiler(spec, ancestors(spec), present(spec, route.getFirst()), issues);
        List<FieldPlan> fields = new ArrayList<>();
        Set<String> known = new HashSet<>();
        for (FieldSpec field : spec.fields()) {
            fields.add(compiler.compile(field, fields.size()));
            known.add(field.name().text());
            known.add(field.name().snakeCase());
        }
        if (parent < 0) {
            known.add(ENTITY_KEY);
        }
        List<Integer> keySlots = new ArrayList<>();
        if (spec.persistence() != null) {
            for (Name name : spec.persistence().unicity()) {
                keySlots.add(compiler.slot(name.text()));
            }
        }
        int listSlot = -1;
        if (parent >= 0 && spec.derivation() instanceof Derivation.RepeatedFor repeated) {
            EntitySpec above = route.get(parent);
            FieldSpec list = above.field(repeated.field().text());
            listSlot = list == null ? -1 : above.fields().indexOf(list);
        }
        return new EntityPlan(
                spec.name().text(),
                parent,
                listSlot,
                fields,
                compiler.order(),
                tables.get(spec.name().text()),
                keySlots,
                spec.rejectsUnknown() ? known : Set.of(),
                new Origin(spec.name().place().pathAndLine()));
    }

    /** The parent, its parent and so on, up to the root. */
    private List<EntitySpec> ancestors(EntitySpec entity) {
        List<EntitySpec> above = new ArrayList<>();
        EntitySpec each = parent(entity);
        while (each != null && !above.contains(each)) {
            above.add(each);
            each = parent(each);
        }
        return above;
    }

    private @Nullable EntitySpec parent(EntitySpec entity) {
        Derivation derivation = entity.derivation();
        return derivation == null ? null : catalog.entity(derivation.entity().text());
    }

    /** How many derivations lie between an entity and the one that is sent. */
    private int present(EntitySpec entity, EntitySpec sent) {
        return entity.equals(sent) ? 0 : ancestors(entity).indexOf(sent) + 1;
    }

    private List<TablePlan> writingOrder() {
        Map<String, TablePlan> ordered = new LinkedHashMap<>();
        Map<String, TablePlan> byName = new HashMap<>();
        tables.values().forEach(table -> byName.put(table.name(), table));
        for (TablePlan table : tables.values()) {
            place(table, byName, ordered, new HashSet<>());
        }
        return List.copyOf(ordered.values());
    }

    private void place(
            TablePlan table,
            Map<String, TablePlan> byName,
            Map<String, TablePlan> ordered,
            Set<String> onTheWay) {
        if (ordered.containsKey(table.name()) || !onTheWay.add(table.name())) {
            return;
        }
        for (String depends : table.depends()) {
            TablePlan other = byName.get(depends);
            if (other != null) {
                place(other, byName, ordered, onTheWay);
            }
        }
        ordered.put(table.name(), table);
    }
}
