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
        final Map<String, @Nullable Instance> parents;
        final JsonNode source;
        final String pointer;
        final List<Integer> path;
        final Map<String, @Nullable Object> values = new LinkedHashMap<>();

        Instance(
                EntitySpec entity,
                Map<String, @Nullable Instance> parents,
                JsonNode source,
                String pointer,
                List<Integer> path) {
            this.entity = entity;
            this.parents = parents;
            this.source = source;
            this.pointer = pointer;
            this.path = path;
        }
    }

    private record Raw(@Nullable Object value, String pointer) {}

    private final OffsetDateTime now;
    private final Set<String> faults = new TreeSet<>();
    private final Map<String, List<Map<String, @Nullable Object>>> rows = new TreeMap<>();

    private NaiveInterpreter(OffsetDateTime now) {
        this.now = now;
    }

    static Outcome interpret(Catalog catalog, String entity, JsonNode payload, OffsetDateTime now) {
        NaiveInterpreter oracle = new NaiveInterpreter(now);
        EntitySpec sent = Objects.requireNonNull(catalog.entity(entity));
        oracle.keep(sent, List.of(new Instance(sent, Map.of(), payload, "", List.of())));
        boolean more = true;
        while (more) {
            more = false;
            for (EntitySpec each : catalog.entities()) {
                more |= !oracle.made.containsKey(each.name().text()) && oracle.derive(each);
            }
        }
        return new Outcome(oracle.rows, oracle.faults);
    }

    private final Map<String, List<Instance>> made = new LinkedHashMap<>();

    /** Fills instances and keeps those that need to exist. */
    private void keep(EntitySpec entity, List<Instance> candidates) {
        List<Instance> instances = new ArrayList<>();
        for (Instance candidate : candidates) {
            Set<String> before = new TreeSet<>(faults);
            fill(candidate);
            if (exists(candidate)) {
                instances.add(candidate);
            } else {
                faults.clear();
                faults.addAll(before);
            }
        }
        made.put(entity.name().text(), instances);
        duplicates(instances, entity);
        if (entity.stored() != null && !instances.isEmpty()) {
            List<Map<String, @Nullable Object>> table = new ArrayList<>();
            instances.forEach(instance -> table.add(row(instance)));
            rows.put(Objects.requireNonNull(entity.stored().table()).text(), table);
        }
    }

    private boolean exists(Instance instance) {
        var existence = instance.entity.existence();
        Derivation derivation = instance.entity.derivation();
        if (existence != null) {
            return (existence.any().isEmpty()
                            || existence.any().stream().anyMatch(n -> given(instance, n.text())))
                    && existence.all().stream().allMatch(n -> given(instance, n.text()));
        }
        if (derivation == null || derivation.repeatedFor() != null || instance.parents.isEmpty()) {
            return true;
        }
        List<FieldSpec> taken =
                instance.entity.fields().stream()
                        .filter(field -> takesFromParents(field, derivation))
                        .toList();
        return taken.isEmpty()
                || taken.stream().anyMatch(field -> given(instance, field.name().text()));
    }

    private static boolean takesFromParents(FieldSpec field, Derivation derivation) {
        List<String> names = new ArrayList<>();
        if (field.source() instanceof ValueSource.CopyFrom copy) {
            names.add(copy.entity().text());
        } else if (field.source() instanceof ValueSource.Transform call) {
            call.inputs().stream()
                    .filter(input -> input.entity() != null)
                    .forEach(input -> names.add(Objects.requireNonNull(input.entity()).text()));
        }
        return names.stream()
                .anyMatch(name ->
                        derivation.parents().stream()
                                .noneMatch(p -> p.isCalled(name) && p.ancillary()));
    }

    /** Whether there is a value to take, before any default. */
    private boolean given(Instance instance, String name) {
        FieldSpec field = Objects.requireNonNull(instance.entity.field(name));
        Object raw = take(instance, field).value();
        Object value =
                raw instanceof JsonNode node
                        ? node.isNull() ? null : NaiveTypes.read(field.type(), node, field.coerce())
                        : raw;
        boolean empty =
                value == null
                        || value.equals("")
                        || (value instanceof List<?> list && list.isEmpty())
                        || (value instanceof JsonNode node && node.isArray() && node.isEmpty());
        return !empty;
    }

    /** Makes a derived entity where all its parents are made; false where it is too early. */
    private boolean derive(EntitySpec entity) {
        Derivation derivation = entity.derivation();
        if (derivation == null || !derivation.parents().stream().anyMatch(this::isMade)) {
            return false;
        }
        for (Derivation.Parent parent : derivation.parents()) {
            if (!parent.ancillary() && !isMade(parent)) {
                return false;
            }
        }
        List<Instance> children = new ArrayList<>();
        if (derivation.repeatedFor() != null) {
            String name = derivation.parents().getFirst().entity().text();
            Objects.requireNonNull(made.get(name))
                    .forEach(parent -> repeat(parent, entity, derivation.repeatedFor(), children));
        } else {
            join(entity, derivation, children);
        }
        keep(entity, children);
        return true;
    }

    private boolean isMade(Derivation.Parent parent) {
        return made.containsKey(parent.entity().text());
    }

    /** Every combination of parents whose paths agree; an ancillary one may be missing. */
    private void join(EntitySpec entity, Derivation derivation, List<Instance> children) {
        List<Map<String, @Nullable Instance>> rows = List.of(Map.of());
        for (boolean ancillary : new boolean[] {false, true}) {
            for (Derivation.Parent parent : derivation.parents()) {
                if (parent.ancillary() == ancillary) {
                    rows = extend(rows, parent);
                }
            }
        }
        for (Map<String, @Nullable Instance> row : rows) {
            Instance deepest = null;
            for (Derivation.Parent parent : derivation.parents()) {
                Instance each = row.get(parent.entity().text());
                if (each != null && (deepest == null || each.path.size() > deepest.path.size())) {
                    deepest = each;
                }
            }
            Instance nearest = Objects.requireNonNull(deepest);
            children.add(new Instance(entity, row, nearest.source, nearest.pointer, nearest.path));
        }
    }

    private List<Map<String, @Nullable Instance>> extend(
            List<Map<String, @Nullable Instance>> rows, Derivation.Parent parent) {
        List<Map<String, @Nullable Instance>> extended = new ArrayList<>();
        for (Map<String, @Nullable Instance> row : rows) {
            boolean found = false;
            for (Instance each : made.getOrDefault(parent.entity().text(), List.of())) {
                boolean agrees =
                        row.values().stream().allMatch(o -> o == null || agree(o.path, each.path));
                if (agrees) {
                    Map<String, @Nullable Instance> longer = new LinkedHashMap<>(row);
                    longer.put(parent.entity().text(), each);
                    extended.add(longer);
                    found = true;
                }
            }
            if (!found && parent.ancillary()) {
                extended.add(row);
            }
        }
        return extended;
    }

    private static boolean agree(List<Integer> a, List<Integer> b) {
        int common = Math.min(a.size(), b.size());
        return a.subList(0, common).equals(b.subList(0, common));
    }

    private void repeat(
            Instance parent,
            EntitySpec child,
            Derivation.RepeatedFor repeated,
            List<Instance> children) {
        FieldSpec field = Objects.requireNonNull(parent.entity.field(repeated.field().text()));
        if (parent.values.get(field.name().text()) instanceof JsonNode list) {
            String at = take(parent, field).pointer();
            for (int i = 0; i < list.size(); i++) {
                JsonNode item = Objects.requireNonNull(list.get(i));
                if (item.isObject()) {
                    List<Integer> path = new ArrayList<>(parent.path);
                    path.add(i);
                    children.add(
                            new Instance(
                                    child,
                                    Map.of(parent.entity.name().text(), parent),
                                    item,
                                    at + "/" + i,
                                    path));
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
        if (entity.stored() != null) {
            entity.stored()
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
                instance.parents.isEmpty() && instance.entity.type() == EntitySpec.Type.DERIVED;
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
            case ValueSource.Expression ignored ->
                    throw new AssertionError("expressions have no oracle");
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
        Instance from = called(instance, copy.entity().text());
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

    /** An ancestor by its name, or by what this entity calls a parent. */
    private static @Nullable Instance called(Instance instance, String name) {
        Derivation derivation = instance.entity.derivation();
        if (derivation != null) {
            for (Derivation.Parent parent : derivation.parents()) {
                if (parent.isCalled(name)) {
                    return ancestor(instance, parent.entity().text());
                }
            }
        }
        return ancestor(instance, name);
    }

    /** The instance that this one comes from; null where it is not part of the message. */
    private static @Nullable Instance ancestor(Instance instance, String entity) {
        for (Map.Entry<String, @Nullable Instance> parent : instance.parents.entrySet()) {
            Instance found = parent.getValue();
            if (found != null && !parent.getKey().equals(entity)) {
                found = ancestor(found, entity);
            }
            if (found != null) {
                return found;
            }
        }
        return null;
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
        String member = "";
        if (call.args().get("field") instanceof io.nomnom.yaml.Node.Scalar scalar) {
            member = scalar.text();
            pointer += "/" + member;
        }
        for (Object input : inputs) {
            if (input instanceof Bad) {
                return new Raw(input, pointer);
            }
        }
        return new Raw(NaiveTypes.call(call.name().text(), inputs, member), pointer);
    }

    private @Nullable Object input(Instance instance, ValueSource.Input input) {
        String name = input.field().text();
        if (input.entity() != null) {
            Instance from = called(instance, input.entity().text());
            return from == null
                    ? null
                    : silent(value(from, Objects.requireNonNull(from.entity.field(name))));
        }
        FieldSpec own = instance.entity.field(name);
        return own == null ? instance.source : silent(value(instance, own));
    }
}
