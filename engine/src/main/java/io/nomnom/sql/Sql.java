package io.nomnom.sql;

/** SQL text. Values are parameters, {@code $1} and on; identifiers are quoted by SqlWriter. */
public record Sql(String text) {}
