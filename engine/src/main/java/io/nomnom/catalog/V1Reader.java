package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one document of the normative form, {@code apiVersion: nomnom.io/v1}. */
final class V1Reader {
    static final String API_VERSION = "nomnom.io/v1";

    private final Values values;
    private final V1FieldReader fieldReader;
    private final V1PersistenceReader persistenceReader;

    private @Nullable Name name;
    private EntitySpec.@Nullable Type type;
    private Map<String, String> labels = Map.of();
    private Map<String, String> annotations = Map.of();
    private @Nullable Boolean ingestEnabled;
    private boolean rejectsUnknown;
    private @Nullable Derivation derivation;
    private @Nullable Entry repeated;
    private List<FieldSpec> fields = List.of();
    private @Nullable PersistenceSpec persistence;

    V1Reader(Values values) {
        this.values = values;
        this.fieldReader = new V1FieldReader(values);
        this.persistenceReader = new V1PersistenceReader(values);
    }

    /** The entity, or null where it has no name to go on with. */
    @Nullable EntitySpec read(Mapping document) {
        for (Entry entry : document.entries()) {
            switch (entry.key()) {
                case "apiVersion" -> expect(entry, API_VERSION);
                case "kind" -> expect(entry, "Entity");
                case "metadata" -> metadata(entry.value());
                case "spec" -> spec(entry.value());
                case "status" -> {}
                default ->
                        values.unknownKey(
                                entry,
                                "an entity document",
                                List.of("apiVersion", "kind", "metadata", "spec", "status"));
            }
        }
        requireKeys(document);
        checkRepetition();
        if (name == null) {
            return null;
        }
        return new EntitySpec(
                name,
                type == null ? EntitySpec.Type.fitting(derivation) : type,
                labels,
                annotations,
                ingestEnabled,
                rejectsUnknown,
                derivation,
                fields,
                persistence);
    }

    private void requireKeys(Mapping document) {
        if (document.entry("kind").isEmpty()) {
            values.missing(document, "kind", "an entity document");
        }
        if (document.entry("metadata").isEmpty()) {
            values.missing(document, "metadata", "an entity document");
        }
        if (document.entry("spec").isEmpty()) {
            values.missing(document, "spec", "an entity document");
        }
    }

    private void expect(Entry entry, String wanted) {
        String text = values.text(entry.value());
        if (text != null && !text.equals(wanted)) {
            values.notAllowed(entry.value(), text, List.of(wanted));
        }
    }

    private void metadata(Node node) {
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "labels" -> labels = values.texts(entry.value());
                case "annotations" -> annotations = values.texts(entry.value());
                default ->
                        values.unknownKey(
                                entry, "metadata", List.of("name", "labels", "annotations"));
            }
        }
        if (node instanceof Mapping mapping && mapping.entry("name").isEmpty()) {
            values.missing(node, "name", "metadata");
        }
    }

    private void spec(Node node) {
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "type" -> type = values.oneOf(entry.value(), EntitySpec.Type.class);
                case "ingest" -> ingest(entry.value());
                case "derivation" -> derivation(entry.value());
                case "repetition" -> repeated = entry;
                case "fields" -> fields = values.list(entry.value(), fieldReader::read);
                case "persistence" -> persistence = persistenceReader.read(entry.value());
                default ->
                        values.unknownKey(
                                entry,
                                "spec",
                                List.of(
                                        "type",
                                        "ingest",
                                        "derivation",
                                        "repetition",
                                        "fields",
                                        "persistence"));
            }
        }
        if (node instanceof Mapping mapping) {
            if (mapping.entry("type").isEmpty()) {
                values.missing(node, "type", "spec");
            }
            if (mapping.entry("fields").isEmpty()) {
                values.missing(node, "fields", "spec");
            }
        }
    }

    private void checkRepetition() {
        if (repeated == null) {
            return;
        }
        String text = values.text(repeated.value());
        boolean repeats = derivation instanceof Derivation.RepeatedFor;
        if (text == null) {
            return;
        }
        if (!text.equals("singleton") && !text.equals("repeated")) {
            values.notAllowed(repeated.value(), text, List.of("singleton", "repeated"));
        } else if (text.equals("repeated") != repeats) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            repeated.value().place(),
                            repeats
                                    ? "repeatedFor makes this entity repeated, not singleton"
                                    : "a repeated entity needs derivation.repeatedFor");
        }
    }

    private void ingest(Node node) {
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "enabled" -> ingestEnabled = values.flag(entry.value());
                case "additionalFields" ->
                        rejectsUnknown =
                                values.oneOf(entry.value(), AdditionalFields.class)
                                        == AdditionalFields.REJECT;
                default ->
                        values.unknownKey(entry, "ingest", List.of("enabled", "additionalFields"));
            }
        }
    }

    private void derivation(Node node) {
        List<Entry> kinds = new ArrayList<>();
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "parent" -> {
                    kinds.add(entry);
                    Name parent = values.name(entry.value());
                    derivation = parent == null ? null : new Derivation.FromParent(parent);
                }
                case "repeatedFor" -> {
                    kinds.add(entry);
                    derivation = repeatedFor(entry.value());
                }
                default -> values.unknownKey(entry, "derivation", List.of("parent", "repeatedFor"));
            }
        }
        if (kinds.size() > 1) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            kinds.getLast().keyPlace(),
                            "parent and repeatedFor exclude one another");
        }
    }

    private @Nullable Derivation repeatedFor(Node node) {
        Name entity = null;
        Name field = null;
        String itemName = "item";
        for (Entry entry : values.entries(node)) {
            switch (entry.key()) {
                case "entity" -> entity = values.name(entry.value());
                case "field" -> field = values.name(entry.value());
                case "itemName" -> {
                    String text = values.text(entry.value());
                    itemName = text == null ? itemName : text;
                }
                default ->
                        values.unknownKey(
                                entry, "repeatedFor", List.of("entity", "field", "itemName"));
            }
        }
        if (entity == null) {
            values.missing(node, "entity", "repeatedFor");
        }
        if (field == null) {
            values.missing(node, "field", "repeatedFor");
        }
        return entity == null || field == null
                ? null
                : new Derivation.RepeatedFor(entity, field, itemName);
    }

    /** What happens to keys of a payload that no field names. */
    private enum AdditionalFields {
        IGNORE,
        REJECT
    }

    /** Reads an input of a transform: {@code item}, {@code field}, {@code Entity.field}. */
    static ValueSource.Input input(String text, Node node) {
        int dot = text.indexOf('.');
        return dot < 0
                ? new ValueSource.Input(null, new Name(text, node.place()))
                : new ValueSource.Input(
                        new Name(text.substring(0, dot), node.place()),
                        new Name(text.substring(dot + 1), node.place()));
    }

    /** A constant must be a single value that is not null. */
    static @Nullable Scalar constant(Values values, Node node) {
        Scalar scalar = values.scalar(node);
        return scalar == null || scalar.type() == Scalar.Type.NULL ? null : scalar;
    }
}
