package io.nomnom.transform;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.common.types.StructTypeReference;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.nomnom.catalog.FieldType;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A CEL expression, type-checked and compiled once; safe for all threads. Two are equal where their
 * texts are.
 */
public final class Expression {
    private static final Pattern FAILED = Pattern.compile("Function '(\\w+)' failed with arg");

    private static final Pattern UNKNOWN =
            Pattern.compile("(undefined field|undeclared reference to) '([^']*)'");

    private final String text;
    private final CelType result;
    private final CelRuntime.Program program;
    private final Set<String> variables;
    private final Map<String, Set<String>> fields;

    private Expression(CelAbstractSyntaxTree ast, String text) throws CelEvaluationException {
        this.text = text;
        this.result = ast.getResultType();
        this.program = CelEngine.instance().runtime().createProgram(ast);
        this.variables = new HashSet<>();
        this.fields = new LinkedHashMap<>();
        CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .forEach(node -> {
                    CelExpr expr = node.expr();
                    if (expr.exprKind().getKind() == CelExpr.ExprKind.Kind.IDENT) {
                        variables.add(expr.ident().name());
                        String field =
                                node.parent()
                                        .filter(Expression::isSelect)
                                        .map(above -> above.expr().select().field())
                                        .orElse("");
                        fields.computeIfAbsent(expr.ident().name(), any -> new HashSet<>())
                                .add(field);
                    }
                });
    }

    private static boolean isSelect(dev.cel.common.navigation.CelNavigableExpr node) {
        return node.expr().exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT;
    }

    /** The names that expressions of one place may use, and their types. */
    public static final class Scope {
        private final Map<String, CelType> variables = new LinkedHashMap<>();
        private final Map<String, StructType> structs = new LinkedHashMap<>();
        private final Map<String, List<String>> members = new LinkedHashMap<>();
        private final Map<Set<String>, CelCompiler> compilers = new HashMap<>();

        /** A value of a field's type. */
        public Scope value(String name, FieldType type, boolean nullable) {
            variables.put(name, CelValues.type(type, nullable));
            return this;
        }

        /** JSON of any shape. */
        public Scope json(String name) {
            variables.put(name, SimpleType.DYN);
            return this;
        }

        /** An entity with fields; a null type is JSON of any shape. */
        public Scope entity(String name, Map<String, Member> fields) {
            String type = "entity." + name;
            ImmutableMap.Builder<String, CelType> types = ImmutableMap.builder();
            fields.forEach((field, m) -> types.put(field, CelValues.type(m.type(), m.nullable())));
            ImmutableMap<String, CelType> byField = types.buildKeepingLast();
            structs.put(
                    type,
                    StructType.create(
                            type,
                            byField.keySet(),
                            field -> Optional.ofNullable(byField.get(field))));
            members.put(type, List.copyOf(fields.keySet()));
            variables.put(name, StructTypeReference.create(type));
            return this;
        }

        private CelCompiler compiler(Set<String> functions) {
            return compilers.computeIfAbsent(
                    functions,
                    names -> {
                        CelCompilerBuilder builder =
                                CelEngine.instance()
                                        .compiler(names)
                                        .setTypeProvider(new Structs(ImmutableMap.copyOf(structs)));
                        variables.forEach(builder::addVar);
                        return builder.build();
                    });
        }
    }

    /** A field of an entity in expressions. */
    public record Member(FieldType type, boolean nullable) {}

