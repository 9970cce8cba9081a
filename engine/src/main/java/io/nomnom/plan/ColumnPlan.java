package io.nomnom.plan;

import io.nomnom.catalog.FieldType;

/**
 * A column of a table: the slot that fills it, and how it is declared.
 *
 * @param sqlType PostgreSQL's name of the type, as its catalogs print it
 */
public record ColumnPlan(
        String name, int slot, FieldType type, String sqlType, boolean nullable, boolean unique) {}
