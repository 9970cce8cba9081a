package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.ValueSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The oracle: interprets a catalog as it is declared, by names and without a plan, one value at a
 * time. Slow and plain on purpose; it shares no code with the compiled plan but the catalog.
 */
final class NaiveInterpreter {
    /** A value that is at fault; {@code code} is empty where it was reported elsewhere. */
    record Bad(String code) {}

    /** Rows by table (values folded for comparison), and faults as {@code pointer code}. */
    record Outcome(Map<String, List<Map<String, @Nullable Object>>> rows, Set<String> faults) {}

    private static final class Instance {
        final EntitySpec entity;
        final @Nullable Instance parent;
        final JsonNode source;
        final String pointer;
        final Map<String, @Nullable Object> values = new LinkedHashMap<>();

        Instance(EntitySpec entity, @Nullable Instance parent, JsonNode source, String pointer) {
            this.entity = entity;
            this.parent = parent;
            this.source = source;
            this.pointer = pointer;
        }
    }

    private record Raw(@Nullable Object value, String pointer) {}

    private final Catalog catalog;
    private final OffsetDateTime now;
    private final Set<String> faults = new TreeSet<>();
    private final Map<String, List<Map<String, @Nullable Object>>> rows = new TreeMap<>();

    private NaiveInterpreter(Catalog catalog, OffsetDateTime now) {
        this.catalog = catalog;
        this.now = now;
    }

    static Outcome interpret(Catalog catalog, String entity, JsonNode payload, OffsetDateTime now) {
        NaiveInterpreter oracle = new NaiveInterpreter(catalog, now);
        EntitySpec sent = Objects.requireNonNull(catalog.entity(entity));
        oracle.make(List.of(new Instance(sent, null, payload, "")), sent);
        return new Outcome(oracle.rows, oracle.faults);
    }

    private void make(List<Instance> instances, EntitySpec entity) {
        instances.forEach(this::fill);
        duplicates(instances, entity);
        if (entity.persistence() != null && !instances.isEmpty()) {
            List<Map<String, @Nullable Object>> made = new ArrayList<>();
            instances.forEach(instance -> made.add(row(instance)));
            rows.put(entity.persistence().table().text(), made);
        }
        for (EntitySpec child : catalog.entities()) {
            Derivation derivation = child.derivation();
            if (derivation != null && derivation.entity().text().equals(entity.name().text())) {
                List<Instance> children = new ArrayList<>();
                instances.forEach(parent -> derive(parent, child, derivation, children));
                make(children, child);
            }
        }
    }

    private void derive(
            Instance parent, EntitySpec child, Derivation derivation, List<Instance> children) {
        if (!(derivation instanceof Derivation.RepeatedFor repeated)) {
            children.add(new Instance(child, parent, parent.source, parent.pointer));
            return;
        }
        FieldSpec field = Objects.requireNonNull(parent.entity.field(repeated.field().text()));
        if (parent.values.get(field.name().text()) instanceof JsonNode list) {
            String at = take(parent, field).pointer();
            for (int i = 0; i < list.size(); i++) {
                JsonNode item = Objects.requireNonNull(list.get(i));
                if (item.isObject()) {
                    children.add(new Instance(child, parent, item, at + "/" + i));
                } else {
                    faults.add(at + "/" + i + " type");
                }
            }
        }
    }

    private void fill(Instance instance) {
        for (FieldSpec field : instance.entity.fields()) {
            value(instance, field);
        }
        for (FieldSpec field : unicity(instance.entity)) {
            if ("".equals(value(instance, field))) {
                faults.add(take(instance, field).pointer() + " empty_key");
            }
        }
    }

    private static List<FieldSpec> unicity(EntitySpec entity) {
        List<FieldSpec> fields = new ArrayList<>();
        if (entity.persistence() != null) {
            entity.persistence()
                    .unicity()
                    .forEach(name -> fields.add(Objects.requireNonNull(entity.field(name.text()))));
        }
        return fields;
    }

    private void duplicates(List<Instance> instances, EntitySpec entity) {
        Set<List<@Nullable Object>> seen = new HashSet<>();
        List<FieldSpec> key = unicity(entity);
        if (key.isEmpty()) {
            return;
        }
        for (Instance instance : instances) {
            List<@Nullable Object> values = new ArrayList<>();
            key.forEach(field -> values.add(value(instance, field)));
            boolean whole = values.stream().noneMatch(v -> v == null || v instanceof Bad);
            if (whole && !seen.add(values)) {
                faults.add(instance.pointer + " duplicate_key");
            }
        }
    }

    private Map<String, @Nullable Object> row(Instance instance) {
        Map<String, @Nullable Object> row = new TreeMap<>();
        for (FieldSpec field : instance.entity.fields()) {
            if (field.stored()) {
                row.put(field.name().snakeCase(), Folded.of(value(instance, field)));
            }
        }
        return row;
    }

