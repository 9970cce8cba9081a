package io.nomnom.catalog;

import io.nomnom.catalog.Shape.KeySpec;
import io.nomnom.catalog.Shape.Kind;
import io.nomnom.catalog.Shape.Kind.Simple;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The mappings of a v1 document, {@code apiVersion: nomnom.io/v1}. */
public final class V1Shapes {
    static final Shape WHEN =
            Shape.of(
                    "when",
                    "A condition on another field of the entity that is copied from.",
                    KeySpec.of("field", Simple.TEXT, "The field that is asked.").needed(),
                    KeySpec.of("equals", Simple.SCALAR, "The value that it must have.").needed());

    /** A type is a word, or a word with its arguments. */
    private static final Kind TYPE =
            new Kind.Either(
                    new Kind.OneOf(
                            Arrays.stream(FieldType.Kind.values())
                                    .map(FieldType.Kind::word)
                                    .toList()),
                    Simple.TEXT);

    static final Shape CONSTRAINTS =
            Shape.of(
                    "constraints",
                    "What a field's values must meet. Broken constraints refuse the message.",
                    KeySpec.of("nullable", Simple.FLAG, "Whether the field may be absent or null.")
                            .or("false"),
                    KeySpec.of(
                            "minLength", Simple.COUNT, "Least length of a string in characters."),
                    KeySpec.of(
                            "maxLength",
                            Simple.COUNT,
                            "Greatest length of a string; the column is varchar of it."),
                    KeySpec.of("minimum", Simple.NUMBER, "Least value of a number, inclusive."),
                    KeySpec.of("maximum", Simple.NUMBER, "Greatest value of a number, inclusive."),
                    KeySpec.of(
                            "pattern",
                            Simple.TEXT,
                            "Regular expression in RE2 syntax, found anywhere in a string."),
                    KeySpec.of("enum", list(Simple.SCALAR), "The only values allowed."),
                    KeySpec.of(
                            "default",
                            Simple.SCALAR,
                            "Taken where the field is absent or null; now() is the time of"
                                    + " acceptance."),
                    KeySpec.of(
                                    "primaryKey",
                                    Simple.FLAG,
                                    "Part of the table's primary key, in place of a generated one.")
                            .or("false"),
                    KeySpec.of("indexed", Simple.FLAG, "Makes an index on the column.").or("false"),
                    KeySpec.of("unique", Simple.FLAG, "Makes a unique constraint on the column.")
                            .or("false"),
                    KeySpec.of("precision", Simple.COUNT, "Digits of a decimal in all."),
                    KeySpec.of("scale", Simple.COUNT, "Digits of a decimal behind the point.")
                            .or("0"),
                    KeySpec.of("items", TYPE, "Type of an array's items."));

