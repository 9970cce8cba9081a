package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.PatternSyntaxException;
import io.nomnom.catalog.Constraints;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.transform.Patterns;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Node.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles constraints, defaults and constants: what can be checked without a message. */
record ConstraintCompiler(Issues issues) {

    private static final Map<Kind, Check.Range> RANGES =
            Map.of(
                    Kind.INTEGER, range(Integer.MIN_VALUE, Integer.MAX_VALUE),
                    Kind.BIGINT, range(Long.MIN_VALUE, Long.MAX_VALUE));

    private static Check.Range range(long least, long most) {
        return new Check.Range(BigDecimal.valueOf(least), BigDecimal.valueOf(most));
    }

    /** The checks of a field in the order of their cost. */
    List<Check> checks(FieldSpec field) {
        Constraints constraints = field.constraints();
        List<Check> checks = new ArrayList<>();
        length(field, constraints, checks);
        range(field, constraints, checks);
        String pattern = constraints.pattern();
        boolean text = field.type().kind() == Kind.STRING;
        if (pattern != null && fits(field, text, "a pattern is for strings", "pattern")) {
            try {
                checks.add(new Check.Matches(Patterns.compile(pattern)));
            } catch (PatternSyntaxException fault) {
                issues.error(
                        IssueCode.ENT305,
                        constraints.place(field.name(), "pattern"),
                        String.valueOf(fault.getMessage()),
                        "patterns are RE2 syntax: no look-around, no back-references");
            }
        }
        if (constraints.places().containsKey("enum") && constraints.enumeration().isEmpty()) {
            possible(field, false, "an empty enum allows no value", "enum");
        } else if (!constraints.enumeration().isEmpty()) {
            checks.add(oneOf(field, constraints.enumeration()));
        }
        return checks;
    }

    private void length(FieldSpec field, Constraints constraints, List<Check> checks) {
        Integer minLength = constraints.minLength();
        Integer maxLength = constraints.maxLength();
        if (minLength == null && maxLength == null) {
            return;
        }
        int least = minLength == null ? 0 : minLength;
        int most = maxLength == null ? Integer.MAX_VALUE : maxLength;
        boolean text = field.type().kind() == Kind.STRING;
        if (fits(
                field, text, "minLength and maxLength are for strings", "minLength", "maxLength")) {
            checks.add(new Check.Length(least, most));
            possible(field, least <= most, "minLength is above maxLength", "minLength");
        }
    }

    private void range(FieldSpec field, Constraints constraints, List<Check> checks) {
        BigDecimal minimum = constraints.minimum();
        BigDecimal maximum = constraints.maximum();
        boolean numeric = field.type().kind().isNumeric();
        if ((minimum == null && maximum == null)
                || !fits(
                        field,
                        numeric,
                        "minimum and maximum are for numbers",
                        "minimum",
                        "maximum")) {
            return;
        }
        checks.add(new Check.Range(minimum, maximum));
        boolean some = minimum == null || maximum == null || minimum.compareTo(maximum) <= 0;
        possible(field, some, "minimum is above maximum", "minimum");
        Check.Range type = RANGES.get(field.type().kind());
        if (type != null) {
            boolean low = minimum == null || minimum.compareTo(type.maximum()) <= 0;
            boolean high = maximum == null || maximum.compareTo(type.minimum()) >= 0;
            possible(field, low, "no %s is that large".formatted(field.type()), "minimum");
            possible(field, high, "no %s is that small".formatted(field.type()), "maximum");
        }
    }

    private Check oneOf(FieldSpec field, List<Scalar> enumeration) {
        Set<Object> values = new LinkedHashSet<>();
        for (Scalar scalar : enumeration) {
            Object value = value(field.type(), scalar);
            if (value != null) {
                values.add(value instanceof BigDecimal d ? d.stripTrailingZeros() : value);
            }
        }
        String words = enumeration.stream().map(Scalar::text).collect(Collectors.joining(", "));
        return new Check.OneOf(Set.copyOf(values), words);
    }

    private boolean fits(FieldSpec field, boolean fits, String rule, String... keys) {
        if (!fits && field.sound()) {
            issues.error(
                    IssueCode.ENT303,
                    field.constraints().place(field.name(), keys),
                    "%s; '%s' is %s".formatted(rule, field.name().text(), field.type()));
        }
        return fits;
    }

    private void possible(FieldSpec field, boolean possible, String fault, String key) {
        if (!possible) {
            issues.error(IssueCode.ENT304, field.constraints().place(field.name(), key), fault);
        }
    }

    /** A value of the file must meet the field's own checks. */
    private void obey(FieldSpec field, Object value, Scalar written, List<Check> checks) {
        for (Check check : checks) {
            Fault fault = check.test(value);
            if (fault != null) {
                issues.error(
                        IssueCode.ENT306,
                        written.place(),
                        "'%s' breaks the rules of '%s': %s"
                                .formatted(written.text(), field.name().text(), fault.message()));
            }
        }
    }

    /** The constant of a field; null and an issue where it is none of its values. */
    @Nullable Object constant(FieldSpec field, Scalar scalar, List<Check> checks) {
        Object value = value(field.type(), scalar);
        if (value != null) {
            obey(field, value, scalar, checks);
        }
        return value;
    }

    /** The value that stands in for an absent one; null for none. */
    @Nullable Object defaultValue(FieldSpec field, List<Check> checks) {
        Scalar scalar = field.constraints().defaultValue();
        if (scalar == null) {
            return null;
        }
        Kind kind = field.type().kind();
        if (scalar.text().equals(FieldPlan.NOW) && (kind == Kind.TIMESTAMP || kind == Kind.DATE)) {
            return FieldPlan.NOW;
        }
        if (scalar.text().equals(FieldPlan.NOW) && scalar.type() == Scalar.Type.TEXT) {
            issues.error(
                    IssueCode.ENT306,
                    scalar.place(),
                    "now() is a time; '%s' is %s".formatted(field.name().text(), field.type()));
            return null;
        }
        return constant(field, scalar, checks);
    }

    /** A constant of the file as a value of the type; null and an issue where it is none. */
    @Nullable Object value(FieldType type, Scalar scalar) {
        JsonNode node =
                type.kind() == Kind.BOOLEAN && scalar.type() == Scalar.Type.BOOLEAN
                        ? BooleanNode.valueOf(scalar.text().equalsIgnoreCase("true"))
                        : TextNode.valueOf(scalar.text());
        Object value = new ValueReader(type, true).read(node);
        if (value instanceof Fault fault) {
            issues.error(
                    IssueCode.ENT306,
                    scalar.place(),
                    "'%s' is not of type %s: %s".formatted(scalar.text(), type, fault.message()));
            return null;
        }
        return value;
    }
}
