package io.nomnom.catalog;

import io.nomnom.catalog.Derivation.OnError;
import io.nomnom.catalog.Derivation.Orphans;
import io.nomnom.catalog.Derivation.Parent;
import io.nomnom.catalog.Derivation.RepeatedFor;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.derivation} of a v1 document. */
final class V1DerivationReader {
    private final Values values;
    private final List<Entry> kinds = new ArrayList<>();
    private List<Parent> parents = List.of();
    private @Nullable RepeatedFor repeatedFor;

    V1DerivationReader(Values values) {
        this.values = values;
    }

    /** Null where it names no parent (reported). */
    @Nullable Derivation read(Node node) {
        Orphans orphans = null;
        OnError onError = null;
        for (Entry entry : values.entries(node, V1Shapes.DERIVATION)) {
            Node value = entry.value();
            switch (entry.key()) {
                case "parent" -> {
                    kinds.add(entry);
                    Name parent = values.name(value);
                    parents = parent == null ? parents : List.of(new Parent(parent, null, false));
                }
                case "parents" -> {
                    kinds.add(entry);
                    parents = values.list(value, this::parent);
                }
                case "repeatedFor" -> {
                    kinds.add(entry);
                    repeatedFor(value);
                }
                case "orphans" -> orphans = values.oneOf(value, Orphans.class);
                case "onError" -> onError = values.oneOf(value, OnError.class);
                default -> throw Values.unread(entry);
            }
        }
        check(node);
        return parents.isEmpty()
                ? null
                : new Derivation(
                        parents,
                        repeatedFor,
                        Objects.requireNonNullElse(orphans, Orphans.KEEP),
                        Objects.requireNonNullElse(onError, OnError.REJECT));
    }

    private void check(Node node) {
        if (kinds.size() > 1) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            kinds.get(1).keyPlace(),
                            "%s and %s exclude one another"
                                    .formatted(kinds.get(0).key(), kinds.get(1).key()));
        } else if (kinds.isEmpty() && node instanceof Mapping) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            node.place(),
                            "derivation needs parent, parents or repeatedFor");
        } else if (!kinds.isEmpty()
                && kinds.getFirst().value() instanceof Node.Sequence list
                && list.items().isEmpty()) {
            values.issues()
                    .error(IssueCode.ENT105, list.place(), "parents needs at least one parent");
        }
    }

    private @Nullable Parent parent(Node node) {
        Name alias = null;
        Name entity = null;
        boolean ancillary = false;
        for (Entry entry : values.entries(node, V1Shapes.PARENT)) {
            switch (entry.key()) {
                case "name" -> alias = values.name(entry.value());
                case "entity" -> entity = values.name(entry.value());
                case "ancillary" -> ancillary = values.flag(entry.value(), false);
                default -> throw Values.unread(entry);
            }
        }
        return entity == null ? null : new Parent(entity, alias, ancillary);
    }

    private void repeatedFor(Node node) {
        Name entity = null;
        Name field = null;
        String itemName = "item";
        for (Entry entry : values.entries(node, V1Shapes.REPEATED_FOR)) {
            switch (entry.key()) {
                case "entity" -> entity = values.name(entry.value());
                case "field" -> field = values.name(entry.value());
                case "itemName" -> itemName = values.itemName(entry.value(), itemName);
                default -> throw Values.unread(entry);
            }
        }
        if (entity != null) {
            parents = List.of(new Parent(entity, null, false));
        }
        if (entity != null && field != null) {
            repeatedFor = new RepeatedFor(field, itemName);
        }
    }
}
