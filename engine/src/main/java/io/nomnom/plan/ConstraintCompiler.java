package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.nomnom.catalog.Constraints;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.FieldType.Kind;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Node.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compiles constraints, defaults and constants: what can be checked without a message. */
record ConstraintCompiler(Issues issues) {

    /** The checks of a field in the order of their cost. */
    List<Check> checks(FieldSpec field) {
        Constraints constraints = field.constraints();
        List<Check> checks = new ArrayList<>();
        Integer minLength = constraints.minLength();
        Integer maxLength = constraints.maxLength();
        boolean text = field.type().kind() == Kind.STRING;
        if (minLength != null || maxLength != null) {
            int least = minLength == null ? 0 : minLength;
            int most = maxLength == null ? Integer.MAX_VALUE : maxLength;
            if (fits(field, text, "minLength and maxLength are for strings")) {
                checks.add(new Check.Length(least, most));
                possible(field, least <= most, "minLength is above maxLength");
            }
        }
        BigDecimal minimum = constraints.minimum();
        BigDecimal maximum = constraints.maximum();
        if ((minimum != null || maximum != null)
                && fits(
                        field,
                        field.type().kind().isNumeric(),
                        "minimum and maximum are for numbers")) {
            checks.add(new Check.Range(minimum, maximum));
            boolean some = minimum == null || maximum == null || minimum.compareTo(maximum) <= 0;
            possible(field, some, "minimum is above maximum");
        }
        String pattern = constraints.pattern();
        if (pattern != null && fits(field, text, "a pattern is for strings")) {
            try {
                checks.add(new Check.Matches(Pattern.compile(pattern)));
            } catch (PatternSyntaxException fault) {
                issues.error(
                        IssueCode.ENT305, field.name().place(), "pattern: " + fault.getMessage());
            }
        }
        if (!constraints.enumeration().isEmpty()) {
            checks.add(oneOf(field, constraints.enumeration()));
        }
        return checks;
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

    private boolean fits(FieldSpec field, boolean fits, String rule) {
        if (!fits) {
            issues.error(
                    IssueCode.ENT303,
                    field.name().place(),
                    "%s; '%s' is %s".formatted(rule, field.name().text(), field.type()));
        }
        return fits;
    }

    private void possible(FieldSpec field, boolean possible, String fault) {
        if (!possible) {
            issues.error(IssueCode.ENT304, field.name().place(), fault);
        }
    }

    /** The value that stands in for an absent one; null for none. */
    @Nullable Object defaultValue(FieldSpec field) {
        Scalar scalar = field.constraints().defaultValue();
        if (scalar == null) {
            return null;
        }
        Kind kind = field.type().kind();
        if (scalar.text().equals(FieldPlan.NOW) && (kind == Kind.TIMESTAMP || kind == Kind.DATE)) {
            return FieldPlan.NOW;
        }
        return value(field.type(), scalar);
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