    static final Shape FIELD =
            Shape.of(
                    "a field",
                    "A field: its type, its rules, and where its value comes from: the payload by"
                            + " its name, or one of path, copyFrom, constant, transform,"
                            + " expression.",
                    KeySpec.of(
                                    "name",
                                    Simple.TEXT,
                                    "camelCase or snake_case; the column is snake_case.")
                            .needed(),
                    KeySpec.of(
                                    "type",
                                    TYPE,
                                    "string, integer, bigint, float, decimal(p,s), boolean,"
                                            + " timestamp, date, uuid, json, array(type), list or"
                                            + " object.")
                            .needed(),
                    KeySpec.of("doc", Simple.TEXT, "What the field is, for people."),
                    KeySpec.of(
                                    "coerce",
                                    Simple.FLAG,
                                    "Takes numeric and boolean strings for numbers and booleans.")
                            .or("false"),
                    KeySpec.of(
                                    "persisted",
                                    Simple.FLAG,
                                    "Whether the field has a column; a list or object is stored as"
                                            + " jsonb.")
                            .or("true, for list and object false"),
                    KeySpec.of("constraints", nested(CONSTRAINTS), "What the values must meet."),
                    KeySpec.of(
                            "path",
                            Simple.TEXT,
                            "JSON Pointer into the payload, or into the item of a repeated"
                                    + " entity."),
                    KeySpec.of(
                            "copyFrom",
                            Simple.TEXT,
                            "An entity (or a parent's name) that this one derives from."),
                    KeySpec.of("field", Simple.TEXT, "With copyFrom: the field to copy.")
                            .or("the field of the same name"),
                    KeySpec.of(
                            "when",
                            nested(WHEN),
                            "With copyFrom: copies only where the condition holds, else null."),
                    KeySpec.of("constant", Simple.SCALAR, "The same value for every row."),
                    KeySpec.of(
                            "transform",
                            Simple.TEXT,
                            "A transform by name, built in or of TRANSFORMS_DIR."),
                    KeySpec.of(
                            "inputs",
                            list(Simple.TEXT),
                            "With transform: fields of this entity, Entity.field, item or"
                                    + " item.key."),
                    KeySpec.of(
                            "args",
                            new Kind.MapOf(Simple.ANY),
                            "With transform: its arguments by name."),
                    KeySpec.of(
                            "expression",
                            Simple.TEXT,
                            "A CEL expression over self, item, message, now and the entities that"
                                    + " this one derives from."));

    static final Shape INGEST =
            Shape.of(
                    "ingest",
                    "How the entity may be sent.",
                    KeySpec.of("enabled", Simple.FLAG, "Whether clients may send it by itself.")
                            .or("true for roots and stored derived entities"),
                    KeySpec.of(
                            "prefix",
                            Simple.TEXT,
                            "First column of a delimited text message of this entity; the rest are"
                                    + " its stored fields in order."),
                    KeySpec.of("delimiter", Simple.TEXT, "One character between the columns.")
                            .or("|"),
                    KeySpec.of(
                            "layouts",
                            new Kind.MapOf(list(Simple.ANY)),
                            "More prefixes with column lists of their own; ~ skips a column."),
                    KeySpec.of(
                            "idempotencyKey",
                            list(Simple.TEXT),
                            "Fields that name the message: two with equal values are one message."),
                    KeySpec.of(
                                    "additionalFields",
                                    oneOf(IngestSpec.AdditionalFields.class),
                                    "Keys of the payload that no field names: left out, refused,"
                                            + " or kept in the jsonb column extra.")
                            .or("ignore"),
                    KeySpec.of(
                                    "validation",
                                    oneOf(IngestSpec.Validation.class),
                                    "strict: the api runs the whole plan before its 202; syntax:"
                                            + " it only parses the JSON.")
                            .or("strict"));

    static final Shape REPEATED_FOR =
            Shape.of(
                    "repeatedFor",
                    "One instance for each item of a list field of the parent.",
                    KeySpec.of("entity", Simple.TEXT, "The entity that has the list.").needed(),
                    KeySpec.of("field", Simple.TEXT, "Its field of type list or array.").needed(),
                    KeySpec.of(
                                    "itemName",
                                    Simple.TEXT,
                                    "What inputs and expressions call the item.")
                            .or("item"));

    static final Shape PARENT =
            Shape.of(
                    "a parent",
                    "One of several entities that an entity is joined from.",
                    KeySpec.of("name", Simple.TEXT, "What sources call it.")
                            .or("the entity's name"),
                    KeySpec.of("entity", Simple.TEXT, "The entity.").needed(),
                    KeySpec.of(
                                    "ancillary",
                                    Simple.FLAG,
                                    "Whether it may be absent: its fields are null then.")
                            .or("false"));

