package io.nomnom.yaml;

import io.nomnom.yaml.Issue.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Collects the issues of one load, over all files. Used by one thread. */
public final class Issues {
    private static final Comparator<Issue> BY_PLACE =
            Comparator.comparing((Issue issue) -> issue.place().file().path())
                    .thenComparingInt(issue -> issue.place().line())
                    .thenComparingInt(issue -> issue.place().column());

    private static final int MOST_SHOWN = 200;

    private final List<Issue> found = new ArrayList<>();

    /** Reports a fault that keeps the catalog from being used. */
    public void error(IssueCode code, Place place, String message) {
        error(code, place, message, null);
    }

    /** Reports a fault that keeps the catalog from being used, with what would mend it. */
    public void error(IssueCode code, Place place, String message, @Nullable String hint) {
        found.add(new Issue(Severity.ERROR, code, place, message, hint));
    }

    /** Reports something that has no effect or is likely a mistake. */
    public void warning(IssueCode code, Place place, String message, @Nullable String hint) {
        found.add(new Issue(Severity.WARNING, code, place, message, hint));
    }

    /** Takes over what another collected. */
    public void addAll(Issues other) {
        found.addAll(other.found);
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(issue -> issue.severity() == Severity.ERROR);
    }

    /** All issues so far, by file, line and column, each once. */
    public List<Issue> all() {
        return found.stream().distinct().sorted(BY_PLACE).toList();
    }

    /** All issues rendered, an empty line between them; of very many only the first. */
    public String render() {
        List<Issue> all = all();
        String report =
                all.stream()
                        .limit(MOST_SHOWN)
                        .map(Issue::render)
                        .collect(Collectors.joining("\n\n"));
        return all.size() <= MOST_SHOWN
                ? report
                : report + "\n\n... and %d more".formatted(all.size() - MOST_SHOWN);
    }
}
