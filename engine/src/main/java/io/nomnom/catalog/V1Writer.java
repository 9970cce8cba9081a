package io.nomnom.catalog;

import io.nomnom.catalog.IngestSpec.AdditionalFields;
import io.nomnom.catalog.IngestSpec.Validation;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.YamlText;
import io.nomnom.yaml.YamlText.Block;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes entities as v1 documents, whichever form they were read from. Defaults are left out. */
public final class V1Writer {
    private V1Writer() {}

    /** The documents, with {@code ---} between them. */
    public static String write(List<EntitySpec> entities) {
        return YamlText.documents(entities.stream().map(V1Writer::document).toList());
    }

    private static Block document(EntitySpec entity) {
        Block metadata = new Block().put("name", entity.name().text());
        metadata.put("labels", texts(entity.labels()));
        metadata.put("annotations", texts(entity.annotations()));
        return new Block()
                .put("apiVersion", V1Reader.API_VERSION)
                .put("kind", "Entity")
                .put("metadata", metadata)
                .put("spec", spec(entity));
    }

    private static @Nullable Block texts(Map<String, String> texts) {
        Block block = new Block();
        texts.forEach(block::put);
        return block.orNull();
    }

    private static Block spec(EntitySpec entity) {
        Block spec = new Block().put("type", word(entity.type()));
        spec.flag("abstract", entity.isAbstract(), false);
        spec.put("extends", text(entity.base()));
        spec.put("ingest", ingest(entity.ingest()));
        Derivation derivation = entity.derivation();
        if (derivation != null) {
            spec.put("derivation", derivation(derivation));
        }
        Existence existence = entity.existence();
        if (existence != null) {
            spec.put(
                    "minimalExistence",
                    new Block()
                            .put("requireAny", names(existence.any()))
                            .put("requireAll", names(existence.all())));
        }
        spec.put("rules", entity.rules().stream().map(V1Writer::rule).toList());
        if (!entity.fields().isEmpty() || entity.base() == null) {
            spec.list("fields", entity.fields().stream().map(V1Writer::field).toList());
        }
        PersistenceSpec persistence = entity.persistence();
        if (persistence != null) {
            spec.put("persistence", persistence(persistence));
        }
        return spec;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String text(@Nullable Name name) {
        return name == null ? null : name.text();
    }

    private static List<String> names(List<Name> names) {
        return names.stream().map(Name::text).toList();
    }

    private static @Nullable Block ingest(IngestSpec ingest) {
        Block block = new Block();
        if (ingest.enabled() != null) {
            block.put("enabled", ingest.enabled());
        }
        block.put("prefix", text(ingest.prefix()));
        if (!ingest.delimiter().equals(IngestSpec.DEFAULT.delimiter())) {
            block.put("delimiter", ingest.delimiter());
        }
        Block layouts = new Block();
        for (IngestSpec.Layout layout : ingest.layouts()) {
            layouts.list(
                    layout.prefix().text(), layout.columns().stream().map(c -> column(c)).toList());
        }
        block.put("layouts", layouts.orNull());
        block.put("idempotencyKey", names(ingest.idempotencyKey()));
        if (ingest.additionalFields() != AdditionalFields.IGNORE) {
            block.put("additionalFields", word(ingest.additionalFields()));
        }
        if (ingest.validation() != Validation.STRICT) {
            block.put("validation", word(ingest.validation()));
        }
        return block.orNull();
    }

    private static Object column(IngestSpec.Column column) {
        return column.field() == null ? YamlText.NULL : column.field().text();
    }

    private static Block derivation(Derivation derivation) {
        Block block = new Block();
        Derivation.RepeatedFor repeated = derivation.repeatedFor();
        Derivation.Parent first = derivation.parents().getFirst();
        if (repeated != null) {
            block.put(
                    "repeatedFor",
                    new Block()
                            .put("entity", first.entity().text())
                            .put("field", repeated.field().text())
                            .put("itemName", repeated.itemName()));
        } else if (derivation.parents().size() == 1
                && first.alias() == null
                && !first.ancillary()) {
            block.put("parent", first.entity().text());
        } else {
            block.put("parents", derivation.parents().stream().map(V1Writer::parent).toList());
        }
        if (derivation.orphans() != Derivation.Orphans.KEEP) {
            block.put("orphans", word(derivation.orphans()));
        }
        if (derivation.onError() != Derivation.OnError.REJECT) {
            block.put("onError", word(derivation.onError()));
        }
        return block;
    }

    private static Block parent(Derivation.Parent parent) {
        Block block = new Block().put("name", text(parent.alias()));
        block.put("entity", parent.entity().text());
        block.flag("ancillary", parent.ancillary(), false);
        return block;
    }

    private static Block rule(RuleSpec rule) {
        Block block = new Block().put("rule", rule.rule().text());
        return rule.message().equals(rule.rule().text())
                ? block
                : block.put("message", rule.message());
    }

    private static Block field(FieldSpec field) {
        Block block = new Block().put("name", field.name().text());
        block.put("type", field.type().toString());
        block.put("doc", field.doc().isEmpty() ? null : field.doc());
        block.flag("coerce", field.coerce(), false);
        block.flag("persisted", field.stored(), !field.type().kind().isStructure());
        source(field.source(), block);
        block.put("constraints", constraints(field.constraints()));
        return block;
    }

    private static void source(ValueSource source, Block block) {
        switch (source) {
            case ValueSource.ByName ignored -> {}
            case ValueSource.ByPath path -> block.put("path", path.pointer());
            case ValueSource.CopyFrom copy -> {
                block.put("copyFrom", copy.entity().text()).put("field", copy.field().text());
                ValueSource.When when = copy.when();
                if (when != null) {
                    block.put(
                            "when",
                            new Block()
                                    .put("field", when.field().text())
                                    .put("equals", when.equals()));
                }
            }
            case ValueSource.Constant constant -> block.put("constant", constant.value());
            case ValueSource.Transform call -> {
                block.put("transform", call.name().text());
                block.put("inputs", call.inputs().stream().map(V1Writer::input).toList());
                Block args = new Block();
                call.args().forEach(args::put);
                block.put("args", args.orNull());
            }
            case ValueSource.Expression cel -> block.put("expression", cel.cel().text());
        }
    }

    private static String input(ValueSource.Input input) {
        String field = input.field().text();
        return input.entity() == null ? field : input.entity().text() + "." + field;
    }

    private static @Nullable Block constraints(Constraints constraints) {
        Block block = new Block();
        block.flag("nullable", constraints.nullable(), false);
        block.put("minLength", constraints.minLength());
        block.put("maxLength", constraints.maxLength());
        block.put("minimum", constraints.minimum());
        block.put("maximum", constraints.maximum());
        block.put("pattern", constraints.pattern());
        block.put("enum", List.<Object>copyOf(constraints.enumeration()));
        Scalar otherwise = constraints.defaultValue();
        if (otherwise != null) {
            block.put("default", (Node) otherwise);
        }
        block.flag("primaryKey", constraints.primaryKey(), false);
        block.flag("indexed", constraints.indexed(), false);
        block.flag("unique", constraints.unique(), false);
        return block.orNull();
    }

    private static Block persistence(PersistenceSpec spec) {
        Block block = new Block().put("enabled", spec.enabled());
        block.put("table", text(spec.table()));
        PersistenceSpec.PrimaryKey key = spec.primaryKey();
        if (key != null) {
            block.put(
                    "primaryKey",
                    new Block()
                            .put("name", key.column())
                            .put("type", key.type().toString())
                            .put("generated", true));
        }
        if (!spec.unicity().isEmpty()) {
            block.put("unicity", new Block().put("fields", names(spec.unicity())));
        }
        block.put("onConflict", spec.onConflict() == null ? null : word(spec.onConflict()));
        block.put("indexes", spec.indexes().stream().map(V1Writer::index).toList());
        block.put("foreignKeys", spec.foreignKeys().stream().map(V1Writer::foreignKey).toList());
        block.put("systemColumns", spec.systemColumns());
        block.put("managed", spec.managed());
        PersistenceSpec.Legacy legacy = spec.legacy();
        if (legacy != null) {
            block.put(
                    "legacyMapping",
                    new Block()
                            .put("enabled", legacy.enabled())
                            .put("table", legacy.table())
                            .put("idColumn", legacy.idColumn()));
        }
        return block;
    }

    private static Block index(PersistenceSpec.Index index) {
        Block block = new Block().put("name", index.name().text());
        block.put("fields", names(index.fields()));
        block.flag("unique", index.unique(), false);
        return index.method().equals("btree") ? block : block.put("method", index.method());
    }

    private static Block foreignKey(PersistenceSpec.ForeignKey key) {
        Block block = new Block().put("fields", names(key.fields()));
        block.put("references", key.table() + "." + String.join(",", key.columns()));
        block.flag("enforce", key.enforce(), false);
        return block;
    }
}
