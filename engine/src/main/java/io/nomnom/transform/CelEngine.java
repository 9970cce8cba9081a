package io.nomnom.transform;

import static io.nomnom.transform.CelValues.DECIMAL;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The Common Expression Language (cel.dev) with exact decimals: they add, multiply and compare with
 * one another, with ints and with the literals of doubles. Loops and sizes are bounded. Made when
 * the first expression is; safe for all threads.
 */
final class CelEngine {
    private static final int MAX_ITERATIONS = 10_000;
    private static final int MAX_CHARACTERS = 4_096;
    private static final int MAX_DEPTH = 32;
    private static final int MAX_DIGITS = 1_000;

    private static final CelOptions OPTIONS =
            CelOptions.current()
                    .comprehensionMaxIterations(MAX_ITERATIONS)
                    .maxExpressionCodePointSize(MAX_CHARACTERS)
                    .maxParseRecursionDepth(MAX_DEPTH)
                    .enableHeterogeneousNumericComparisons(true)
                    .build();

    private static final Map<String, String> ARITHMETIC =
            Map.of("_+_", "add", "_-_", "subtract", "_*_", "multiply", "_/_", "divide");
    private static final Map<String, String> COMPARISONS =
            Map.of(
                    "_<_",
                    "less",
                    "_<=_",
                    "less_equals",
                    "_>_",
                    "greater",
                    "_>=_",
                    "greater_equals");

    private static final List<List<CelType>> PAIRS =
            List.of(
                    List.of(DECIMAL, DECIMAL),
                    List.of(DECIMAL, SimpleType.INT),
                    List.of(SimpleType.INT, DECIMAL),
                    List.of(DECIMAL, SimpleType.DOUBLE),
                    List.of(SimpleType.DOUBLE, DECIMAL));

    private static final CelEngine INSTANCE = new CelEngine();

    private final List<CelFunctionDecl> declarations = new ArrayList<>();
    private final List<CelFunctionBinding> bindings = new ArrayList<>();
    private final CelRuntime runtime;
    private final CelParser parser =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(
                            CelStandardMacro.STANDARD_MACROS.stream()
                                    .filter(macro -> macro != CelStandardMacro.HAS)
                                    .toList())
                    .addMacros(CelMacro.newGlobalMacro("has", 1, CelEngine::has))
                    .build();

    private CelEngine() {
        ARITHMETIC.forEach(this::arithmetic);
        COMPARISONS.forEach(this::comparison);
        conversions();
        bindings.add(
                CelFunctionBinding.from("equals", Object.class, Object.class, CelEngine::same));
        bindings.add(
                CelFunctionBinding.from(
                        "not_equals", Object.class, Object.class, (a, b) -> !same(a, b)));
        bindings.addAll(CelLimits.bindings());
        runtime =
                CelRuntimeFactory.standardCelRuntimeBuilder()
                        .setOptions(OPTIONS)
                        .setStandardEnvironmentEnabled(false)
                        .setStandardFunctions(CelLimits.functions())
                        .addLibraries(CelExtensions.strings(CelLimits.texts()))
                        .addFunctionBindings(bindings)
                        .build();
    }

    static CelEngine instance() {
        return INSTANCE;
    }

    CelRuntime runtime() {
        return runtime;
    }

    /** Parses only: the checker is made for what an expression calls. */
    CelParser parser() {
        return parser;
    }

    /**
     * A checker that knows these functions only: setting up all of them costs more than checking
     * most expressions.
     */
    CelCompilerBuilder compiler(Set<String> functions) {
        CelCompilerBuilder builder =
                CelCompilerFactory.standardCelCompilerBuilder()
                        .setOptions(OPTIONS)
                        .setStandardEnvironmentEnabled(false)
                        .setStandardDeclarations(
                                CelStandardDeclarations.newBuilder()
                                        .filterFunctions((function, overload) ->
                                                functions.contains(function.functionDecl().name()))
                                        .build());
        Set<CelStringExtensions.Function> texts = CelLimits.texts(functions);
        if (!texts.isEmpty()) {
            builder.addLibraries(CelExtensions.strings(texts));
        }
        declarations.stream()
                .filter(declaration -> functions.contains(declaration.name()))
                .forEach(builder::addFunctionDeclarations);
        return builder;
    }

    /** {@code has(e.f)}: the member is there and not null. */
    private static Optional<CelExpr> has(
            CelMacroExprFactory factory, CelExpr target, ImmutableList<CelExpr> arguments) {
        CelExpr argument = arguments.getFirst();
        if (argument.exprKind().getKind() != CelExpr.ExprKind.Kind.SELECT) {
            return Optional.of(factory.reportError("has() asks for a member: has(self.field)"));
        }
        CelExpr.CelSelect select = argument.select();
        CelExpr there = factory.newSelect(factory.copy(select.operand()), select.field(), true);
        CelExpr value = factory.newGlobalCall("dyn", argument);
        CelExpr none = factory.newConstant(CelConstant.ofValue(NullValue.NULL_VALUE));
        return Optional.of(
                factory.newGlobalCall("_&&_", there, factory.newGlobalCall("_!=_", value, none)));
    }

