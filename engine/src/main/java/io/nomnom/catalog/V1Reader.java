package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Node.Scalar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one document of the normative form, {@code apiVersion: nomnom.io/v1}. */
final class V1Reader {
    static final String API_VERSION = "nomnom.io/v1";

    private final Values values;

    private @Nullable Name name;
    private EntitySpec.@Nullable Type type;
    private boolean isAbstract;
    private @Nullable Name base;
    private Map<String, String> labels = Map.of();
    private Map<String, String> annotations = Map.of();
    private IngestSpec ingest = IngestSpec.DEFAULT;
    private @Nullable Derivation derivation;
    private boolean derivationGiven;
    private @Nullable Entry repetition;
    private @Nullable Existence existence;
    private List<RuleSpec> rules = List.of();
    private List<FieldSpec> fields = List.of();
    private @Nullable PersistenceSpec persistence;

    V1Reader(Values values) {
        this.values = values;
    }

    /** The entity, or null where it has no name to go on with. */
    @Nullable EntitySpec read(Mapping document) {
        for (Entry entry : values.entries(document, V1Shapes.DOCUMENT)) {
            switch (entry.key()) {
                case "apiVersion" -> expect(entry, API_VERSION);
                case "kind" -> expect(entry, "Entity");
                case "metadata" -> metadata(entry.value());
                case "spec" -> spec(entry.value());
                case "status" -> {}
                default -> throw Values.unread(entry);
            }
        }
        checkRepetition();
        if (name == null) {
            return null;
        }
        if (type == EntitySpec.Type.DERIVED && !derivationGiven && !isAbstract) {
            values.issues()
                    .error(
                            IssueCode.ENT203,
                            name.place(),
                            "a derived entity needs the key 'derivation' with parent, parents or"
                                    + " repeatedFor");
        }
        return new EntitySpec(
                name,
                type == null ? EntitySpec.Type.fitting(derivation) : type,
                isAbstract,
                base,
                labels,
                annotations,
                ingest,
                derivation,
                existence,
                rules,
                fields,
                persistence);
    }

    private void expect(Entry entry, String wanted) {
        String text = values.text(entry.value());
        if (text != null && !text.equals(wanted)) {
            values.notAllowed(entry.value(), text, List.of(wanted));
        }
    }

    private void metadata(Node node) {
        for (Entry entry : values.entries(node, V1Shapes.METADATA)) {
            switch (entry.key()) {
                case "name" -> name = values.name(entry.value());
                case "labels" -> labels = values.texts(entry.value());
                case "annotations" -> annotations = values.texts(entry.value());
                default -> throw Values.unread(entry);
            }
        }
    }

    private void spec(Node node) {
        for (Entry entry : values.entries(node, V1Shapes.SPEC)) {
            Node value = entry.value();
            switch (entry.key()) {
                case "type" -> type = values.oneOf(value, EntitySpec.Type.class);
                case "abstract" -> isAbstract = values.flag(value, false);
                case "extends" -> base = values.name(value);
                case "ingest" -> ingest = new V1IngestReader(values).read(value);
                case "derivation" -> {
                    derivationGiven = true;
                    derivation = new V1DerivationReader(values).read(value);
                }
                case "repetition" -> repetition = entry;
                case "minimalExistence" -> existence = existence(value);
                case "rules" -> rules = values.list(value, this::rule);
                case "fields" -> fields = values.list(value, new V1FieldReader(values)::read);
                case "persistence" -> {
                    PersistenceSpec read = new V1PersistenceReader(values).read(value);
                    persistence = value instanceof Mapping ? read : null;
                }
                default -> throw Values.unread(entry);
            }
        }
        if (node instanceof Mapping mapping
                && mapping.entry("fields").isEmpty()
                && mapping.entry("extends").isEmpty()) {
            values.missing(node, "fields", "spec");
        }
    }

    private void checkRepetition() {
        String text = repetition == null ? null : values.text(repetition.value());
        if (repetition == null || text == null) {
            return;
        }
        boolean repeats = derivation != null && derivation.repeatedFor() != null;
        if (!text.equals("singleton") && !text.equals("repeated")) {
            values.notAllowed(repetition.value(), text, List.of("singleton", "repeated"));
        } else if (repeats && text.equals("singleton")) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            repetition.value().place(),
                            "repeatedFor makes this entity repeated, not singleton");
        } else if (text.equals("repeated") && !derivationGiven) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            repetition.value().place(),
                            "a repeated entity needs derivation.repeatedFor, or a parent that"
                                    + " repeats");
        }
    }

    private @Nullable Existence existence(Node node) {
        List<Name> any = List.of();
        List<Name> all = List.of();
        List<Entry> entries = values.entries(node, V1Shapes.EXISTENCE);
        for (Entry entry : entries) {
            switch (entry.key()) {
                case "requireAny" -> any = values.names(entry.value(), "requireAny");
                case "requireAll" -> all = values.names(entry.value(), "requireAll");
                default -> throw Values.unread(entry);
            }
        }
        if (node instanceof Mapping mapping && mapping.entries().isEmpty()) {
            values.issues()
                    .error(
                            IssueCode.ENT105,
                            node.place(),
                            "minimalExistence needs requireAny or requireAll");
        }
        return any.isEmpty() && all.isEmpty() ? null : new Existence(any, all);
    }

    private @Nullable RuleSpec rule(Node node) {
        Scalar rule = null;
        String message = null;
        for (Entry entry : values.entries(node, V1Shapes.RULE)) {
            switch (entry.key()) {
                case "rule" -> rule = values.constant(entry.value());
                case "message" -> message = values.text(entry.value());
                default -> throw Values.unread(entry);
            }
        }
        return rule == null ? null : new RuleSpec(rule, message == null ? rule.text() : message);
    }
}
