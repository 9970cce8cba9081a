package io.nomnom.plan;

import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.catalog.Name;
import io.nomnom.catalog.ValueSource;
import io.nomnom.transform.Transform;
import io.nomnom.transform.Transforms;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import io.nomnom.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles the fields of one entity for one route. */
final class FieldCompiler {
    private final EntitySpec entity;
    private final List<EntitySpec> ancestors;
    private final int present;
    private final boolean sent;
    private final Issues issues;
    private final ConstraintCompiler constraints;
    private final Map<Integer, Set<Integer>> dependencies = new HashMap<>();
    private int compiling;

    /**
     * @param ancestors all of the catalog, the parent first
     * @param present how many of them are in the route: none where the entity is sent by itself,
     *     and then its fields are taken by name
     */
    FieldCompiler(EntitySpec entity, List<EntitySpec> ancestors, int present, Issues issues) {
        this.entity = entity;
        this.ancestors = ancestors;
        this.present = present;
        this.sent = present == 0 && entity.type() == EntitySpec.Type.DERIVED;
        this.issues = issues;
        this.constraints = new ConstraintCompiler(issues);
    }

    FieldPlan compile(FieldSpec field, int slot) {
        compiling = slot;
        dependencies.put(slot, new LinkedHashSet<>());
        ValueReader reader = new ValueReader(field.type(), field.coerce());
        ValueSource source = sent ? new ValueSource.ByName() : field.source();
        if (!field.sound()) {
            source = new ValueSource.ByName();
        }
        boolean structure = field.type().kind().isStructure() && !field.stored();
        return new FieldPlan(
                field.name().text(),
                field.name().snakeCase(),
                slot,
                extractor(field, source),
                reader,
                constraints.checks(field),
                !field.constraints().nullable() && !structure,
                constraints.defaultValue(field),
                new Origin(field.name().place().pathAndLine()));
    }

    /** The slot of a field of this entity by its name; -1 where there is none. */
    int slot(String name) {
        return slot(entity, name);
    }

    private static int slot(EntitySpec entity, String name) {
        FieldSpec field = entity.field(name);
        return field == null ? -1 : entity.fields().indexOf(field);
    }

    /** The slots so that a field comes after those it reads; a cycle is an issue. */
    List<Integer> order() {
        Set<Integer> placed = new LinkedHashSet<>();
        for (int slot = 0; slot < entity.fields().size(); slot++) {
            place(slot, placed, new LinkedHashSet<>());
        }
        return List.copyOf(placed);
    }

    private void place(int slot, Set<Integer> placed, Set<Integer> onTheWay) {
        if (placed.contains(slot)) {
            return;
        }
        if (!onTheWay.add(slot)) {
            Name name = entity.fields().get(slot).name();
            String way =
                    onTheWay.stream()
                            .map(each -> entity.fields().get(each).name().text())
                            .collect(Collectors.joining(" -> "));
            issues.error(
                    IssueCode.ENT206,
                    name.place(),
                    "fields read one another in a circle: " + way + " -> " + name.text());
            return;
        }
        dependencies.getOrDefault(slot, Set.of()).forEach(each -> place(each, placed, onTheWay));
        placed.add(slot);
    }

    private Extractor extractor(FieldSpec field, ValueSource source) {
        Extractor byName = new Extractor.ByName(field.name().text(), field.name().snakeCase());
        Extractor compiled =
                switch (source) {
                    case ValueSource.ByName ignored -> byName;
                    case ValueSource.ByPath path -> path(path);
                    case ValueSource.CopyFrom copy -> copy(field, copy);
                    case ValueSource.Constant constant -> constant(field, constant.value());
                    case ValueSource.Transform transform -> call(field, transform);
                };
        return compiled == null ? byName : compiled;
    }