    private void arithmetic(String operator, String word) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (List<CelType> pair : PAIRS) {
            String id = id(word, pair);
            overloads.add(CelOverloadDecl.newGlobalOverload(id, DECIMAL, pair));
            bindings.add(
                    CelFunctionBinding.from(
                            id,
                            javaType(pair.get(0)),
                            javaType(pair.get(1)),
                            (a, b) -> calculate(word, decimal(a), decimal(b))));
        }
        declarations.add(CelFunctionDecl.newFunctionDeclaration(operator, overloads));
    }

    private static Object calculate(String word, BigDecimal a, BigDecimal b) {
        return switch (word) {
            case "add" -> a.add(b);
            case "subtract" -> a.subtract(b);
            case "multiply" -> a.multiply(b);
            default -> {
                if (b.signum() == 0) {
                    throw new ArithmeticException("division by zero");
                }
                yield a.divide(b, MathContext.DECIMAL128);
            }
        };
    }

    private void comparison(String operator, String word) {
        List<CelOverloadDecl> overloads = new ArrayList<>();
        for (List<CelType> pair : PAIRS) {
            String id = id(word, pair);
            overloads.add(CelOverloadDecl.newGlobalOverload(id, SimpleType.BOOL, pair));
            bindings.add(
                    CelFunctionBinding.from(
                            id,
                            javaType(pair.get(0)),
                            javaType(pair.get(1)),
                            (a, b) -> holds(word, decimal(a).compareTo(decimal(b)))));
        }
        declarations.add(CelFunctionDecl.newFunctionDeclaration(operator, overloads));
    }

    private static boolean holds(String word, int order) {
        return switch (word) {
            case "less" -> order < 0;
            case "less_equals" -> order <= 0;
            case "greater" -> order > 0;
            default -> order >= 0;
        };
    }

    private void conversions() {
        function("decimal", "string_to_decimal", DECIMAL, SimpleType.STRING, CelEngine::decimal);
        function("decimal", "int_to_decimal", DECIMAL, SimpleType.INT, CelEngine::decimal);
        function("decimal", "double_to_decimal", DECIMAL, SimpleType.DOUBLE, CelEngine::decimal);
        function("decimal", "decimal_to_decimal", DECIMAL, DECIMAL, value -> value);
        function("string", "decimal_to_string", SimpleType.STRING, DECIMAL, Plain::text);
        function(
                "double",
                "decimal_to_double",
                SimpleType.DOUBLE,
                DECIMAL,
                value -> decimal(value).doubleValue());
        function(
                "int",
                "decimal_to_int",
                SimpleType.INT,
                DECIMAL,
                value -> decimal(value).setScale(0, RoundingMode.DOWN).longValueExact());
        function("-_", "negate_decimal", DECIMAL, DECIMAL, value -> decimal(value).negate());
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        "round",
                        CelOverloadDecl.newGlobalOverload(
                                "round_decimal_int", DECIMAL, DECIMAL, SimpleType.INT),
                        CelOverloadDecl.newGlobalOverload(
                                "round_double_int", DECIMAL, SimpleType.DOUBLE, SimpleType.INT)));
        for (String id : List.of("round_decimal_int", "round_double_int")) {
            Class<?> type = id.startsWith("round_decimal") ? BigDecimal.class : Double.class;
            bindings.add(
                    CelFunctionBinding.from(
                            id,
                            type,
                            Long.class,
                            (value, digits) -> round(decimal(value), digits)));
        }
    }

    private static BigDecimal round(BigDecimal value, long digits) {
        if (Math.abs(digits) > MAX_DIGITS) {
            throw new ArithmeticException("round() takes -1000 to 1000 digits");
        }
        return value.setScale((int) digits, RoundingMode.HALF_UP);
    }

    /** A function of one value; without state. */
    @Immutable
    @FunctionalInterface
    private interface Conversion {
        Object apply(Object value);
    }

    private void function(
            String name, String id, CelType result, CelType parameter, Conversion body) {
        declarations.add(
                CelFunctionDecl.newFunctionDeclaration(
                        name, CelOverloadDecl.newGlobalOverload(id, result, parameter)));
        bindings.add(CelFunctionBinding.from(id, javaType(parameter), value -> body.apply(value)));
    }

    private static String id(String word, List<CelType> pair) {
        return word + "_" + pair.get(0).name() + "_" + pair.get(1).name();
    }

    private static Class<?> javaType(CelType type) {
        if (type.equals(DECIMAL)) {
            return BigDecimal.class;
        }
        if (type.equals(SimpleType.INT)) {
            return Long.class;
        }
        return type.equals(SimpleType.DOUBLE) ? Double.class : String.class;
    }

    /** A number as the decimal that its digits say. */
    private static BigDecimal decimal(Object value) {
        return switch (value) {
            case BigDecimal exact -> exact;
            case Long whole -> BigDecimal.valueOf(whole);
            case Double number -> new BigDecimal(number.toString());
            default -> {
                String text = value.toString();
                if (!text.matches("[-+]?[0-9]{1,1000}(\\.[0-9]{1,1000})?")) {
                    throw new ArithmeticException("not a decimal");
                }
                yield new BigDecimal(text);
            }
        };
    }

    /** CEL's equality: numbers by value, whatever their type. */
    private static boolean same(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            boolean finite = Double.isFinite(x.doubleValue()) && Double.isFinite(y.doubleValue());
            return finite
                    ? decimal(number(x)).compareTo(decimal(number(y))) == 0
                    : x.doubleValue() == y.doubleValue();
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            boolean equal = x.size() == y.size();
            for (int i = 0; equal && i < x.size(); i++) {
                equal = same(Objects.requireNonNull(x.get(i)), Objects.requireNonNull(y.get(i)));
            }
            return equal;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return x.size() == y.size()
                    && x.entrySet().stream()
                            .allMatch(entry ->
                                    y.get(entry.getKey()) != null
                                            && same(
                                                    Objects.requireNonNull(entry.getValue()),
                                                    Objects.requireNonNull(y.get(entry.getKey()))));
        }
        return a.equals(b) || (CelValues.isNull(a) && CelValues.isNull(b));
    }

    private static Number number(Number value) {
        return value instanceof BigDecimal || value instanceof Long || value instanceof Double
                ? value
                : (Number) value.longValue();
    }
}
