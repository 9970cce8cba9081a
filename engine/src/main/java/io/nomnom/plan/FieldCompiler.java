package io.nomnom.plan;

import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.catalog.Name;
import io.nomnom.catalog.ValueSource;
import io.nomnom.transform.Bound;
import io.nomnom.transform.Transform;
import io.nomnom.transform.Transforms;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import io.nomnom.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles the fields of one entity. */
final class FieldCompiler {
    private final EntitySpec entity;
    private final Reach reach;
    private final boolean sent;
    private final Transforms transforms;
    private final Issues issues;
    private final ConstraintCompiler constraints;
    private final Map<String, Integer> slots;
    private final ExpressionCompiler expressions;
    private final List<Reads> reads = new ArrayList<>();
    private Reads reading = new Reads();

    /** What the field that is being compiled reads. */
    static final class Reads {
        final Set<Integer> slots = new LinkedHashSet<>();
        final Set<String> keys = new LinkedHashSet<>();
        final Set<String> rootKeys = new LinkedHashSet<>();
        boolean wholeSource;
        boolean parents;
    }

    /**
     * @param sent whether for the entity when it is sent by itself: then a derived one's fields are
     *     taken by name
     */
    FieldCompiler(
            EntitySpec entity, Reach reach, boolean sent, Transforms transforms, Issues issues) {
        this.entity = entity;
        this.reach = reach;
        this.sent = sent && entity.type() == EntitySpec.Type.DERIVED;
        this.transforms = transforms;
        this.issues = issues;
        this.constraints = new ConstraintCompiler(issues);
        this.slots = new java.util.HashMap<>();
        for (int slot = 0; slot < entity.fields().size(); slot++) {
            Name name = entity.fields().get(slot).name();
            slots.putIfAbsent(name.text(), slot);
            slots.putIfAbsent(name.snakeCase(), slot);
        }
        this.expressions = new ExpressionCompiler(entity, reach, this::slot, issues);
    }

    ExpressionCompiler expressions() {
        return expressions;
    }

    /** What each compiled field reads, by slot. */
    List<Reads> reads() {
        return reads;
    }

    FieldPlan compile(FieldSpec field, int slot) {
        reading = new Reads();
        reads.add(reading);
        ValueReader reader = new ValueReader(field.type(), field.coerce());
        ValueSource source = sent || !field.sound() ? new ValueSource.ByName() : field.source();
        boolean structure = field.type().kind().isStructure() && !field.stored();
        List<Check> checks = constraints.checks(field);
        return new FieldPlan(
                field.name().text(),
                field.name().snakeCase(),
                slot,
                extractor(field, source, checks),
                reader,
                checks,
                !field.constraints().nullable() && !structure,
                constraints.defaultValue(field, checks),
                new Origin(field.name().place().pathAndLine()));
    }

    /** The slot of a field of this entity by its name; -1 where there is none. */
    int slot(String name) {
        return slots.getOrDefault(name, -1);
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
        reads.get(slot).slots.forEach(each -> place(each, placed, onTheWay));
        placed.add(slot);
    }

    private Extractor extractor(FieldSpec field, ValueSource source, List<Check> checks) {
        Extractor compiled =
                switch (source) {
                    case ValueSource.ByName ignored -> null;
                    case ValueSource.ByPath path -> path(path);
                    case ValueSource.CopyFrom copy -> copy(field, copy);
                    case ValueSource.Constant constant -> constant(field, constant.value(), checks);
                    case ValueSource.Transform transform -> call(field, transform);
                    case ValueSource.Expression cel -> expressions.field(field, cel.cel(), reading);
                };
        if (compiled != null) {
            return compiled;
        }
        reading.keys.add(field.name().text());
        reading.keys.add(field.name().snakeCase());
        return new Extractor.ByName(field.name().text(), field.name().snakeCase());
    }

    private Extractor path(ValueSource.ByPath path) {
        List<String> parts = path.parts();
        reading.keys.add(parts.getFirst());
        return new Extractor.ByPath(parts);
    }

