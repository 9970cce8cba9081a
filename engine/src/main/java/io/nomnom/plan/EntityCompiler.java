package io.nomnom.plan;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.Existence;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.IngestSpec.AdditionalFields;
import io.nomnom.catalog.Name;
import io.nomnom.catalog.PersistenceSpec;
import io.nomnom.plan.EntityPlan.UnknownKeys;
import io.nomnom.transform.Transforms;
import io.nomnom.yaml.Issues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Compiles entities, each once as it is derived and once as it is sent. */
final class EntityCompiler {
    /** The key by which a payload may name its entity; never an unknown one. */
    private static final String ENTITY_KEY = "entity_type";

    private final Catalog catalog;
    private final Transforms transforms;
    private final Map<String, TablePlan> tables;
    private final Issues issues;
    private final Map<String, Compiled> derived = new ConcurrentHashMap<>();
    private final Map<String, Compiled> sent = new ConcurrentHashMap<>();

    EntityCompiler(
            Catalog catalog, Transforms transforms, Map<String, TablePlan> tables, Issues issues) {
        this.catalog = catalog;
        this.transforms = transforms;
        this.tables = tables;
        this.issues = issues;
    }

    /**
     * @param keys the payload's keys that its own fields take
     * @param rootKeys the sent payload's keys that expressions name
     * @param whole whether something reads the payload as a whole
     */
    private record Compiled(
            EntityPlan plan, Set<String> keys, Set<String> rootKeys, boolean whole) {}

    /** Compiles all entities, beside one another; their issues come in the catalog's order. */
    void compileAll() {
        List<Issues> found = catalog.entities().parallelStream().map(this::compileAlone).toList();
        found.forEach(issues::addAll);
    }

    private Issues compileAlone(EntitySpec entity) {
        Issues own = new Issues();
        if (!entity.isAbstract()) {
            String name = entity.name().text();
            boolean isDerived = entity.type() == EntitySpec.Type.DERIVED;
            derived.computeIfAbsent(name, any -> compileOnce(entity, !isDerived, own));
            if (isDerived && entity.ingestible()) {
                sent.computeIfAbsent(name, any -> compileOnce(entity, true, own));
            }
        }
        return own;
    }

    /** The entity as others bring it about. */
    EntityPlan derived(EntitySpec entity) {
        Compiled compiled = compile(entity, false);
        boolean ownSource =
                entity.derivation() != null && entity.derivation().repeatedFor() != null;
        return ownSource ? withKeys(entity, compiled, Set.of()) : compiled.plan();
    }

    /** The entity as it is sent by itself. */
    EntityPlan sent(EntitySpec entity) {
        return withKeys(entity, compile(entity, true), Set.of(ENTITY_KEY));
    }

    /** With the keys of its source that it, or what shares its source, takes. */
    private EntityPlan withKeys(EntitySpec entity, Compiled compiled, Set<String> more) {
        AdditionalFields additional = entity.ingest().additionalFields();
        if (additional == AdditionalFields.IGNORE) {
            return compiled.plan();
        }
        Set<String> known = new HashSet<>(compiled.keys());
        known.addAll(more);
        known.addAll(compiled.rootKeys());
        boolean whole = compiled.whole();
        List<EntitySpec> sharing = new ArrayList<>(catalog.madeFrom(entity));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < sharing.size(); i++) {
            EntitySpec child = sharing.get(i);
            if (!seen.add(child.name().text()) || child.isAbstract()) {
                continue;
            }
            Compiled made = compile(child, false);
            known.addAll(made.rootKeys());
            Derivation derivation = child.derivation();
            if (derivation != null && derivation.repeatedFor() == null) {
                known.addAll(made.keys());
                whole |= made.whole();
            }
            sharing.addAll(catalog.madeFrom(child));
        }
        boolean keep = additional == AdditionalFields.KEEP;
        UnknownKeys unknown = whole && !keep ? UnknownKeys.IGNORED : new UnknownKeys(keep, known);
        EntityPlan plan = compiled.plan();
        return new EntityPlan(
                plan.name(),
                plan.fields(),
                plan.order(),
                plan.rules(),
                plan.existence(),
                plan.skipsBad(),
                plan.needsObject(),
                plan.table(),
                plan.keySlots(),
                unknown,
                plan.origin());
    }

    private Compiled compile(EntitySpec entity, boolean asSent) {
        boolean same = asSent && entity.type() != EntitySpec.Type.DERIVED;
        Map<String, Compiled> known = asSent && !same ? sent : derived;
        Compiled compiled = known.get(entity.name().text());
        if (compiled == null) {
            compiled = compileOnce(entity, asSent, issues);
            known.put(entity.name().text(), compiled);
        }
        return compiled;
    }

    private Compiled compileOnce(EntitySpec entity, boolean asSent, Issues found) {
        FieldCompiler compiler =
                new FieldCompiler(entity, new Reach(entity, catalog), asSent, transforms, found);
        List<FieldPlan> fields = new ArrayList<>();
        for (FieldSpec field : entity.fields()) {
            fields.add(compiler.compile(field, fields.size()));
        }
        Set<String> keys = new HashSet<>();
        Set<String> rootKeys = new HashSet<>();
        boolean whole = false;
        for (FieldCompiler.Reads reads : compiler.reads()) {
            keys.addAll(reads.keys);
            rootKeys.addAll(reads.rootKeys);
            whole |= reads.wholeSource;
        }
        List<Integer> keySlots = new ArrayList<>();
        PersistenceSpec stored = entity.stored();
        if (stored != null) {
            for (Name name : stored.unicity()) {
                if (compiler.slot(name.text()) >= 0) {
                    keySlots.add(compiler.slot(name.text()));
                }
            }
        }
        Derivation derivation = entity.derivation();
        EntityPlan plan =
                new EntityPlan(
                        entity.name().text(),
                        fields,
                        compiler.order(),
                        compiler.expressions().rules(),
                        existence(entity, compiler, asSent),
                        !asSent
                                && derivation != null
                                && derivation.onError() == Derivation.OnError.SKIP,
                        !keys.isEmpty(),
                        tables.get(entity.name().text()),
                        keySlots,
                        UnknownKeys.IGNORED,
                        new Origin(entity.name().place().pathAndLine()));
        return new Compiled(plan, keys, rootKeys, whole);
    }

    /**
     * Declared, or: one made from parents is not made where all that it takes from those that must
     * be there is empty.
     */
    private static @Nullable ExistencePlan existence(
            EntitySpec entity, FieldCompiler compiler, boolean asSent) {
        Existence declared = entity.existence();
        if (declared != null) {
            return new ExistencePlan(
                    slots(declared.any(), compiler), slots(declared.all(), compiler));
        }
        Derivation derivation = entity.derivation();
        if (asSent || derivation == null || derivation.repeatedFor() != null) {
            return null;
        }
        List<Integer> taken = new ArrayList<>();
        for (int slot = 0; slot < compiler.reads().size(); slot++) {
            if (compiler.reads().get(slot).parents) {
                taken.add(slot);
            }
        }
        return taken.isEmpty() ? null : new ExistencePlan(taken, List.of());
    }

    private static List<Integer> slots(List<Name> names, FieldCompiler compiler) {
        List<Integer> slots = new ArrayList<>();
        for (Name name : names) {
            if (compiler.slot(name.text()) >= 0) {
                slots.add(compiler.slot(name.text()));
            }
        }
        return slots;
    }
}