    private static Extractor path(ValueSource.ByPath path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.pointer().substring(1).split("/", -1)) {
            parts.add(part.replace("~1", "/").replace("~0", "~"));
        }
        return new Extractor.ByPath(parts);
    }

    private @Nullable Extractor copy(FieldSpec field, ValueSource.CopyFrom copy) {
        Extractor.Slot slot = slot(copy.entity(), copy.field());
        FieldSpec from =
                slot == null ? null : ancestors.get(slot.hops() - 1).fields().get(slot.slot());
        if (slot == null || from == null) {
            return null;
        }
        checkType(field, from.type(), copy.field());
        ValueSource.When when = copy.when();
        if (when == null) {
            return reach(slot);
        }
        Extractor.Slot condition = slot(copy.entity(), when.field());
        if (condition == null) {
            return null;
        }
        FieldSpec asked = ancestors.get(condition.hops() - 1).fields().get(condition.slot());
        Object equals = constraints.value(asked.type(), when.equals());
        if (equals == null) {
            return null;
        }
        return slot.hops() > present
                ? new Extractor.Absent()
                : new Extractor.SlotWhen(slot, condition, equals);
    }

    /** An ancestor that is not in the route gives no value: a child was sent without it. */
    private Extractor reach(Extractor.Slot slot) {
        return slot.hops() > present ? new Extractor.Absent() : slot;
    }

    private void checkType(FieldSpec field, FieldType from, Name name) {
        boolean json = from.kind() == Kind.JSON || from.kind().isStructure();
        if (field.sound() && from.kind() != field.type().kind() && !json) {
            issues.error(
                    IssueCode.ENT403,
                    name.place(),
                    "'%s' is %s, but '%s' is %s"
                            .formatted(name.text(), from, field.name().text(), field.type()));
        }
    }

    /** The slot of a field of an ancestor; null and an issue where there is none. */
    private Extractor.@Nullable Slot slot(Name entityName, Name fieldName) {
        for (int i = 0; i < ancestors.size(); i++) {
            EntitySpec ancestor = ancestors.get(i);
            if (ancestor.name().text().equals(entityName.text())) {
                int slot = slot(ancestor, fieldName.text());
                if (slot < 0) {
                    List<String> names =
                            ancestor.fields().stream().map(each -> each.name().text()).toList();
                    issues.error(
                            IssueCode.ENT205,
                            fieldName.place(),
                            "'%s' is not a field of %s"
                                    .formatted(fieldName.text(), entityName.text()),
                            Nearest.hint(fieldName.text(), names));
                    return null;
                }
                return new Extractor.Slot(i + 1, slot);
            }
        }
        List<String> names = ancestors.stream().map(each -> each.name().text()).toList();
        if (names.isEmpty() && entity.derivation() != null) {
            return null; // the parent itself is at fault, and that is reported
        }
        issues.error(
                IssueCode.ENT204,
                entityName.place(),
                "'%s' is not an entity that %s derives from"
                        .formatted(entityName.text(), entity.name().text()),
                Nearest.hint(entityName.text(), names));
        return null;
    }

    private @Nullable Extractor constant(FieldSpec field, Scalar scalar) {
        Object value = constraints.value(field.type(), scalar);
        return value == null ? null : new Extractor.Constant(value);
    }

    private @Nullable Extractor call(FieldSpec field, ValueSource.Transform call) {
        Name name = call.name();
        Transform transform = Transforms.find(name.text());
        if (transform == null) {
            issues.error(
                    IssueCode.ENT401,
                    name.place(),
                    "'%s' is not a transform".formatted(name.text()),
                    Nearest.hint(name.text(), Transforms.names()));
            return null;
        }
        if (!transform.takes(call.inputs().size())
                || !call.args().keySet().equals(Set.copyOf(transform.args()))) {
            issues.error(
                    IssueCode.ENT402,
                    name.place(),
                    "the inputs or args do not fit " + transform.signature());
            return null;
        }
        List<Extractor> inputs = new ArrayList<>();
        for (ValueSource.Input input : call.inputs()) {
            Extractor extractor = input(field, transform, input);
            if (extractor == null) {
                return null;
            }
            inputs.add(extractor);
        }
        Map<String, String> args = new HashMap<>();
        call.args().forEach((key, scalar) -> args.put(key, scalar.text()));
        return new Extractor.Call(transform, inputs, args);
    }

    private @Nullable Extractor input(
            FieldSpec field, Transform transform, ValueSource.Input input) {
        Name name = input.field();
        if (input.entity() != null) {
            Extractor.Slot slot = slot(input.entity(), name);
            if (slot != null) {
                FieldSpec from = ancestors.get(slot.hops() - 1).fields().get(slot.slot());
                checkInput(field, transform, from, name);
            }
            return slot == null ? null : reach(slot);
        }
        if (entity.derivation() instanceof Derivation.RepeatedFor repeated
                && repeated.itemName().equals(name.text())) {
            return new Extractor.Item();
        }
        int slot = slot(name.text());
        if (slot >= 0) {
            dependencies.getOrDefault(compiling, new LinkedHashSet<>()).add(slot);
            checkInput(field, transform, entity.fields().get(slot), name);
            return new Extractor.Slot(0, slot);
        }
        issues.error(
                IssueCode.ENT205,
                name.place(),
                "'%s' is neither a field of %s nor the name of its item"
                        .formatted(name.text(), entity.name().text()),
                Nearest.hint(
                        name.text(), entity.fields().stream().map(f -> f.name().text()).toList()));
        return null;
    }

    private void checkInput(FieldSpec field, Transform transform, FieldSpec from, Name name) {
        boolean json = from.type().kind() == Kind.JSON || from.type().kind().isStructure();
        switch (transform.inputs().getFirst()) {
            case SAME -> checkType(field, from.type(), name);
            case JSON -> {
                if (!json) {
                    issues.error(
                            IssueCode.ENT403,
                            name.place(),
                            "%s reads json; '%s' is %s"
                                    .formatted(transform.name(), name.text(), from.type()));
                }
            }
            case STRING, INTEGER, FLOAT, BOOLEAN -> {}
        }
    }
}
