package io.nomnom.plan;

import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.RuleSpec;
import io.nomnom.plan.Evaluation.Variable;
import io.nomnom.transform.Expression;
import io.nomnom.transform.Expression.Member;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Compiles the CEL expressions of one entity. */
final class ExpressionCompiler {
    private static final FieldType TIMESTAMP = FieldType.of(FieldType.Kind.TIMESTAMP);
    private static final FieldType BOOLEAN = FieldType.of(FieldType.Kind.BOOLEAN);

    private final EntitySpec entity;
    private final Reach reach;
    private final ToIntFunction<String> slot;
    private final Issues issues;
    private final @Nullable String itemName;
    private Expression.@Nullable Scope fieldScope;
    private Expression.@Nullable Scope ruleScope;

    ExpressionCompiler(EntitySpec entity, Reach reach, ToIntFunction<String> slot, Issues issues) {
        this.entity = entity;
        this.reach = reach;
        this.slot = slot;
        this.issues = issues;
        Derivation derivation = entity.derivation();
        this.itemName =
                derivation == null || derivation.repeatedFor() == null
                        ? null
                        : derivation.repeatedFor().itemName();
    }

    /** What sources call the item; null where the entity has none. */
    @Nullable String itemName() {
        return itemName;
    }

    /** The extractor of a field; null and issues where the expression cannot work. */
    @Nullable Extractor field(FieldSpec field, Scalar cel, FieldCompiler.Reads reads) {
        if (fieldScope == null) {
            fieldScope = scope(true);
        }
        Expression expression = Expression.compile(cel, fieldScope, issues);
        if (expression == null) {
            return null;
        }
        if (field.sound() && !expression.fits(field.type())) {
            issues.error(
                    IssueCode.ENT403,
                    cel.place(),
                    "the expression gives %s, but '%s' is %s"
                            .formatted(expression.resultWord(), field.name().text(), field.type()));
            return null;
        }
        Set<String> own = expression.fieldsOf("self");
        for (FieldSpec each : entity.fields()) {
            boolean read = own.contains(each.name().text()) || own.contains("");
            if (read && !each.equals(field)) {
                reads.slots.add(slot.applyAsInt(each.name().text()));
            }
        }
        if (own.contains(field.name().text())) {
            reads.slots.add(slot.applyAsInt(field.name().text()));
        }
        if (itemName != null) {
            reads.keys.addAll(expression.fieldsOf(itemName));
            reads.wholeSource |= reads.keys.remove("");
        }
        reads.rootKeys.addAll(expression.fieldsOf("message"));
        reach.targets()
                .forEach((name, target) ->
                        reads.parents |= !target.ancillary() && expression.uses(name));
        return new Evaluation(expression, variables(expression, field), field.type());
    }

    /** The rules; those that cannot work are reported. */
    List<RulePlan> rules() {
        List<RulePlan> rules = new ArrayList<>();
        for (RuleSpec rule : entity.rules()) {
            if (ruleScope == null) {
                ruleScope = scope(false);
            }
            Expression expression = Expression.compile(rule.rule(), ruleScope, issues);
            if (expression != null && !expression.isCondition()) {
                issues.error(
                        IssueCode.ENT406,
                        rule.rule().place(),
                        "a rule gives bool, this one %s".formatted(expression.resultWord()));
            } else if (expression != null) {
                rules.add(
                        new RulePlan(
                                new Evaluation(expression, variables(expression, null), BOOLEAN),
                                rule.message(),
                                new Origin(rule.rule().place().pathAndLine())));
            }
        }
        return rules;
    }

    private Expression.Scope scope(boolean withSources) {
        Expression.Scope scope = new Expression.Scope();
        scope.entity("self", members(entity));
        scope.value("now", TIMESTAMP, false);
        if (withSources) {
            scope.json("message");
            if (itemName != null) {
                scope.json(itemName);
            }
            reach.targets().forEach((name, to) -> scope.entity(name, members(to.entity())));
        }
        return scope;
    }

    private static Map<String, Member> members(EntitySpec entity) {
        Map<String, Member> members = new LinkedHashMap<>();
        for (FieldSpec field : entity.fields()) {
            boolean structure = field.type().kind().isStructure();
            Member member =
                    field.sound()
                            ? new Member(field.type(), field.constraints().nullable() || structure)
                            : new Member(FieldType.of(FieldType.Kind.JSON), true);
            members.put(field.name().text(), member);
            members.put(field.name().snakeCase(), member);
        }
        return members;
    }

    private List<Variable> variables(Expression expression, @Nullable FieldSpec computed) {
        List<Variable> variables = new ArrayList<>();
        if (expression.uses("self")) {
            variables.add(fields("self", expression, entity, computed, null));
        }
        if (expression.uses("now")) {
            variables.add(new Variable.Value("now", frame -> frame.extraction.now));
        }
        if (computed == null) {
            return variables;
        }
        if (expression.uses("message")) {
            variables.add(new Variable.Value("message", frame -> frame.extraction.payload));
        }
        if (itemName != null && expression.uses(itemName)) {
            variables.add(new Variable.Value(itemName, new Extractor.Item()));
        }
        reach.targets()
                .forEach((name, target) -> {
                    if (expression.uses(name)) {
                        variables.add(fields(name, expression, target.entity(), null, target));
                    }
                });
        return variables;
    }

    private static Variable fields(
            String name,
            Expression expression,
            EntitySpec of,
            @Nullable FieldSpec but,
            Reach.@Nullable Target target) {
        Set<String> read = expression.fieldsOf(name);
        Map<String, Extractor> fields = new LinkedHashMap<>();
        for (int i = 0; i < of.fields().size(); i++) {
            FieldSpec field = of.fields().get(i);
            Extractor inner = new Extractor.Slot(i);
            for (String spelling : spellings(field)) {
                boolean whole = read.contains("") && !field.equals(but);
                if (whole || read.contains(spelling)) {
                    fields.put(spelling, target == null ? inner : target.from(inner));
                }
            }
        }
        return new Variable.Entity(name, fields);
    }

    private static Set<String> spellings(FieldSpec field) {
        return new LinkedHashSet<>(List.of(field.name().text(), field.name().snakeCase()));
    }
}
