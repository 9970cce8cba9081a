package io.nomnom.sql;

import io.nomnom.plan.TablePlan;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One difference between the catalog and the database, and the statements that mend it.
 *
 * @param change what is done, for people
 * @param needed whether the worker cannot write as the catalog says without it
 * @param statements in order; in one transaction, or each by itself where {@link #concurrent}
 * @param probe what in the rows stands in the way; null where nothing can
 */
public record SchemaStep(
        String table,
        String change,
        Risk risk,
        boolean needed,
        List<Sql> statements,
        boolean concurrent,
        @Nullable Probe probe) {
    public SchemaStep {
        statements = List.copyOf(statements);
    }

    /** A step of one transaction; without statements it only tells. */
    static SchemaStep of(
            TablePlan table, String change, Risk risk, boolean needed, String... statements) {
        List<Sql> sql = Arrays.stream(statements).map(Sql::new).toList();
        return new SchemaStep(table.name(), change, risk, needed, sql, false, null);
    }

    /** The same after a look at the rows. */
    SchemaStep after(@Nullable Probe look) {
        return new SchemaStep(table, change, risk, needed, statements, concurrent, look);
    }

    /** The same, each statement by itself. */
    SchemaStep eachAlone() {
        return new SchemaStep(table, change, risk, needed, statements, true, probe);
    }

    /** What a step costs. */
    public enum Risk {
        /** Quick, or beside the work; nothing is lost. */
        SAFE("safe"),
        /** Nothing is lost, but the table is locked while its rows are read or written anew. */
        LOCKING("needs --allow locking: the table is locked meanwhile"),
        /** Digits, text or a guarantee of the table can be lost. */
        LOSSY("needs --allow lossy: data or a guarantee is lost"),
        /** Not for the engine to do. */
        MANUAL("by hand"),
        /** Nothing to do. */
        NOTE("stays as it is");

        private final String text;

        Risk(String text) {
            this.text = text;
        }

        /** The word that {@code --allow} takes. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A look at the rows before a step.
     *
     * @param count a statement that counts what stands in the way
     * @param meaning what that is, and how to mend it; {@code %d} is the number
     */
    public record Probe(Sql count, String meaning) {}

    /** The step as plan, apply and the worker print it. */
    public String render() {
        String head = "%s: %s\n  %s".formatted(table, change, risk.text);
        return statements.isEmpty()
                ? head
                : head
                        + statements.stream()
                                .map(sql -> "\n    " + sql.text().replace("\n", "\n    ") + ";")
                                .collect(Collectors.joining());
    }
}
