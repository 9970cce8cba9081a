package io.nomnom.app;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.CatalogReader;
import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.yaml.Issues;
import java.util.List;

/** Ends the process with code 1 where settings or entity files are at fault. */
final class StartFaults {
    private StartFaults() {}

    static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw exit("nomnom: wrong settings\n  " + String.join("\n  ", faults));
        }
    }

    /** The plan of the entity files; warnings are printed. */
    static Plan plan(Settings settings) {
        Issues issues = new Issues();
        Catalog catalog = CatalogReader.read(settings.entities(), settings.transforms(), issues);
        Plan plan = PlanCompiler.compile(catalog, issues);
        if (plan == null) {
            throw exit(
                    issues.render()
                            + "\n\nnomnom: the entity files have errors; nothing was started");
        }
        if (!issues.all().isEmpty()) {
            System.err.println(issues.render());
        }
        return plan;
    }

    /** Before anything runs there is nothing to shut down: the report, then the exit code. */
    private static IllegalStateException exit(String report) {
        System.err.println(report);
        System.err.flush();
        Runtime.getRuntime().halt(1);
        return new IllegalStateException("unreachable");
    }
}
