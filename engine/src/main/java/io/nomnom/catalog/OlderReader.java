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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one document of the older form, {@code entity: {...}}, into the same specs as v1. */
final class OlderReader {
    private final Values values;
    private final List<Parent> parents = new ArrayList<>();
    private @Nullable Name repeatedEntity;
    private @Nullable RepeatedFor repeatedFor;
    private @Nullable Name name;
    private EntitySpec.@Nullable Type type;
    private @Nullable Name prefix;
    private @Nullable Name base;
    private boolean isAbstract;
    private @Nullable Existence existence;
    private @Nullable Node fieldNodes;
    private @Nullable OlderPersistence persistence;
    private final Map<String, String> annotations = new LinkedHashMap<>();

    OlderReader(Values values) {
        this.values = values;
    }

    /** The entity, or null where it has no name to go on with. */
    @Nullable EntitySpec read(Mapping document) {
        for (Entry entry : values.entries(document, OlderShapes.DOCUMENT)) {
            entity(entry.value());
        }
        Derivation derivation = derivation();
        List<FieldSpec> fields =
                fieldNodes == null
                        ? List.of()
                        : new OlderFieldReader(values, derivation).read(fieldNodes);
        if (name == null) {
            return null;
        }
        if (type == EntitySpec.Type.DERIVED && !derivationGiven && !isAbstract) {
            values.issues()
                    .error(
                            IssueCode.ENT203,
                            name.place(),
                            "a derived entity needs parent, parents, repeated_for or"
                                    + " derivation.source_entities");
        }
        return new EntitySpec(
                name,
                type == null ? EntitySpec.Type.fitting(derivation) : type,
                isAbstract,
                base,
                Map.of(),
                annotations,
                ingest(),
                derivation,
                existence,
                List.of(),
                persistence == null ? fields : persistence.columns(fields),
                persistence == null ? null : persistence.spec());
    }

    private void entity(Node node) {
        for (Entry entry : values.entries(node, OlderShapes.ENTITY)) {
            Node value = entry.value();
            switch (entry.key()) {
                case "name" -> name = values.name(value);
                case "type", "source_type" ->
                        type = values.oneOfAnyCase(value, EntitySpec.Type.class);
                case "prefix" -> prefix = values.name(value);
                case "doc" -> annotations.put("description", values.text(value, ""));
                case "parent" -> {
                    Name parent = values.name(value);
                    if (parent != null) {
                        add(new Parent(parent, null, false));
                    }
                }
                case "parents" -> values.list(value, this::parent).forEach(this::add);
                case "repeated_for" -> repeatedFor(value);
                case "repetition" -> repetition(value);
                case "derivation" -> sourceEntities(value);
                case "extends" -> base = values.name(value);
                case "abstract" -> isAbstract = values.flag(value, false);
                case "minimal_existence" -> existence(value);
                case "fields" -> fieldNodes = value;
                case "persistence" -> persistence = new OlderPersistence(values).read(value);
                case "serialization", "abstract_implementations", "lambda" -> generated(entry);
                default -> throw Values.unread(entry);
            }
        }
        requireKeys(node);
        derivationGiven =
                node instanceof Mapping entity
                        && DERIVING.stream().anyMatch(key -> entity.entry(key).isPresent());
    }

    private static final List<String> DERIVING =
            List.of("parent", "parents", "repeated_for", "derivation");

    private boolean derivationGiven;

    private void requireKeys(Node node) {
        if (!(node instanceof Mapping entity)) {
            return;
        }
        if (entity.entry("type").isEmpty() && entity.entry("source_type").isEmpty()) {
            values.missing(entity, "type", "entity");
        }
        if (entity.entry("fields").isEmpty() && entity.entry("extends").isEmpty()) {
            values.missing(entity, "fields", "entity");
        }
    }