    private @Nullable Extractor copy(FieldSpec field, ValueSource.CopyFrom copy) {
        Reach.Target target = target(copy.entity());
        FieldSpec from = target == null ? null : fieldOf(target.entity(), copy.field());
        ValueSource.When when = copy.when();
        FieldSpec asked =
                target == null || when == null ? null : fieldOf(target.entity(), when.field());
        if (target == null || from == null) {
            return null;
        }
        reading.parents |= !target.ancillary();
        Extractor value = widened(field, from, copy.field(), copied(target, from));
        if (when == null || asked == null) {
            return value;
        }
        Object equals = constraints.value(asked.type(), when.equals());
        return equals == null ? null : new Extractor.When(value, copied(target, asked), equals);
    }

    private static Extractor copied(Reach.Target target, FieldSpec from) {
        int slot = slot(target.entity(), from.name().text());
        return target.from(new Extractor.Slot(slot));
    }

    /** Checks that a field can be copied, and widens integers where the target is wider. */
    private Extractor widened(FieldSpec field, FieldSpec from, Name name, Extractor value) {
        Kind kind = field.type().kind();
        Kind source = from.type().kind();
        boolean widens =
                (source == Kind.INTEGER && (kind == Kind.BIGINT || kind == Kind.DECIMAL))
                        || (source == Kind.BIGINT && kind == Kind.DECIMAL);
        if (widens) {
            return new Extractor.Widened(value);
        }
        boolean json = source == Kind.JSON || source.isStructure();
        if (field.sound() && from.sound() && source != kind && !json) {
            mismatch(field, from.type().toString(), name);
        }
        return value;
    }

    private void mismatch(FieldSpec field, String found, Name name) {
        issues.error(
                IssueCode.ENT403,
                name.place(),
                "'%s' is %s, but '%s' is %s"
                        .formatted(name.text(), found, field.name().text(), field.type()),
                conversion(field.type().kind()));
    }

    /** The transform that makes values of a type. */
    private static @Nullable String conversion(Kind kind) {
        String transform =
                switch (kind) {
                    case STRING -> "to_string";
                    case INTEGER -> "to_int";
                    case BIGINT -> "to_bigint";
                    case FLOAT -> "to_float";
                    case DECIMAL -> "to_decimal";
                    case BOOLEAN -> "to_bool";
                    case DATE -> "parse_date";
                    case TIMESTAMP -> "parse_timestamp";
                    case UUID, JSON, ARRAY, LIST, OBJECT -> null;
                };
        return transform == null ? null : "convert it with " + transform;
    }

    /** The entity with this name that this one derives from; null and an issue without one. */
    private Reach.@Nullable Target target(Name name) {
        Reach.Target target = reach.find(name.text());
        if (target != null) {
            return target;
        }
        if (reach.names().isEmpty() && entity.derivation() != null) {
            return null; // the parent itself is at fault, and that is reported
        }
        issues.error(
                IssueCode.ENT204,
                name.place(),
                "'%s' is not an entity that %s derives from"
                        .formatted(name.text(), entity.name().text()),
                dotted(name.text()));
        return null;
    }

    /** The right way to write {@code Entity.field}, else the nearest name. */
    private @Nullable String dotted(String name) {
        int dot = name.indexOf('.');
        return dot > 0 && reach.find(name.substring(0, dot)) != null
                ? "write copyFrom: %s, field: %s"
                        .formatted(name.substring(0, dot), name.substring(dot + 1))
                : Nearest.hint(name, reach.names());
    }

    private @Nullable FieldSpec fieldOf(EntitySpec from, Name name) {
        FieldSpec field = from.field(name.text());
        if (field == null) {
            List<String> names = from.fields().stream().map(each -> each.name().text()).toList();
            issues.error(
                    IssueCode.ENT205,
                    name.place(),
                    "'%s' is not a field of %s".formatted(name.text(), from.name().text()),
                    Nearest.hint(name.text(), names));
        }
        return field;
    }

    private @Nullable Extractor constant(FieldSpec field, Scalar scalar, List<Check> checks) {
        Object value = constraints.constant(field, scalar, checks);
        return value == null ? null : new Extractor.Constant(value);
    }