    static final Shape DERIVATION =
            Shape.of(
                    "derivation",
                    "What a derived entity is made from: one of parent, parents and repeatedFor.",
                    KeySpec.of(
                            "parent",
                            Simple.TEXT,
                            "One instance for each instance of this entity."),
                    KeySpec.of(
                            "parents",
                            list(nested(PARENT)),
                            "One instance for each combination of these; parents that repeat are"
                                    + " joined by index."),
                    KeySpec.of("repeatedFor", nested(REPEATED_FOR), "One for each item of a list."),
                    KeySpec.of(
                                    "orphans",
                                    oneOf(Derivation.Orphans.class),
                                    "delete: a newer parent message removes the children that it no"
                                            + " longer has, in the same transaction.")
                            .or("keep"),
                    KeySpec.of(
                                    "onError",
                                    oneOf(Derivation.OnError.class),
                                    "reject: a bad child refuses the whole message; skip: it is"
                                            + " left out and recorded in the status.")
                            .or("reject"));

    static final Shape EXISTENCE =
            Shape.of(
                    "minimalExistence",
                    "When an instance is made at all; else it is left out, which is no error.",
                    KeySpec.of(
                            "requireAny", list(Simple.TEXT), "At least one of these has a value."),
                    KeySpec.of("requireAll", list(Simple.TEXT), "All of these have a value."));

    static final Shape RULE =
            Shape.of(
                    "a rule",
                    "A condition that every instance must meet.",
                    KeySpec.of("rule", Simple.TEXT, "A CEL expression over self that gives a bool.")
                            .needed(),
                    KeySpec.of("message", Simple.TEXT, "What the refusal says.")
                            .or("the rule itself"));

    static final Shape PRIMARY_KEY =
            Shape.of(
                    "primaryKey",
                    "The key column that the database generates.",
                    KeySpec.of("name", Simple.TEXT, "The column.").or("id"),
                    KeySpec.of("type", new Kind.OneOf(List.of("bigint", "integer")), "Its type.")
                            .or("bigint"),
                    KeySpec.of("generated", Simple.FLAG, "Always true.").or("true"));

    static final Shape UNICITY =
            Shape.of(
                    "unicity",
                    "The fields that tell rows apart: a unique constraint, and what upserts aim"
                            + " at.",
                    KeySpec.of("fields", list(Simple.TEXT), "Stored fields.").needed());

    static final Shape INDEX =
            Shape.of(
                    "an index",
                    "A further index of the table.",
                    KeySpec.of("name", Simple.TEXT, "Its name in the database.").needed(),
                    KeySpec.of("fields", list(Simple.TEXT), "Stored fields, in order.").needed(),
                    KeySpec.of("unique", Simple.FLAG, "Whether it is a unique index.").or("false"),
                    KeySpec.of(
                                    "method",
                                    new Kind.OneOf(List.of("btree", "hash", "gin", "gist", "brin")),
                                    "PostgreSQL's index method.")
                            .or("btree"));

    static final Shape FOREIGN_KEY =
            Shape.of(
                    "a foreign key",
                    "A reference to another table.",
                    KeySpec.of("fields", list(Simple.TEXT), "Stored fields.").needed(),
                    KeySpec.of("references", Simple.TEXT, "table.column; more columns with commas.")
                            .needed(),
                    KeySpec.of(
                                    "enforce",
                                    Simple.FLAG,
                                    "Whether it is a constraint of the database; a child that comes"
                                            + " before its parent is tried again then.")
                            .or("false"));

    static final Shape LEGACY =
            Shape.of(
                    "legacyMapping",
                    "The table that this one succeeds; shown by describe and plan.",
                    KeySpec.of("enabled", Simple.FLAG, "Whether it is shown.").or("false"),
                    KeySpec.of("table", Simple.TEXT, "The older table."),
                    KeySpec.of("idColumn", Simple.TEXT, "Its key column."));

