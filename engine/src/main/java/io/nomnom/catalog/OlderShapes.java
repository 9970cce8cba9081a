package io.nomnom.catalog;

import static io.nomnom.catalog.V1Shapes.list;
import static io.nomnom.catalog.V1Shapes.nested;
import static io.nomnom.catalog.V1Shapes.oneOf;

import io.nomnom.catalog.Shape.KeySpec;
import io.nomnom.catalog.Shape.Kind;
import io.nomnom.catalog.Shape.Kind.Simple;
import java.util.List;

/** The mappings of an older document, {@code entity: {...}}. */
public final class OlderShapes {
    /** Keys that only served code generation, and what to use instead. */
    static final String GENERATED = "Served code generation; without effect.";

    private static final Kind NAMES = new Kind.Either(Simple.TEXT, list(Simple.TEXT));

    static final Shape SOURCE =
            Shape.of(
                    "a source",
                    "An input of a transform.",
                    KeySpec.of("source", Simple.TEXT, "The entity, parent, or the item.").needed(),
                    KeySpec.of("field", Simple.TEXT, "Its field.").needed(),
                    KeySpec.of("alias", Simple.TEXT, "Without effect: inputs go by their order."));

    static final Shape CONDITION =
            Shape.of(
                    "condition",
                    "Copies only where it holds: v1's when.",
                    KeySpec.of("field", NAMES, "The field that is asked.").needed(),
                    KeySpec.of("equals", Simple.SCALAR, "The value that it must have.").needed());

    static final Shape COMPUTED =
            Shape.of(
                    "computed_from",
                    "A transform: v1's transform, inputs and args; plain copies become copyFrom.",
                    KeySpec.of("transform", Simple.TEXT, "Its name.").needed(),
                    KeySpec.of(
                            "sources",
                            list(new Kind.Either(Simple.TEXT, nested(SOURCE))),
                            "Its inputs."),
                    KeySpec.of("args", new Kind.MapOf(Simple.ANY), "Its arguments."),
                    KeySpec.of("condition", nested(CONDITION), "For copies only."));

    static final Shape EXTRACTION =
            Shape.of(
                    "extraction",
                    "A copy from the parent: v1's copyFrom.",
                    KeySpec.of("copy_from_source", Simple.TEXT, "A field, or Entity.field."),
                    KeySpec.of("copy_from_context", Simple.TEXT, "A field, or Entity.field."));

    static final Shape DERIVED_FROM =
            Shape.of(
                    "derived_from",
                    "A copy, or a transform of one field.",
                    KeySpec.of("source", Simple.TEXT, "The entity.").needed(),
                    KeySpec.of("field", Simple.TEXT, "Its field.").needed(),
                    KeySpec.of("transform", Simple.TEXT, "The transform; a copy without it."));

    static final Shape FIELD =
            Shape.of(
                    "a field",
                    "A field.",
                    KeySpec.of("name", Simple.TEXT, "Its name.").needed(),
                    KeySpec.of(
                                    "type",
                                    Simple.TEXT,
                                    "String, Integer, Float, Boolean, DateTime, Date, Decimal,"
                                            + " UUID, JSON, Object, List[String] or List[Object],"
                                            + " in any case.")
                            .needed(),
                    KeySpec.of("nullable", Simple.FLAG, "v1's constraints.nullable.").or("false"),
                    KeySpec.of("doc", Simple.TEXT, "v1's doc."),
                    KeySpec.of(
                            "args",
                            list(Simple.COUNT),
                            "Length of a string, or precision and scale of a decimal."),
                    KeySpec.of("constant", Simple.SCALAR, "v1's constant."),
                    KeySpec.of("index", Simple.FLAG, "v1's constraints.indexed.").or("false"),
                    KeySpec.of("primary_key", Simple.FLAG, "v1's constraints.primaryKey.")
                            .or("false"),
                    KeySpec.of("computed_from", nested(COMPUTED), "A transform."),
                    KeySpec.of("extraction", nested(EXTRACTION), "A copy."),
                    KeySpec.of("derived_from", nested(DERIVED_FROM), "A copy or transform."));

    static final Shape OVERRIDE =
            Shape.of(
                    "field_overrides",
                    "A column. Where any is given they are the column list: a field without one is"
                            + " neither stored nor required.",
                    KeySpec.of("name", Simple.TEXT, "The field.").needed(),
                    KeySpec.of("type", Simple.TEXT, "Its type in the table."),
                    KeySpec.of("nullable", Simple.FLAG, "Whether it may be null."),
                    KeySpec.of("args", list(Simple.COUNT), "Length, or precision and scale."),
                    KeySpec.of("index", Simple.FLAG, "Whether it has an index."),
                    KeySpec.of("primary_key", Simple.FLAG, "Said by primary_key already."),
                    KeySpec.of("doc", Simple.TEXT, "Said by the field already."));

    static final Shape FOREIGN_KEY =
            Shape.of(
                    "a foreign key",
                    "v1's foreignKeys.",
                    KeySpec.of("name", Simple.TEXT, "The field.").needed(),
                    KeySpec.of("references", Simple.TEXT, "table.column.").needed(),
                    KeySpec.of("parent_entity", Simple.TEXT, "Without effect."),
                    KeySpec.of("nullable", Simple.FLAG, "Said by the field already."));

