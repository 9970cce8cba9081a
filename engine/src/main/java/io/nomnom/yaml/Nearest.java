package io.nomnom.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what a writer probably meant: the candidate within a small edit distance. */
public final class Nearest {
    private Nearest() {}

    /** "did you mean 'x'?" for the nearest candidate, or null where none is near. */
    public static @Nullable String hint(String written, Collection<String> candidates) {
        return to(written, candidates).map(near -> "did you mean '" + near + "'?").orElse(null);
    }

    /** The nearest candidate; at most a third of the letters, and at least one, may differ. */
    public static Optional<String> to(String written, Collection<String> candidates) {
        int most = Math.max(1, Math.min(written.length(), 64) / 3);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - written.length()) <= most)
                .filter(candidate -> distance(fold(written), fold(candidate)) <= most)
                .min(Comparator.comparingInt(c -> distance(fold(written), fold(c))));
    }

    private static String fold(String name) {
        return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    /** Edit distance with neighbours swapped as one step (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] =
                        Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
                if (i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
