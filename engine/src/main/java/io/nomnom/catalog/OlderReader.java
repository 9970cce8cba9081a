package io.nomnom.catalog;

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
    private static final List<String> KEYS =
            List.of(
                    "name",
                    "type",
                    "source_type",
                    "doc",
                    "parent",
                    "repeated_for",
                    "repetition",
                    "fields",
                    "persistence");

    private final Values values;
    private final OlderFieldReader fieldReader;

    OlderReader(Values values) {
        this.values = values;
        this.fieldReader = new OlderFieldReader(values);
    }

    /** The entity, or null where it has no name or type to go on with. */
    @Nullable EntitySpec read(Mapping document) {
        Node entity = document.entries().getFirst().value();
        Name name = null;
        EntitySpec.Type type = null;
        Map<String, String> annotations = new LinkedHashMap<>();
        Name parent = null;
        Derivation.RepeatedFor repeatedFor = null;
        Node fieldNodes = null;
        OlderPersistence persistence = null;
        for (Entry entry : document.entries()) {
            if (!entry.key().equals("entity")) {
                values.unknownKey(entry, "an entity document", List.of("entity"));
            }
        }
        for (Entry entry : values.entries(entity)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "type", "source_type" ->
                        type = values.oneOf(entry.value(), EntitySpec.Type.class);
                case "doc" -> {
                    String doc = values.text(entry.value());
                    if (doc != null) {
                        annotations.put("description", doc);
                    }
                }
                case "parent" -> parent = values.name(entry.value());
                case "repeated_for" -> repeatedFor = repeatedFor(entry.value());
                case "repetition" -> {
                    // said by repeated_for already
                }
                case "fields" -> fieldNodes = entry.value();
                case "persistence" ->
                        persistence = new OlderPersistence(values).read(entry.value());
                case "serialization", "abstract_implementations", "lambda" ->
                        values.issues()
                                .warning(
                                        IssueCode.ENT901,
                                        entry.keyPlace(),
                                        "'"
                                                + entry.key()
                                                + "' served code generation and has no effect",
                                        "remove it");
                default -> values.unknownKey(entry, "entity", KEYS);
            }
        }
        if (name == null) {
            values.missing(entity, "name", "entity");
        }
        if (type == null && entity instanceof Mapping mapping && !hasType(mapping)) {
            values.missing(entity, "type", "entity");
        }
        if (fieldNodes == null) {
            values.missing(entity, "fields", "entity");
        }
        List<FieldSpec> fields =
                fieldNodes == null ? List.of() : fieldReader.read(fieldNodes, parent, repeatedFor);
        if (name == null) {
            return null;
        }
        Derivation derivation = repeatedFor;
        if (derivation == null && parent != null) {
            derivation = new Derivation.FromParent(parent);
        }
        return new EntitySpec(
                name,
                type == null ? EntitySpec.Type.fitting(derivation) : type,
                Map.of(),
                annotations,
                null,
                false,
                derivation,
                persistence == null ? fields : persistence.columns(fields),
                persistence == null ? null : persistence.spec());
    }

    private static boolean hasType(Mapping entity) {
        return entity.entry("type").isPresent() || entity.entry("source_type").isPresent();
    }

    private Derivation.@Nullable RepeatedFor repeatedFor(Node node) {
        Name entity = null;
        Name field = null;
        String item = "item";
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "entity" -> entity = values.name(entry.value());
                case "field" -> field = values.name(entry.value());
                case "each_known_as" -> {
                    String text = values.text(entry.value());
                    item = text == null ? item : text;
                }
                default ->
                        values.unknownKey(
                                entry, "repeated_for", List.of("entity", "field", "each_known_as"));
            }
        }
        if (entity == null || field == null) {
            values.missing(node, entity == null ? "entity" : "field", "repeated_for");
            return null;
        }
        return new Derivation.RepeatedFor(entity, field, item);
    }

    /** The names of a list, or the one name that stands for a list of one. */
    static List<Name> names(Values values, Node node) {
        List<Name> names = new ArrayList<>();
        if (node instanceof Node.Sequence) {
            names.addAll(values.list(node, values::name));
        } else {
            Name name = values.name(node);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }
}