    static final Shape PERSISTENCE =
            Shape.of(
                    "persistence",
                    "How the entity is stored; without it, never.",
                    KeySpec.of("enabled", Simple.FLAG, "false: not stored.").or("true"),
                    KeySpec.of("table", Simple.TEXT, "The table; snake_case in the database."),
                    KeySpec.of("primaryKey", nested(PRIMARY_KEY), "The generated key."),
                    KeySpec.of("unicity", nested(UNICITY), "The key of the entity itself."),
                    KeySpec.of(
                                    "onConflict",
                                    oneOf(PersistenceSpec.OnConflict.class),
                                    "What a row does that is there already: the newer wins, the"
                                            + " older stays, or the message is refused.")
                            .or("update"),
                    KeySpec.of("indexes", list(nested(INDEX)), "Further indexes."),
                    KeySpec.of("foreignKeys", list(nested(FOREIGN_KEY)), "References."),
                    KeySpec.of(
                                    "systemColumns",
                                    Simple.FLAG,
                                    "Whether the table has _message_id, _seq, _ingested_at,"
                                            + " _updated_at and _xid; without them the last write"
                                            + " wins and the live feed does not see the table.")
                            .or("true"),
                    KeySpec.of(
                                    "managed",
                                    Simple.FLAG,
                                    "false: the table belongs to someone else, and is never created"
                                            + " or altered.")
                            .or("true"),
                    KeySpec.of(
                            "legacyMapping", nested(LEGACY), "The table that this one succeeds."));

    static final Shape SPEC =
            Shape.of(
                    "spec",
                    "The entity.",
                    KeySpec.of(
                                    "type",
                                    oneOf(EntitySpec.Type.class),
                                    "root: sent; derived: made from others; reference: data owned"
                                            + " elsewhere, neither created nor written.")
                            .needed(),
                    KeySpec.of("abstract", Simple.FLAG, "Only there to be extended.").or("false"),
                    KeySpec.of(
                            "extends",
                            Simple.TEXT,
                            "The entity whose fields and persistence it inherits; own ones win."),
                    KeySpec.of("ingest", nested(INGEST), "How it may be sent."),
                    KeySpec.of("derivation", nested(DERIVATION), "What it is made from."),
                    KeySpec.of(
                                    "repetition",
                                    new Kind.OneOf(List.of("singleton", "repeated")),
                                    "Said by repeatedFor already; checked where given.")
                            .or("repeated with repeatedFor, else singleton"),
                    KeySpec.of("minimalExistence", nested(EXISTENCE), "When it is made at all."),
                    KeySpec.of("rules", list(nested(RULE)), "What every instance must meet."),
                    KeySpec.of(
                            "fields", list(nested(FIELD)), "Its fields, in the order of columns."),
                    KeySpec.of("persistence", nested(PERSISTENCE), "How it is stored."));

    static final Shape METADATA =
            Shape.of(
                    "metadata",
                    "The entity's name, and words about it.",
                    KeySpec.of("name", Simple.TEXT, "PascalCase, unique in the catalog.").needed(),
                    KeySpec.of("labels", new Kind.MapOf(Simple.SCALAR), "For `get entities -l`."),
                    KeySpec.of(
                            "annotations",
                            new Kind.MapOf(Simple.SCALAR),
                            "For people and the page: description, owner."));

    /** A document. */
    public static final Shape DOCUMENT =
            Shape.of(
                    "an entity document",
                    "An entity of nomnom.",
                    KeySpec.of("apiVersion", new Kind.OneOf(List.of("nomnom.io/v1")), "The form.")
                            .needed(),
                    KeySpec.of("kind", new Kind.OneOf(List.of("Entity")), "What it is.").needed(),
                    KeySpec.of("metadata", nested(METADATA), "Name and words.").needed(),
                    KeySpec.of("spec", nested(SPEC), "The entity.").needed(),
                    KeySpec.of("status", Simple.ANY, "Ignored."));

    private V1Shapes() {}

    static Kind list(Kind item) {
        return new Kind.ListOf(item);
    }

    static Kind nested(Shape shape) {
        return new Kind.Nested(() -> shape);
    }

    static <E extends Enum<E>> Kind oneOf(Class<E> type) {
        return new Kind.OneOf(
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
