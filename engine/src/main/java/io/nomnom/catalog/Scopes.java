package io.nomnom.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Over which lists entities repeat: a root over none, an entity with repeatedFor over one more than
 * its parent, one with parents over the lists of the parent that repeats most.
 */
public final class Scopes {
    private final Catalog catalog;
    private final Map<String, List<String>> known = new HashMap<>();

    public Scopes(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The lists as {@code Entity.field}, the outermost first. */
    public List<String> of(EntitySpec entity) {
        return of(entity, new HashSet<>());
    }

    private List<String> of(EntitySpec entity, Set<String> way) {
        List<String> scope = known.get(entity.name().text());
        if (scope != null) {
            return scope;
        }
        List<String> found = List.of();
        if (way.add(entity.name().text())) {
            for (EntitySpec parent : catalog.parents(entity)) {
                List<String> above = of(parent, way);
                found = above.size() > found.size() ? above : found;
            }
            Derivation derivation = entity.derivation();
            if (derivation != null && derivation.repeatedFor() != null) {
                String list =
                        derivation.parents().getFirst().entity().text()
                                + "."
                                + derivation.repeatedFor().field().snakeCase();
                found = Stream.concat(found.stream(), Stream.of(list)).toList();
            }
        }
        known.put(entity.name().text(), found);
        return found;
    }

    /**
     * The first parent that repeats over other lists than one before it; null where all of them can
     * be joined by index.
     */
    Derivation.@Nullable Parent misfit(EntitySpec entity, Derivation derivation) {
        List<String> longest = of(entity);
        for (Derivation.Parent parent : derivation.parents()) {
            EntitySpec spec = catalog.entity(parent.entity().text());
            List<String> scope = spec == null ? List.of() : of(spec);
            boolean fits = scope.equals(longest.subList(0, Math.min(scope.size(), longest.size())));
            if (!fits && derivation.repeatedFor() == null) {
                return parent;
            }
        }
        return null;
    }
}
