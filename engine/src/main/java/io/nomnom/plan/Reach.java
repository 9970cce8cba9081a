package io.nomnom.plan;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The entities that one can copy from, and the way to each over the parents. */
final class Reach {

    /**
     * An entity that can be reached.
     *
     * @param way which parent to take at each step
     * @param ancillary whether a parent on the way may be absent
     */
    record Target(EntitySpec entity, List<Integer> way, boolean ancillary) {

        /** An extractor of this target's frame. */
        Extractor from(Extractor inner) {
            Extractor extractor = inner;
            for (int i = way.size() - 1; i >= 0; i--) {
                extractor = new Extractor.Above(way.get(i), extractor);
            }
            return extractor;
        }
    }

    private final Map<String, Target> byName = new LinkedHashMap<>();

    Reach(EntitySpec entity, Catalog catalog) {
        List<Target> level = List.of(new Target(entity, List.of(), false));
        while (!level.isEmpty()) {
            List<Target> next = level.stream().flatMap(target -> above(target, catalog)).toList();
            level =
                    next.stream()
                            .filter(t -> byName.putIfAbsent(t.entity().name().text(), t) == null)
                            .toList();
        }
        Derivation derivation = entity.derivation();
        if (derivation != null) {
            for (Derivation.Parent parent : derivation.parents()) {
                Target target = byName.get(parent.entity().text());
                if (parent.alias() != null && target != null) {
                    byName.put(parent.alias().text(), target);
                }
            }
        }
    }

    private static Stream<Target> above(Target target, Catalog catalog) {
        Derivation derivation = target.entity().derivation();
        if (derivation == null) {
            return Stream.of();
        }
        Stream.Builder<Target> found = Stream.builder();
        for (int i = 0; i < derivation.parents().size(); i++) {
            Derivation.Parent parent = derivation.parents().get(i);
            EntitySpec entity = catalog.entity(parent.entity().text());
            if (entity != null) {
                List<Integer> way = Stream.concat(target.way().stream(), Stream.of(i)).toList();
                found.add(new Target(entity, way, target.ancillary() || parent.ancillary()));
            }
        }
        return found.build();
    }

    @Nullable Target find(String name) {
        return byName.get(name);
    }

    /** All names by which entities can be reached. */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    Map<String, Target> targets() {
        return Map.copyOf(byName);
    }
}
