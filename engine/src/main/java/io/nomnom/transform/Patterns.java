package io.nomnom.transform;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Compiles patterns in RE2 syntax. Matching is linear in the text and the size of the compiled
 * pattern; since counted repetitions multiply that size, it is bounded before anything is built.
 */
public final class Patterns {
    private static final int LONGEST = 4_096;
    private static final int LARGEST = 10_000;

    private Patterns() {}

    /**
     * The compiled pattern.
     *
     * @throws PatternSyntaxException where it is no pattern, or one that is too large
     */
    public static Pattern compile(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new PatternSyntaxException(
                    "more than " + LONGEST + " characters", pattern.substring(0, 40) + "...");
        }
        if (size(pattern) > LARGEST) {
            throw new PatternSyntaxException(
                    "its repetitions unfold to more than " + LARGEST + " parts", pattern);
        }
        return Pattern.compile(pattern);
    }

    /** What the pattern unfolds to, nearly: groups are summed, counted repetitions multiply. */
    private static double size(String pattern) {
        Deque<Double> outer = new ArrayDeque<>();
        double sum = 0;
        double last = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            int closes = c == '{' ? pattern.indexOf('}', i) : -1;
            if (c == '(') {
                outer.push(sum + last);
                sum = 0;
                last = 0;
            } else if (c == ')' && !outer.isEmpty()) {
                last = sum + last + 2;
                sum = outer.pop();
            } else if (closes > 0
                    && pattern.substring(i + 1, closes).matches("\\d{1,4}(,\\d{0,4})?")) {
                last *= most(pattern.substring(i + 1, closes));
                i = closes;
            } else if (c == '[') {
                int end = pattern.indexOf(']', i + 2);
                i = end < 0 ? i : end;
                sum += last;
                last = 1;
            } else {
                i = c == '\\' ? i + 1 : i;
                sum += last;
                last = 1;
            }
        }
        return outer.stream().mapToDouble(Double::doubleValue).sum() + sum + last;
    }

    private static int most(String count) {
        int most = 1;
        for (String number : count.split(",", -1)) {
            most = Math.max(most, number.isEmpty() ? 1 : Integer.parseInt(number));
        }
        return most;
    }
}