    static final Shape DATABASE =
            Shape.of(
                    "database",
                    "The table.",
                    KeySpec.of("conformant_table", Simple.TEXT, "v1's table."),
                    KeySpec.of("conformant_id_column", Simple.TEXT, "v1's primaryKey.name.")
                            .or("id"),
                    KeySpec.of(
                                    "autogenerate_conformant_id",
                                    Simple.FLAG,
                                    "false: the field of that name is the primary key.")
                            .or("true"),
                    KeySpec.of("unicity_fields", list(Simple.TEXT), "v1's unicity."),
                    KeySpec.of("foreign_keys", list(nested(FOREIGN_KEY)), "v1's foreignKeys."),
                    KeySpec.of("legacy_table", Simple.TEXT, "v1's legacyMapping.table."),
                    KeySpec.of("legacy_id_column", Simple.TEXT, "v1's legacyMapping.idColumn."));

    static final Shape PRIMARY_KEY =
            Shape.of(
                    "primary_key",
                    "v1's primaryKey.",
                    KeySpec.of("name", Simple.TEXT, "The column."),
                    KeySpec.of("type", Simple.TEXT, "Without effect: a generated key is a bigint."),
                    KeySpec.of(
                                    "autogenerate",
                                    Simple.FLAG,
                                    "false: the field of that name is the primary key.")
                            .or("true"));

    static final Shape PERSISTENCE =
            Shape.of(
                    "persistence",
                    "How the entity is stored.",
                    KeySpec.of("database", nested(DATABASE), "The table."),
                    KeySpec.of("primary_key", nested(PRIMARY_KEY), "Its key."),
                    KeySpec.of("field_overrides", list(nested(OVERRIDE)), "Its columns."));

    static final Shape REPEATED_FOR =
            Shape.of(
                    "repeated_for",
                    "v1's derivation.repeatedFor.",
                    KeySpec.of("entity", Simple.TEXT, "The entity that has the list.").needed(),
                    KeySpec.of("field", Simple.TEXT, "Its list.").needed(),
                    KeySpec.of("each_known_as", Simple.TEXT, "v1's itemName.").or("item"));

    static final Shape PARENT =
            Shape.of(
                    "a parent",
                    "v1's derivation.parents.",
                    KeySpec.of("name", Simple.TEXT, "What sources call it; alone: the entity."),
                    KeySpec.of("entity", Simple.TEXT, "The entity."),
                    KeySpec.of("ancillary", Simple.FLAG, "Whether it may be absent.").or("false"));

    static final Shape DERIVATION =
            Shape.of(
                    "derivation",
                    "v1's derivation.parents.",
                    KeySpec.of(
                                    "source_entities",
                                    list(new Kind.Either(Simple.TEXT, nested(PARENT))),
                                    "The parents.")
                            .needed());

    static final Shape EXISTENCE =
            Shape.of(
                    "minimal_existence",
                    "v1's minimalExistence.",
                    KeySpec.of("require_any", list(Simple.TEXT), "One of these has a value."),
                    KeySpec.of("require_all", list(Simple.TEXT), "All of these have a value."));

    static final Shape ENTITY =
            Shape.of(
                    "entity",
                    "An entity in the older form.",
                    KeySpec.of("name", Simple.TEXT, "v1's metadata.name.").needed(),
                    KeySpec.of(
                            "type",
                            oneOf(EntitySpec.Type.class),
                            "v1's spec.type; or source_type."),
                    KeySpec.of("source_type", oneOf(EntitySpec.Type.class), "As type."),
                    KeySpec.of("prefix", Simple.TEXT, "v1's ingest.prefix."),
                    KeySpec.of("doc", Simple.TEXT, "v1's annotation description."),
                    KeySpec.of("parent", Simple.TEXT, "v1's derivation.parent."),
                    KeySpec.of(
                            "parents",
                            list(new Kind.Either(Simple.TEXT, nested(PARENT))),
                            "v1's derivation.parents."),
                    KeySpec.of(
                            "repeated_for", nested(REPEATED_FOR), "v1's derivation.repeatedFor."),
                    KeySpec.of(
                            "repetition",
                            new Kind.OneOf(List.of("singleton", "repeated")),
                            "Said by repeated_for already."),
                    KeySpec.of("derivation", nested(DERIVATION), "v1's derivation."),
                    KeySpec.of("extends", Simple.TEXT, "v1's spec.extends."),
                    KeySpec.of("abstract", Simple.FLAG, "v1's spec.abstract.").or("false"),
                    KeySpec.of("minimal_existence", nested(EXISTENCE), "v1's minimalExistence."),
                    KeySpec.of("fields", list(nested(FIELD)), "v1's spec.fields."),
                    KeySpec.of("persistence", nested(PERSISTENCE), "v1's persistence."),
                    KeySpec.of("serialization", Simple.ANY, GENERATED),
                    KeySpec.of("abstract_implementations", Simple.ANY, GENERATED),
                    KeySpec.of("lambda", Simple.ANY, GENERATED));

    /** A document. */
    public static final Shape DOCUMENT =
            Shape.of(
                    "an entity document",
                    "The older form.",
                    KeySpec.of("entity", nested(ENTITY), "The entity.").needed());

    private OlderShapes() {}
}
