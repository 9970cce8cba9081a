package io.nomnom.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that one message gives one table, each in the order of the table's columns. */
public record EntityRows(TablePlan table, List<@Nullable Object[]> rows) {}
