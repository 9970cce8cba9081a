package io.nomnom.plan;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.Name;
import io.nomnom.catalog.PersistenceSpec;
import io.nomnom.plan.TablePlan.ForeignKeyPlan;
import io.nomnom.plan.TablePlan.IndexPlan;
import java.util.ArrayList;
import java.util.List;

/** Compiles the table of one entity. */
final class TableCompiler {
    private final Catalog catalog;
    private final EntitySpec entity;
    private final PersistenceSpec spec;

    TableCompiler(Catalog catalog, EntitySpec entity, PersistenceSpec spec) {
        this.catalog = catalog;
        this.entity = entity;
        this.spec = spec;
    }

    TablePlan table() {
        String table = spec.table().snakeCase();
        List<ColumnPlan> columns = new ArrayList<>();
        List<String> primary = new ArrayList<>();
        List<IndexPlan> indexes = new ArrayList<>();
        List<FieldSpec> fields = entity.fields();
        for (int slot = 0; slot < fields.size(); slot++) {
            FieldSpec field = fields.get(slot);
            if (!field.stored()) {
                continue;
            }
            String column = field.name().snakeCase();
            columns.add(column(field, column, slot));
            if (field.constraints().primaryKey()) {
                primary.add(column);
            }
            if (field.constraints().indexed()) {
                indexes.add(
                        new IndexPlan(
                                "idx_" + table + "_" + column, List.of(column), false, "btree"));
            }
        }
        for (PersistenceSpec.Index index : spec.indexes()) {
            indexes.add(
                    new IndexPlan(
                            index.name().snakeCase(),
                            columns(index.fields()),
                            index.unique(),
                            index.method()));
        }
        List<String> unicity = columns(spec.unicity());
        return new TablePlan(
                entity.name().text(),
                table,
                primary.isEmpty() ? spec.primaryKey().column() : "",
                sqlType(spec.primaryKey().type(), null),
                columns,
                unicity.isEmpty() ? primary : unicity,
                unicity.isEmpty() && !primary.isEmpty(),
                spec.onConflict(),
                indexes,
                foreignKeys(),
                spec.managed() && entity.type() != EntitySpec.Type.REFERENCE,
                depends());
    }

    private static ColumnPlan column(FieldSpec field, String column, int slot) {
        return new ColumnPlan(
                column,
                slot,
                field.type(),
                sqlType(field.type(), field.constraints().maxLength()),
                field.constraints().nullable(),
                field.constraints().unique());
    }

    private List<String> columns(List<Name> fields) {
        List<String> columns = new ArrayList<>();
        for (Name name : fields) {
            FieldSpec field = entity.field(name.text());
            columns.add(field == null ? name.snakeCase() : field.name().snakeCase());
        }
        return columns;
    }

    private List<ForeignKeyPlan> foreignKeys() {
        return spec.foreignKeys().stream()
                .map(key ->
                        new ForeignKeyPlan(
                                columns(key.fields()), key.table(), key.column(), key.enforce()))
                .toList();
    }

    /** The tables of the entities that this one derives from, and those that it refers to. */
    private List<String> depends() {
        List<String> depends = new ArrayList<>();
        Derivation derivation = entity.derivation();
        while (derivation != null) {
            EntitySpec parent = catalog.entity(derivation.entity().text());
            if (parent != null && parent.persistence() != null) {
                depends.add(parent.persistence().table().snakeCase());
            }
            derivation = parent == null ? null : parent.derivation();
        }
        spec.foreignKeys().stream()
                .filter(PersistenceSpec.ForeignKey::enforce)
                .forEach(key -> depends.add(key.table()));
        return depends;
    }

    /** PostgreSQL's name of a type, as {@code format_type} prints it. */
    static String sqlType(FieldType type, @org.jspecify.annotations.Nullable Integer maxLength) {
        return switch (type.kind()) {
            case STRING -> maxLength == null ? "text" : "character varying(" + maxLength + ")";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case FLOAT -> "double precision";
            case DECIMAL ->
                    type.precision() == 0
                            ? "numeric"
                            : "numeric(" + type.precision() + "," + type.scale() + ")";
            case BOOLEAN -> "boolean";
            case TIMESTAMP -> "timestamp with time zone";
            case DATE -> "date";
            case UUID -> "uuid";
            case JSON, LIST, OBJECT -> "jsonb";
            case ARRAY -> type.items() == null ? "text[]" : sqlType(type.items(), null) + "[]";
        };
    }
}
