package io.nomnom.catalog;

import io.nomnom.catalog.Derivation.Parent;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes derivations end: circles, and chains of more than {@value #MOST} levels, are reported once
 * and cut, so that whoever follows parents comes to a root soon.
 */
final class Chains {
    /** Of derivation as well as of extends. */
    static final int MOST = 64;

    private final Map<String, EntitySpec> byName = new LinkedHashMap<>();
    private final Issues issues;

    /** How many levels are above; entities on the way have none yet. */
    private final Map<String, Integer> levels = new HashMap<>();

    private final Deque<Visit> way = new ArrayDeque<>();
    private final Map<String, Visit> onTheWay = new LinkedHashMap<>();

    private static final class Visit {
        final EntitySpec entity;
        final Iterator<Parent> parents;
        int level;

        Visit(EntitySpec entity) {
            Derivation derivation = entity.derivation();
            this.entity = entity;
            this.parents =
                    (derivation == null ? List.<Parent>of() : derivation.parents()).iterator();
        }
    }

    private Chains(List<EntitySpec> entities, Issues issues) {
        this.issues = issues;
        entities.forEach(entity -> byName.putIfAbsent(entity.name().text(), entity));
    }

    /** The entities, with the derivations that do not end cut off. */
    static List<EntitySpec> cut(List<EntitySpec> entities, Issues issues) {
        Chains chains = new Chains(entities, issues);
        List<String> names = List.copyOf(chains.byName.keySet());
        names.forEach(chains::visit);
        List<EntitySpec> cut = new ArrayList<>();
        for (EntitySpec entity : entities) {
            EntitySpec known = chains.byName.get(entity.name().text());
            boolean first = known != null && known.name().equals(entity.name());
            cut.add(first ? known : entity);
        }
        return cut;
    }

    private void visit(String start) {
        push(start);
        while (!way.isEmpty()) {
            Visit visit = way.getLast();
            if (visit.parents.hasNext()) {
                Parent parent = visit.parents.next();
                String name = parent.entity().text();
                if (onTheWay.containsKey(name)) {
                    circle(visit, parent);
                } else if (levels.containsKey(name)) {
                    visit.level = Math.max(visit.level, levels.get(name) + 1);
                } else {
                    push(name);
                }
            } else {
                pop(visit);
            }
        }
    }

    private void push(String name) {
        EntitySpec entity = byName.get(name);
        if (entity != null && !levels.containsKey(name)) {
            Visit visit = new Visit(entity);
            way.addLast(visit);
            onTheWay.put(name, visit);
        }
    }

    private void pop(Visit visit) {
        String name = visit.entity.name().text();
        way.removeLast();
        onTheWay.remove(name);
        if (visit.level > MOST) {
            Derivation derivation = visit.entity.derivation();
            issues.error(
                    IssueCode.ENT206,
                    derivation == null || derivation.parents().isEmpty()
                            ? visit.entity.name().place()
                            : derivation.parents().getFirst().entity().place(),
                    "'%s' is derived over more than %d levels".formatted(name, MOST));
            byName.put(name, cut(visit.entity));
            visit.level = 0;
        }
        levels.put(name, visit.level);
        if (!way.isEmpty()) {
            Visit below = way.getLast();
            below.level = Math.max(below.level, visit.level + 1);
        }
    }

    /** Reported at the entity of the circle that was declared first of those visited. */
    private void circle(Visit visit, Parent back) {
        List<String> names = new ArrayList<>();
        boolean inside = false;
        for (String name : onTheWay.keySet()) {
            inside |= name.equals(back.entity().text());
            if (inside) {
                names.add(name);
            }
        }
        Visit first = onTheWay.get(back.entity().text());
        EntitySpec at = first == null ? visit.entity : first.entity;
        Derivation derivation = at.derivation();
        issues.error(
                IssueCode.ENT206,
                derivation == null
                        ? at.name().place()
                        : derivation.parents().getFirst().entity().place(),
                "derivation goes in a circle: %s <- %s"
                        .formatted(String.join(" <- ", names), names.getFirst()));
        String name = visit.entity.name().text();
        byName.put(name, cut(visit.entity));
    }

    private static EntitySpec cut(EntitySpec entity) {
        return entity.madeFrom(
                new Derivation(
                        List.of(), null, Derivation.Orphans.KEEP, Derivation.OnError.REJECT));
    }
}
