package io.nomnom.transform;

import com.google.common.base.CaseFormat;
import com.google.common.collect.ImmutableList;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * CEL's functions whose results can grow without bound, bounded. The cost of an expression is its
 * length times its loops times the size of its values: all three end somewhere.
 */
final class CelLimits {
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int MOST_ITEMS = 100_000;

    /** What is bound here instead. */
    private static final Set<CelStringExtensions.Function> GROWING =
            EnumSet.of(CelStringExtensions.Function.REPLACE, CelStringExtensions.Function.JOIN);

    private CelLimits() {}

    /** The functions of the language that need no bound; equality is bound elsewhere. */
    static CelStandardFunctions functions() {
        return CelStandardFunctions.newBuilder()
                .filterFunctions((function, overload) ->
                        function != StandardFunction.EQUALS
                                && function != StandardFunction.NOT_EQUALS
                                && function != StandardFunction.MATCHES
                                && overload != StandardFunction.Overload.Arithmetic.ADD_STRING
                                && overload != StandardFunction.Overload.Arithmetic.ADD_LIST)
                .build();
    }

    /** The functions on text that need no bound. */
    static Set<CelStringExtensions.Function> texts() {
        return EnumSet.complementOf(EnumSet.copyOf(GROWING));
    }

    /** The functions on text among these names. */
    static Set<CelStringExtensions.Function> texts(Set<String> names) {
        Set<CelStringExtensions.Function> texts =
                EnumSet.noneOf(CelStringExtensions.Function.class);
        for (CelStringExtensions.Function function : CelStringExtensions.Function.values()) {
            String camelCase =
                    CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, function.name());
            if (names.contains(camelCase)) {
                texts.add(function);
            }
        }
        return texts;
    }

    static List<CelFunctionBinding> bindings() {
        return List.of(
                CelFunctionBinding.from(
                        "add_string",
                        String.class,
                        String.class,
                        (a, b) -> {
                            bound(a.length() + (long) b.length());
                            return a + b;
                        }),
                CelFunctionBinding.from("add_list", List.class, List.class, (a, b) -> joined(a, b)),
                CelFunctionBinding.from("matches", String.class, String.class, CelLimits::matches),
                CelFunctionBinding.from(
                        "matches_string", String.class, String.class, CelLimits::matches),
                CelFunctionBinding.from(
                        "string_replace_string_string",
                        List.of(String.class, String.class, String.class),
                        all -> replace((String) all[0], (String) all[1], (String) all[2], -1)),
                CelFunctionBinding.from(
                        "string_replace_string_string_int",
                        List.of(String.class, String.class, String.class, Long.class),
                        all ->
                                replace(
                                        (String) all[0],
                                        (String) all[1],
                                        (String) all[2],
                                        (Long) all[3])),
                CelFunctionBinding.from("list_join", List.class, list -> join(list, "")),
                CelFunctionBinding.from(
                        "list_join_string", List.class, String.class, CelLimits::join));
    }

    private static void bound(long characters) {
        if (characters > MOST_CHARACTERS) {
            throw new ArithmeticException("the text is longer than a million characters");
        }
    }

    private static Object joined(List<?> a, List<?> b) {
        if (a.size() + (long) b.size() > MOST_ITEMS) {
            throw new ArithmeticException("the list has more than 100,000 items");
        }
        return ImmutableList.builder().addAll(a).addAll(b).build();
    }

    private static boolean matches(String text, String pattern) {
        return Patterns.compile(pattern).matcher(text).find();
    }

    /** The first {@code most} places replaced; all of them where it is negative. */
    private static String replace(String text, String what, String with, long most) {
        StringBuilder made = new StringBuilder();
        int from = 0;
        for (long done = 0; done != most; done++) {
            int at = text.indexOf(what, from);
            if (at < 0 || (what.isEmpty() && from > text.length())) {
                break;
            }
            made.append(text, from, at).append(with);
            if (what.isEmpty() && at < text.length()) {
                made.append(text.charAt(at));
            }
            from = what.isEmpty() ? at + 1 : at + what.length();
            bound(made.length());
        }
        String rest = from > text.length() ? "" : text.substring(from);
        bound(made.length() + (long) rest.length());
        return made + rest;
    }

    private static String join(List<?> items, String separator) {
        StringBuilder made = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            made.append(i == 0 ? "" : separator).append(items.get(i));
            bound(made.length());
        }
        return made.toString();
    }
}
