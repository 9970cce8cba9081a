package io.nomnom.devstack.bench;

import java.util.Locale;

/** The report: limits first, then the stages with their ratio to a limit. Prints as it grows. */
final class Table {
    private boolean stages;
    private boolean catalogs;

    Table() {
        print("%-46s %12s   %s".formatted("limit of this machine", "a second", ""));
    }

    void limit(String name, double rate, String what) {
        print(String.format(Locale.ROOT, "%-46s %,12.0f   %s", name, rate, what));
    }

    void stage(String name, double rate, String limitName, double limit) {
        if (!stages) {
            stages = true;
            print("");
            print(
                    "%-46s %12s   %s"
                            .formatted("stage of the engine", "a second", "ratio to its limit"));
        }
        print(
                String.format(
                        Locale.ROOT,
                        "%-46s %,12.0f   %.2f of %s",
                        name,
                        rate,
                        rate / limit,
                        limitName));
    }

    void catalog(int entities, long loadMillis, long messageNanos) {
        if (!catalogs) {
            catalogs = true;
            print("");
            print(
                    "%-46s %12s   %s"
                            .formatted(
                                    "entities in the catalog", "load in ms", "parsing a message"));
        }
        print(
                String.format(
                        Locale.ROOT, "%-46d %,12d   %,d ns", entities, loadMillis, messageNanos));
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