    private @Nullable Object value(Instance instance, FieldSpec field) {
        String name = field.name().text();
        if (!instance.values.containsKey(name)) {
            Raw raw = take(instance, field);
            Object value = judge(field, raw.value());
            if (value instanceof Bad bad && !bad.code().isEmpty()) {
                faults.add(raw.pointer() + " " + bad.code());
            }
            instance.values.put(name, value);
        }
        return instance.values.get(name);
    }

    private @Nullable Object judge(FieldSpec field, @Nullable Object raw) {
        var constraints = field.constraints();
        boolean structure = field.type().kind().isStructure() && !field.stored();
        boolean required = !constraints.nullable() && !structure;
        Object value = raw;
        if (raw instanceof JsonNode node) {
            value = node.isNull() ? null : NaiveTypes.read(field.type(), node, field.coerce());
        }
        if (value instanceof Bad bad && bad.code().equals("transform") && !required) {
            value = null;
        }
        if (value != null) {
            return value instanceof Bad ? value : NaiveTypes.check(field, value);
        }
        var otherwise = constraints.defaultValue();
        if (otherwise == null) {
            return required ? new Bad("missing") : null;
        }
        return otherwise.text().equals("now()")
                ? now
                : NaiveTypes.read(field.type(), TextNode.valueOf(otherwise.text()), true);
    }

    private Raw take(Instance instance, FieldSpec field) {
        boolean byItself =
                instance.parent == null && instance.entity.type() == EntitySpec.Type.DERIVED;
        return switch (byItself ? new ValueSource.ByName() : field.source()) {
            case ValueSource.ByName ignored -> byName(instance, field);
            case ValueSource.ByPath path ->
                    new Raw(
                            missingAsNull(instance.source.at(path.pointer())),
                            instance.pointer + path.pointer());
            case ValueSource.CopyFrom copy -> new Raw(copy(instance, copy), instance.pointer);
            case ValueSource.Constant constant ->
                    new Raw(
                            NaiveTypes.read(
                                    field.type(), TextNode.valueOf(constant.value().text()), true),
                            instance.pointer);
            case ValueSource.Transform call -> transform(instance, call);
        };
    }

    private static @Nullable JsonNode missingAsNull(JsonNode node) {
        return node.isMissingNode() ? null : node;
    }

    private static Raw byName(Instance instance, FieldSpec field) {
        String written = field.name().text();
        String column = field.name().snakeCase();
        boolean hasWritten = instance.source.has(written);
        boolean hasColumn = !written.equals(column) && instance.source.has(column);
        if (hasWritten && hasColumn) {
            return new Raw(new Bad("type"), instance.pointer + "/" + written);
        }
        String key = hasColumn ? column : written;
        return new Raw(instance.source.get(key), instance.pointer + "/" + key);
    }

    private @Nullable Object copy(Instance instance, ValueSource.CopyFrom copy) {
        Instance from = ancestor(instance, copy.entity().text());
        if (from == null) {
            return null;
        }
        if (copy.when() != null) {
            FieldSpec asked = Objects.requireNonNull(from.entity.field(copy.when().field().text()));
            Object wanted =
                    NaiveTypes.read(
                            asked.type(), TextNode.valueOf(copy.when().equals().text()), true);
            if (!wanted.equals(value(from, asked))) {
                return null;
            }
        }
        return silent(value(from, Objects.requireNonNull(from.entity.field(copy.field().text()))));
    }

    /** The instance that this one comes from; null where it is not part of the message. */
    private static @Nullable Instance ancestor(Instance instance, String entity) {
        Instance at = instance.parent;
        while (at != null && !at.entity.name().text().equals(entity)) {
            at = at.parent;
        }
        return at;
    }

    private static @Nullable Object silent(@Nullable Object value) {
        return value instanceof Bad ? new Bad("") : value;
    }

    private Raw transform(Instance instance, ValueSource.Transform call) {
        List<@Nullable Object> inputs = new ArrayList<>();
        for (ValueSource.Input input : call.inputs()) {
            inputs.add(input(instance, input));
        }
        String pointer = instance.pointer;
        var member = call.args().get("field");
        if (member != null) {
            pointer += "/" + member.text();
        }
        for (Object input : inputs) {
            if (input instanceof Bad) {
                return new Raw(input, pointer);
            }
        }
        return new Raw(
                NaiveTypes.call(call.name().text(), inputs, member == null ? "" : member.text()),
                pointer);
    }

    private @Nullable Object input(Instance instance, ValueSource.Input input) {
        String name = input.field().text();
        if (input.entity() != null) {
            Instance from = ancestor(instance, input.entity().text());
            return from == null
                    ? null
                    : silent(value(from, Objects.requireNonNull(from.entity.field(name))));
        }
        FieldSpec own = instance.entity.field(name);
        return own == null ? instance.source : silent(value(instance, own));
    }
}
