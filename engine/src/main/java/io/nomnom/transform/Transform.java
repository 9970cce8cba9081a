package io.nomnom.transform;

import io.nomnom.catalog.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A pure function by name: built in, or of TRANSFORMS_DIR. Values are String, Long, Double,
 * BigDecimal, Boolean, LocalDate, OffsetDateTime in UTC, UUID, List, JsonNode for objects and
 * arrays, or null.
 *
 * @param name snake_case; entity files may write it in camelCase
 * @param doc one sentence
 * @param inputs what it takes, in order
 * @param variadic whether the last input may be repeated
 * @param args its constants
 * @param result what comes out
 * @param takesNull whether it is asked for null inputs too; else null in is null out
 * @param example null for those of TRANSFORMS_DIR
 */
public record Transform(
        String name,
        String doc,
        List<Parameter> inputs,
        boolean variadic,
        List<Argument> args,
        Kind result,
        boolean takesNull,
        Binding binding,
        @Nullable Example example) {

    public Transform {
        inputs = List.copyOf(inputs);
        args = List.copyOf(args);
    }

    /** What a value is to a transform. */
    public enum Kind {
        /** Any value. */
        ANY,
        /** Any value, whose type is the result's too. */
        SAME,
        STRING,
        INTEGER,
        /** An integer, decimal or float. */
        NUMBER,
        DECIMAL,
        FLOAT,
        BOOLEAN,
        DATE,
        TIMESTAMP,
        /** A date or timestamp. */
        TIME,
        /** A JSON value; text is parsed as JSON. */
        JSON,
        LIST;

        /** How signatures write it. */
        public String word() {
            return this == TIME ? "date or timestamp" : name().toLowerCase(Locale.ROOT);
        }

        /** The kind of a field's values. */
        public static Kind of(FieldType type) {
            return switch (type.kind()) {
                case STRING, UUID -> STRING;
                case INTEGER, BIGINT -> INTEGER;
                case FLOAT -> FLOAT;
                case DECIMAL -> DECIMAL;
                case BOOLEAN -> BOOLEAN;
                case TIMESTAMP -> TIMESTAMP;
                case DATE -> DATE;
                case JSON, OBJECT -> JSON;
                case ARRAY, LIST -> LIST;
            };
        }

        /** Whether a value of the other kind can be one of this; what only shows later may be. */
        boolean takes(Kind other) {
            if (this == other || this == ANY || this == SAME) {
                return true;
            }
            return switch (other) {
                case ANY, SAME, JSON -> true;
                case STRING -> this == JSON;
                case INTEGER, DECIMAL, FLOAT, NUMBER -> this == NUMBER;
                case DATE, TIMESTAMP -> this == TIME;
                case LIST -> this == JSON;
                case BOOLEAN, TIME -> false;
            };
        }

        /** Whether a field of the other kind can hold such a result. */
        boolean fits(FieldType type) {
            FieldType.Kind kind = type.kind();
            return switch (this) {
                case ANY, SAME, JSON -> true;
                case STRING ->
                        switch (kind) {
                            case STRING, UUID, DATE, TIMESTAMP, JSON -> true;
                            default -> false;
                        };
                case INTEGER -> kind.isNumeric() || kind == FieldType.Kind.JSON;
                case NUMBER, DECIMAL, FLOAT ->
                        kind == FieldType.Kind.DECIMAL
                                || kind == FieldType.Kind.FLOAT
                                || kind == FieldType.Kind.JSON;
                case BOOLEAN -> kind == FieldType.Kind.BOOLEAN || kind == FieldType.Kind.JSON;
                case DATE -> kind == FieldType.Kind.DATE;
                case TIMESTAMP -> kind == FieldType.Kind.TIMESTAMP;
                case TIME -> kind == FieldType.Kind.DATE || kind == FieldType.Kind.TIMESTAMP;
                case LIST ->
                        kind == FieldType.Kind.LIST
                                || kind == FieldType.Kind.ARRAY
                                || kind == FieldType.Kind.JSON;
            };
        }
    }

    /** An input. */
    public record Parameter(String name, Kind kind) {}

    /**
     * A constant of a call.
     *
     * @param otherwise taken where it is not given; null where it must be, or may be left out
     * @param aliases other names that it goes by
     */
    public record Argument(
            String name,
            ArgumentKind kind,
            boolean required,
            @Nullable Object otherwise,
            List<String> aliases,
            String doc) {
        public Argument {
            aliases = List.copyOf(aliases);
        }

        boolean isCalled(String other) {
            return name.equals(other) || aliases.contains(other);
        }
    }

    /** What a constant may be. */
    public enum ArgumentKind {
        TEXT,
        COUNT,
        SCALAR,
        MAP
    }

    /** A call with its result, all as JSON; tested. */
    public record Example(String inputs, String args, String result) {}

    /** Prepares a call for its constants, once. */
    @FunctionalInterface
    public interface Binding {
        /**
         * The function for these constants.
         *
         * @throws IllegalArgumentException where a constant is of no use; the message says why
         */
        Call bind(Arguments args);
    }

    /** The function itself; it throws {@link TransformException} where it has no result. */
    @FunctionalInterface
    public interface Call {
        @Nullable Object apply(Inputs inputs);
    }

    /** Whether this many inputs fit the signature. */
    public boolean takes(int count) {
        return variadic ? count >= inputs.size() : count == inputs.size();
    }

    /** Whether a field of the type can be the input. */
    public boolean takes(Parameter input, FieldType type) {
        return input.kind().takes(Kind.of(type));
    }

    /** The input in this place. */
    public Parameter input(int index) {
        return inputs.get(Math.min(index, inputs.size() - 1));
    }

    /** Whether its result can be a value of the type. */
    public boolean fits(FieldType type) {
        return result.fits(type);
    }

    /**
     * The signature as people read it: {@code substring(text: string; start, [length]) → string}.
     */
    public String signature() {
        List<String> takes = new ArrayList<>();
        for (Parameter input : inputs) {
            takes.add(input.name() + ": " + input.kind().word());
        }
        List<String> constants = new ArrayList<>();
        for (Argument arg : args) {
            constants.add(arg.required() ? arg.name() : "[" + arg.name() + "]");
        }
        return name
                + "("
                + String.join(", ", takes)
                + (variadic ? "..." : "")
                + (constants.isEmpty() ? "" : "; " + String.join(", ", constants))
                + ") → "
                + result.word();
    }

    /** Starts the declaration of a built-in. */
    static Declaration named(String name) {
        return new Declaration(name);
    }

    /** A built-in while it is declared. */
    static final class Declaration {
        private final String name;
        private final List<Parameter> inputs = new ArrayList<>();
        private final List<Argument> args = new ArrayList<>();
        private boolean variadic;
        private boolean takesNull;
        private Kind result = Kind.STRING;
        private String doc = "";
        private @Nullable Example example;

        private Declaration(String name) {
            this.name = name;
        }

        Declaration doc(String sentence) {
            doc = sentence;
            return this;
        }

        Declaration input(String input, Kind kind) {
            inputs.add(new Parameter(input, kind));
            return this;
        }

        /** The last input may be repeated. */
        Declaration repeated() {
            variadic = true;
            return this;
        }

        Declaration takesNull() {
            takesNull = true;
            return this;
        }

        Declaration needs(String arg, ArgumentKind kind, String sentence, String... aliases) {
            args.add(new Argument(arg, kind, true, null, List.of(aliases), sentence));
            return this;
        }

        Declaration may(
                String arg, ArgumentKind kind, @Nullable Object otherwise, String sentence) {
            args.add(new Argument(arg, kind, false, otherwise, List.of(), sentence));
            return this;
        }

        Declaration gives(Kind kind) {
            result = kind;
            return this;
        }

        Declaration example(String in, String constants, String out) {
            example = new Example(in, constants, out);
            return this;
        }

        Transform bound(Binding binding) {
            return new Transform(
                    name, doc, inputs, variadic, args, result, takesNull, binding, example);
        }

        /** A function that needs no preparing. */
        Transform by(Function function) {
            return bound(args -> inputs -> function.apply(inputs, args));
        }
    }

    /** A function of inputs and constants. */
    @FunctionalInterface
    interface Function {
        @Nullable Object apply(Inputs inputs, Arguments args);
    }

    /** The constants of a call by name, checked against the signature. */
    public record Arguments(Map<String, Object> values) {
        public Arguments {
            values = Map.copyOf(values);
        }

        /** A text; numbers and booleans are taken as they are written. */
        public String text(String name) {
            return String.valueOf(values.get(name));
        }

        public int count(String name) {
            return ((Number) java.util.Objects.requireNonNull(values.get(name))).intValue();
        }

        public @Nullable Object value(String name) {
            return values.get(name);
        }

        public boolean has(String name) {
            return values.containsKey(name);
        }

        @SuppressWarnings("unchecked")
        Map<String, Object> map(String name) {
            return (Map<String, Object>) java.util.Objects.requireNonNull(values.get(name));
        }
    }
}