    private record Structs(ImmutableMap<String, StructType> byName) implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.copyOf(byName.values());
        }

        @Override
        public Optional<CelType> findType(String name) {
            return Optional.ofNullable(byName.get(name));
        }
    }

    /** The expression; null and issues with their places inside it where it cannot work. */
    public static @Nullable Expression compile(Scalar cel, Scope scope, Issues issues) {
        CelValidationResult parsed = CelEngine.instance().parser().parse(cel.text());
        if (hasErrors(parsed, cel, scope, issues)) {
            return null;
        }
        try {
            CelAbstractSyntaxTree ast = parsed.getAst();
            CelValidationResult checked = scope.compiler(functions(ast)).check(ast);
            if (hasErrors(checked, cel, scope, issues)) {
                return null;
            }
            return new Expression(checked.getAst(), cel.text());
        } catch (CelValidationException | CelEvaluationException | RuntimeException fault) {
            issues.error(
                    IssueCode.ENT406,
                    cel.place(),
                    "the expression cannot be checked: " + fault.getMessage(),
                    "write it in another way");
            return null;
        }
    }

    private static boolean hasErrors(
            CelValidationResult result, Scalar cel, Scope scope, Issues issues) {
        result.getErrors().forEach(issue -> report(issue, cel, scope, issues));
        return result.hasError();
    }

    /** The names of all that is called, operators among them. */
    private static Set<String> functions(CelAbstractSyntaxTree ast) {
        return CelNavigableAst.fromAst(ast)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
                .map(node -> node.expr().call().function())
                .collect(Collectors.toSet());
    }

    private static void report(CelIssue issue, Scalar cel, Scope scope, Issues issues) {
        String message = issue.getMessage().replaceFirst(" \\(candidates: .*", "");
        message = message.replace(" (in container '')", "");
        message = message.replace("google.protobuf.Timestamp", "timestamp");
        message = message.replaceAll("entity\\.([A-Za-z])", "$1");
        if (message.startsWith("mismatched input") || message.startsWith("extraneous input")) {
            message = message.replaceFirst(" expecting .*", "").replace("'<EOF>'", "the end");
        }
        Matcher unknown = UNKNOWN.matcher(message);
        String hint = null;
        int behind = 0;
        int length = 1;
        if (unknown.find()) {
            boolean field = unknown.group(1).startsWith("undefined");
            List<String> known = new ArrayList<>(scope.variables.keySet());
            scope.members.values().forEach(known::addAll);
            hint = Nearest.hint(unknown.group(2), known);
            boolean called = cel.text().contains(unknown.group(2) + "(");
            behind = field ? 1 : 0; // a selection is placed at its point
            length = called ? 1 : unknown.group(2).length();
            if (called) {
                hint = "no function of this name; functions are listed in transforms.md";
            } else if (hint == null && !field) {
                hint = "there is " + String.join(", ", scope.variables.keySet());
            }
        } else if (message.contains("'_==_'") && message.contains("decimal")) {
            hint = "compare decimals with decimal(\"1.50\")";
        }
        Place place =
                cel.inside(
                        issue.getSourceLocation().getLine(),
                        issue.getSourceLocation().getColumn() + behind);
        issues.error(IssueCode.ENT406, place.ofLength(length), message, hint);
    }

    public String text() {
        return text;
    }

    /** Whether its result can be a value of the type. */
    public boolean fits(FieldType type) {
        return CelValues.fits(result, type);
    }

    /** Whether its result is true or false. */
    public boolean isCondition() {
        return result.equals(SimpleType.BOOL) || result.equals(SimpleType.DYN);
    }

    /** What it gives, for people. */
    public String resultWord() {
        return result instanceof MapType || result instanceof ListType
                ? "a " + CelValues.word(result)
                : CelValues.word(result);
    }

    /** Whether it names the variable at all. */
    public boolean uses(String variable) {
        return variables.contains(variable);
    }

    /** The fields of a variable that it reads; the empty name is the whole. */
    public Set<String> fieldsOf(String variable) {
        return fields.getOrDefault(variable, Set.of());
    }

    /**
     * The result as a transform gives it.
     *
     * @param values of the variables, by name; see {@link #value}
     * @throws TransformException where it has none
     */
    public @Nullable Object evaluate(Map<String, Object> values) {
        try {
            return CelValues.plain(program.eval(values));
        } catch (CelEvaluationException failure) {
            throw new TransformException(reason(failure));
        } catch (ArithmeticException failure) {
            throw new TransformException(String.valueOf(failure.getMessage()));
        }
    }

    /** Why there is no result, without the values at hand: a report holds no payload. */
    private static String reason(CelEvaluationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ArithmeticException || cause instanceof PatternSyntaxException) {
                return String.valueOf(cause.getMessage());
            }
        }
        String message = String.valueOf(failure.getMessage());
        Matcher function = FAILED.matcher(message);
        if (function.find()) {
            return "the function %s has no result for these values".formatted(function.group(1));
        }
        return message.replaceFirst("^evaluation error( at <input>:\\d+)?: ", "")
                .replaceFirst("\\. Overload candidates:.*", ", as where a value is null");
    }

    /** A slot's value, or JSON, as a variable's value. */
    public static Object value(@Nullable Object raw) {
        return CelValues.of(raw);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expression that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
