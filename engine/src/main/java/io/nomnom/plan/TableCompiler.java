package io.nomnom.plan;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.IngestSpec.AdditionalFields;
import io.nomnom.catalog.Name;
import io.nomnom.catalog.Ownership;
import io.nomnom.catalog.PersistenceSpec;
import io.nomnom.catalog.PersistenceSpec.OnConflict;
import io.nomnom.plan.TablePlan.ForeignKeyPlan;
import io.nomnom.plan.TablePlan.IndexPlan;
import io.nomnom.plan.TablePlan.OrphanPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compiles the table of one entity. */
final class TableCompiler {
    private static final String EXTRA = "extra";

    private final Catalog catalog;
    private final EntitySpec entity;
    private final PersistenceSpec spec;
    private final Name name;

    TableCompiler(Catalog catalog, EntitySpec entity, PersistenceSpec spec, Name name) {
        this.catalog = catalog;
        this.entity = entity;
        this.spec = spec;
        this.name = name;
    }

    TablePlan table() {
        String table = name.snakeCase();
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
        if (entity.ingest().additionalFields() == AdditionalFields.KEEP) {
            FieldType json = FieldType.of(FieldType.Kind.JSON);
            columns.add(new ColumnPlan(EXTRA, fields.size(), json, "jsonb", true, false));
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
        boolean managed = spec.isManaged() && entity.type() != EntitySpec.Type.REFERENCE;
        return new TablePlan(
                entity.name().text(),
                table,
                primary.isEmpty() && (managed || spec.primaryKey() != null)
                        ? spec.key().column()
                        : "",
                sqlType(spec.key().type(), null),
                columns,
                unicity.isEmpty() ? primary : unicity,
                unicity.isEmpty() && !primary.isEmpty(),
                Objects.requireNonNullElse(spec.onConflict(), OnConflict.UPDATE),
                indexes,
                foreignKeys(),
                managed,
                spec.hasSystemColumns() && entity.type() != EntitySpec.Type.REFERENCE,
                orphans(),
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
                                columns(key.fields()), key.table(), key.columns(), key.enforce()))
                .toList();
    }

    private @Nullable OrphanPlan orphans() {
        Derivation derivation = entity.derivation();
        if (derivation == null || derivation.orphans() == Derivation.Orphans.KEEP) {
            return null;
        }
        Ownership ownership = Ownership.of(entity, catalog);
        PersistenceSpec owner = ownership == null ? null : ownership.owner().stored();
        if (ownership == null || owner == null || owner.table() == null) {
            return null;
        }
        List<String> key = new ArrayList<>();
        for (Name field : owner.unicity()) {
            FieldSpec spec = ownership.owner().field(field.text());
            key.add(spec == null ? field.snakeCase() : spec.name().snakeCase());
        }
        return new OrphanPlan(
                owner.table().snakeCase(),
                key,
                ownership.fields().stream().map(field -> field.name().snakeCase()).toList());
    }

    /** The tables of the entities that this one derives from, and those that it refers to. */
    private List<String> depends() {
        List<String> depends = new ArrayList<>();
        for (EntitySpec ancestor : catalog.ancestors(entity)) {
            PersistenceSpec stored = ancestor.stored();
            if (stored != null && stored.table() != null) {
                depends.add(stored.table().snakeCase());
            }
        }
        spec.foreignKeys().stream()
                .filter(PersistenceSpec.ForeignKey::enforce)
                .forEach(key -> depends.add(key.table()));
        return depends;
    }

    /** PostgreSQL's name of a type, as {@code format_type} prints it. */
    static String sqlType(FieldType type, @Nullable Integer maxLength) {
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