    private @Nullable Extractor call(FieldSpec field, ValueSource.Transform call) {
        Name name = call.name();
        Transform transform = transforms.find(name, issues);
        List<Extractor> inputs = new ArrayList<>();
        boolean sound = transform != null;
        if (transform != null && !transform.takes(call.inputs().size())) {
            issues.error(
                    IssueCode.ENT402,
                    name.place(),
                    "%d inputs do not fit %s"
                            .formatted(call.inputs().size(), transform.signature()));
            sound = false;
        }
        for (int i = 0; i < call.inputs().size(); i++) {
            Transform.Parameter parameter =
                    transform == null || transform.inputs().isEmpty() ? null : transform.input(i);
            Extractor input = input(field, transform, parameter, call.inputs().get(i));
            sound &= input != null;
            if (input != null) {
                inputs.add(input);
            }
        }
        if (transform == null) {
            return null;
        }
        if (field.sound() && !transform.fits(field.type())) {
            issues.error(
                    IssueCode.ENT403,
                    name.place(),
                    "%s gives %s, but '%s' is %s"
                            .formatted(
                                    transform.name(),
                                    transform.result().word(),
                                    field.name().text(),
                                    field.type()),
                    conversion(field.type().kind()));
            sound = false;
        }
        Bound bound = Transforms.bind(transform, call.args(), name.place(), issues);
        return sound && bound != null
                ? new Extractor.Call(bound, inputs, label(transform, call))
                : null;
    }

    private static String label(Transform transform, ValueSource.Transform call) {
        return call.inputs().stream()
                .map(FieldCompiler::words)
                .collect(Collectors.joining(", ", transform.name() + "(", ")"));
    }

    private static String words(ValueSource.Input input) {
        String field = input.field().text();
        return input.entity() == null ? field : input.entity().text() + "." + field;
    }

    private @Nullable Extractor input(
            FieldSpec field,
            @Nullable Transform transform,
            Transform.@Nullable Parameter parameter,
            ValueSource.Input input) {
        Name name = input.field();
        Name of = input.entity();
        String item = expressions.itemName();
        if (of != null && of.text().equals(item)) {
            List<String> parts = List.of(name.text().split("\\.", -1));
            reading.keys.add(parts.getFirst());
            return new Extractor.ByPath(parts);
        }
        if (of != null) {
            Reach.Target target = target(of);
            FieldSpec from = target == null ? null : fieldOf(target.entity(), name);
            if (target == null || from == null) {
                return null;
            }
            reading.parents |= !target.ancillary();
            return checked(field, transform, parameter, from, name) ? copied(target, from) : null;
        }
        if (name.text().equals(item)) {
            reading.wholeSource = true;
            return new Extractor.Item();
        }
        int slot = slot(name.text());
        if (slot >= 0) {
            reading.slots.add(slot);
            FieldSpec from = entity.fields().get(slot);
            return checked(field, transform, parameter, from, name)
                    ? new Extractor.Slot(slot)
                    : null;
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

    /** Whether a field can be the input; what is not is reported. */
    private boolean checked(
            FieldSpec field,
            @Nullable Transform transform,
            Transform.@Nullable Parameter parameter,
            FieldSpec from,
            Name name) {
        if (transform == null || parameter == null || !from.sound()) {
            return true;
        }
        FieldType type = from.type();
        if (parameter.kind() == Transform.Kind.SAME) {
            boolean json = type.kind() == Kind.JSON || type.kind().isStructure();
            boolean narrower = type.kind() == Kind.INTEGER && field.type().kind() == Kind.BIGINT;
            if (field.sound() && !json && !narrower && type.kind() != field.type().kind()) {
                mismatch(field, type.toString(), name);
                return false;
            }
            return true;
        }
        if (transform.takes(parameter, type)) {
            return true;
        }
        issues.error(
                IssueCode.ENT403,
                name.place(),
                "%s takes %s; '%s' is %s"
                        .formatted(transform.name(), parameter.kind().word(), name.text(), type),
                parameter.kind() == Transform.Kind.STRING ? "use to_string first" : null);
        return false;
    }
}
