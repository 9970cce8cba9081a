package io.nomnom.plan;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.IngestSpec;
import io.nomnom.catalog.Name;
import io.nomnom.catalog.PersistenceSpec;
import io.nomnom.catalog.Scopes;
import io.nomnom.transform.OwnTransforms;
import io.nomnom.transform.Transforms;
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
 * patterns, constants, expressions) is reported as issues.
 */
public final class PlanCompiler {
    private final Catalog catalog;
    private final Issues issues;
    private final Scopes scopes;
    private final Transforms transforms;
    private final Map<String, TablePlan> tables = new LinkedHashMap<>();
    private final EntityCompiler entities;

    private PlanCompiler(Catalog catalog, Issues issues) {
        this.catalog = catalog;
        this.issues = issues;
        this.scopes = new Scopes(catalog);
        this.transforms = OwnTransforms.compile(catalog, issues);
        this.entities = new EntityCompiler(catalog, transforms, tables, issues);
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
            PersistenceSpec stored = entity.stored();
            if (stored != null && stored.table() != null) {
                tables.put(
                        entity.name().text(),
                        new TableCompiler(catalog, entity, stored, stored.table()).table());
            }
        }
        entities.compileAll();
        if (issues.hasErrors()) {
            return null;
        }
        Map<String, MessagePlan> routes = new LinkedHashMap<>();
        for (EntitySpec entity : catalog.entities()) {
            if (!entity.isAbstract() && entity.ingestible()) {
                routes.put(entity.name().text(), route(entity));
            }
        }
        return new Plan(catalog.hash(), routes, lines(), writingOrder(), transforms, catalog);
    }

    /** The sent entity and its descendants, parents before children. */
    private MessagePlan route(EntitySpec sent) {
        Map<String, Integer> steps = new HashMap<>();
        List<Step> route = new ArrayList<>();
        steps.put(sent.name().text(), 0);
        EntityPlan plan = entities.sent(sent);
        route.add(new Step(plan, List.of(), -1));
        List<EntitySpec> waiting = descendants(sent);
        Set<String> names = new HashSet<>();
        waiting.forEach(each -> names.add(each.name().text()));
        while (!waiting.isEmpty()) {
            List<EntitySpec> later = new ArrayList<>();
            for (EntitySpec each : waiting) {
                if (!isReady(each, names)) {
                    later.add(each);
                    continue;
                }
                names.remove(each.name().text());
                if (hasParents(each, steps)) {
                    steps.put(each.name().text(), route.size());
                    route.add(step(each, steps));
                }
            }
            waiting = later;
        }
        List<Integer> key = new ArrayList<>();
        for (Name name : sent.ingest().idempotencyKey()) {
            FieldSpec field = sent.field(name.text());
            key.add(field == null ? 0 : sent.fields().indexOf(field));
        }
        return new MessagePlan(
                sent.name().text(),
                route,
                key,
                sent.ingest().validation() == IngestSpec.Validation.SYNTAX);
    }

    private List<EntitySpec> descendants(EntitySpec sent) {
        List<EntitySpec> below = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(sent.name().text()));
        List<EntitySpec> level = List.of(sent);
        while (!level.isEmpty()) {
            List<EntitySpec> next = new ArrayList<>();
            for (EntitySpec entity : level) {
                for (EntitySpec child : catalog.madeFrom(entity)) {
                    if (!child.isAbstract() && seen.add(child.name().text())) {
                        next.add(child);
                    }
                }
            }
            below.addAll(next);
            level = next;
        }
        return below;
    }

    /** Whether no parent of an entity is still to be placed. */
    private boolean isReady(EntitySpec entity, Set<String> waiting) {
        return catalog.parents(entity).stream()
                .noneMatch(parent -> waiting.contains(parent.name().text()));
    }

    /** Whether all parents that must be there are in the route. */
    private static boolean hasParents(EntitySpec entity, Map<String, Integer> steps) {
        Derivation derivation = entity.derivation();
        return derivation != null
                && derivation.parents().stream()
                        .allMatch(p -> p.ancillary() || steps.containsKey(p.entity().text()));
    }

    private Step step(EntitySpec entity, Map<String, Integer> steps) {
        List<Step.ParentStep> parents = new ArrayList<>();
        Derivation derivation = entity.derivation();
        int listSlot = -1;
        if (derivation != null) {
            for (Derivation.Parent parent : derivation.parents()) {
                EntitySpec spec = catalog.entity(parent.entity().text());
                parents.add(
                        new Step.ParentStep(
                                steps.getOrDefault(parent.entity().text(), -1),
                                parent.ancillary(),
                                spec == null ? 0 : scopes.of(spec).size()));
                if (spec != null && derivation.repeatedFor() != null) {
                    FieldSpec list = spec.field(derivation.repeatedFor().field().text());
                    listSlot = list == null ? -1 : spec.fields().indexOf(list);
                }
            }
        }
        return new Step(entities.derived(entity), parents, listSlot);
    }

    /** The delimited lines that are taken, by their prefix. */
    private Map<String, LinePlan> lines() {
        Map<String, LinePlan> lines = new HashMap<>();
        for (EntitySpec entity : catalog.entities()) {
            if (entity.ingestible()) {
                IngestSpec ingest = entity.ingest();
                if (ingest.prefix() != null) {
                    List<@Nullable FieldSpec> stored = new ArrayList<>();
                    entity.fields().stream().filter(FieldSpec::stored).forEach(stored::add);
                    lines.put(ingest.prefix().text(), LinePlan.of(entity, stored));
                }
                for (IngestSpec.Layout layout : ingest.layouts()) {
                    List<@Nullable FieldSpec> columns = new ArrayList<>();
                    for (IngestSpec.Column column : layout.columns()) {
                        Name name = column.field();
                        columns.add(name == null ? null : entity.field(name.text()));
                    }
                    lines.put(layout.prefix().text(), LinePlan.of(entity, columns));
                }
            }
        }
        return lines;
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