    private void generated(Entry entry) {
        String instead =
                switch (entry.key()) {
                    case "serialization" ->
                            "remove it; names may be written in either spelling, and prefix and"
                                    + " ingest.layouts read delimited text";
                    case "lambda" -> "remove it; use a transform or an expression in CEL";
                    default -> "remove it; what extends the entity is found by itself";
                };
        values.issues()
                .warning(
                        IssueCode.ENT901,
                        entry.keyPlace(),
                        "'" + entry.key() + "' served code generation and has no effect",
                        instead);
    }

    private void repetition(Node node) {
        String text = values.text(node);
        if (text != null && !List.of("singleton", "repeated").contains(text)) {
            values.notAllowed(node, text, List.of("singleton", "repeated"));
        }
    }

    private IngestSpec ingest() {
        IngestSpec none = IngestSpec.DEFAULT;
        return new IngestSpec(
                null,
                prefix,
                none.delimiter(),
                List.of(),
                List.of(),
                none.additionalFields(),
                none.validation());
    }

    private void add(Parent parent) {
        if (parents.stream().noneMatch(p -> p.entity().text().equals(parent.entity().text()))) {
            parents.add(parent);
        }
    }

    /** A parent by its name, or as a mapping. */
    private @Nullable Parent parent(Node node) {
        if (!(node instanceof Mapping)) {
            Name entity = values.name(node);
            return entity == null ? null : new Parent(entity, null, false);
        }
        Name alias = null;
        Name entity = null;
        boolean ancillary = false;
        for (Entry entry : values.entries(node, OlderShapes.PARENT)) {
            switch (entry.key()) {
                case "name" -> alias = values.name(entry.value());
                case "entity" -> entity = values.name(entry.value());
                case "ancillary" -> ancillary = values.flag(entry.value(), false);
                default -> throw Values.unread(entry);
            }
        }
        if (entity != null) {
            return new Parent(entity, alias, ancillary);
        }
        if (alias == null) {
            values.missing(node, "entity", "a parent");
        }
        return alias == null ? null : new Parent(alias, null, ancillary);
    }

    private void sourceEntities(Node node) {
        for (Entry entry : values.entries(node, OlderShapes.DERIVATION)) {
            values.list(entry.value(), this::parent).forEach(this::add);
        }
    }

    private void repeatedFor(Node node) {
        Name entity = null;
        Name field = null;
        String item = "item";
        for (Entry entry : values.entries(node, OlderShapes.REPEATED_FOR)) {
            switch (entry.key()) {
                case "entity" -> entity = values.name(entry.value());
                case "field" -> field = values.name(entry.value());
                case "each_known_as" -> item = values.itemName(entry.value(), item);
                default -> throw Values.unread(entry);
            }
        }
        if (entity != null && field != null) {
            repeatedEntity = entity;
            repeatedFor = new RepeatedFor(field, item);
        }
    }

    private void existence(Node node) {
        List<Name> any = List.of();
        List<Name> all = List.of();
        for (Entry entry : values.entries(node, OlderShapes.EXISTENCE)) {
            switch (entry.key()) {
                case "require_any" -> any = values.list(entry.value(), values::name);
                case "require_all" -> all = values.list(entry.value(), values::name);
                default -> throw Values.unread(entry);
            }
        }
        existence = any.isEmpty() && all.isEmpty() ? null : new Existence(any, all);
    }

    private @Nullable Derivation derivation() {
        if (repeatedEntity != null) {
            for (Parent parent : parents) {
                if (!parent.entity().text().equals(repeatedEntity.text())) {
                    values.issues()
                            .error(
                                    IssueCode.ENT105,
                                    parent.entity().place(),
                                    "an entity that repeats for %s is not made from %s too"
                                            .formatted(
                                                    repeatedEntity.text(), parent.entity().text()),
                                    "derive another entity from both");
                }
            }
            parents.clear();
            parents.add(new Parent(repeatedEntity, null, false));
        }
        return parents.isEmpty()
                ? null
                : new Derivation(parents, repeatedFor, Orphans.KEEP, OnError.REJECT);
    }
}
