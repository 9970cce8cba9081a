package io.nomnom.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.Constraints;
import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.ValueSource;
import io.nomnom.yaml.Node.Scalar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON Schema (2020-12) of what a client sends for an entity. */
public final class PayloadSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Catalog catalog;

    /** The entities of the route, by name: they know which keys they take. */
    private final Map<String, EntityPlan> route = new HashMap<>();

    private PayloadSchema(Plan plan, @Nullable MessagePlan message) {
        this.catalog = plan.catalog();
        if (message != null) {
            message.steps().forEach(step -> route.put(step.entity().name(), step.entity()));
        }
    }

    /** The schema of an entity that is sent by itself. */
    public static ObjectNode of(EntitySpec entity, Plan plan) {
        ObjectNode schema = JSON.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", entity.name().text());
        String doc = entity.annotations().get("description");
        if (doc != null) {
            schema.put("description", doc);
        }
        boolean sent = entity.type() == EntitySpec.Type.DERIVED;
        MessagePlan message = plan.route(entity.name().text());
        schema.setAll(new PayloadSchema(plan, message).object(entity, sent, new HashSet<>()));
        return schema;
    }

    private ObjectNode object(EntitySpec entity, boolean byName, Set<String> way) {
        ObjectNode schema = JSON.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = JSON.arrayNode();
        ArrayNode spellings = JSON.arrayNode();
        way.add(entity.name().text());
        for (FieldSpec field : entity.fields()) {
            if (!byName && field.source() instanceof ValueSource.ByPath path) {
                inside(schema, path.parts(), field(entity, field, way));
            }
            if (!byName && !(field.source() instanceof ValueSource.ByName)) {
                continue;
            }
            ObjectNode value = field(entity, field, way);
            String name = field.name().text();
            String column = field.name().snakeCase();
            properties.set(name, value);
            boolean needed =
                    !field.constraints().nullable()
                            && field.constraints().defaultValue() == null
                            && (!field.type().kind().isStructure() || field.stored());
            if (!name.equals(column)) {
                properties.set(column, value.deepCopy());
            }
            if (needed && name.equals(column)) {
                required.add(name);
            } else if (needed) {
                ArrayNode either = spellings.addObject().putArray("anyOf");
                either.addObject().putArray("required").add(name);
                either.addObject().putArray("required").add(column);
            }
        }
        way.remove(entity.name().text());
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        if (!spellings.isEmpty()) {
            schema.set("allOf", spellings);
        }
        EntityPlan plan = route.get(entity.name().text());
        if (plan != null && !plan.unknown().keep() && !plan.unknown().known().isEmpty()) {
            plan.unknown().known().stream().sorted().forEach(properties::withObjectProperty);
            schema.put("additionalProperties", false);
        }
        return schema;
    }

    /** Puts a field where its path leads, through objects; what is behind an array stays open. */
    private static void inside(ObjectNode schema, List<String> path, ObjectNode value) {
        ObjectNode at = schema;
        for (int i = 0; i < path.size(); i++) {
            ObjectNode properties = at.withObjectProperty("properties");
            String part = path.get(i);
            if (i + 1 < path.size() && path.get(i + 1).matches("[0-9]+")) {
                properties.withObjectProperty(part);
                return;
            }
            if (i + 1 == path.size()) {
                properties.withObjectProperty(part).setAll(value);
            } else {
                at = properties.withObjectProperty(part);
            }
        }
    }

    private ObjectNode field(EntitySpec entity, FieldSpec field, Set<String> way) {
        ObjectNode schema = type(field.type(), field.coerce());
        if (!field.doc().isEmpty()) {
            schema.put("description", field.doc());
        }
        Constraints constraints = field.constraints();
        if (constraints.minLength() != null) {
            schema.put("minLength", constraints.minLength());
        }
        if (constraints.maxLength() != null) {
            schema.put("maxLength", constraints.maxLength());
        }
        if (constraints.minimum() != null) {
            schema.put("minimum", constraints.minimum());
        }
        if (constraints.maximum() != null) {
            schema.put("maximum", constraints.maximum());
        }
        if (constraints.pattern() != null) {
            schema.put("pattern", constraints.pattern());
        }
        Scalar otherwise = constraints.defaultValue();
        if (otherwise != null && !otherwise.text().equals(FieldPlan.NOW)) {
            schema.put("default", otherwise.text());
        }
        if (field.type().kind() == FieldType.Kind.LIST) {
            items(entity, field, way, schema);
        }
        if (!constraints.enumeration().isEmpty()) {
            enumeration(field, schema);
        }
        if (nullable(field)) {
            orNull(schema);
        }
        return schema;
    }

    private static boolean nullable(FieldSpec field) {
        return field.constraints().nullable()
                || field.constraints().defaultValue() != null
                || (field.type().kind().isStructure() && !field.stored());
    }

    /** The entities that are made from a list's items say what the items are. */
    private void items(EntitySpec entity, FieldSpec list, Set<String> way, ObjectNode schema) {
        ArrayNode all = JSON.arrayNode();
        for (EntitySpec child : catalog.madeFrom(entity)) {
            Derivation derivation = child.derivation();
            Derivation.RepeatedFor repeated = derivation == null ? null : derivation.repeatedFor();
            boolean mine =
                    repeated != null
                            && repeated.field().snakeCase().equals(list.name().snakeCase())
                            && !way.contains(child.name().text());
            if (mine) {
                all.add(object(child, false, way));
            }
        }
        if (all.size() == 1) {
            schema.set("items", all.get(0));
        } else if (!all.isEmpty()) {
            schema.putObject("items").set("allOf", all);
        }
    }

    private static void enumeration(FieldSpec field, ObjectNode schema) {
        ArrayNode values = schema.putArray("enum");
        for (Scalar scalar : field.constraints().enumeration()) {
            boolean text =
                    switch (field.type().kind()) {
                        case INTEGER, BIGINT, FLOAT, DECIMAL, BOOLEAN -> false;
                        default -> true;
                    };
            if (text) {
                values.add(scalar.text());
            } else if (field.type().kind() == FieldType.Kind.BOOLEAN) {
                values.add(Boolean.parseBoolean(scalar.text()));
            } else {
                values.add(new java.math.BigDecimal(scalar.text()));
            }
        }
        if (nullable(field)) {
            values.addNull();
        }
    }

    private static void orNull(ObjectNode schema) {
        if (schema.get("type") instanceof ArrayNode types) {
            types.add("null");
        } else if (schema.has("type")) {
            String type = schema.get("type").asText();
            schema.putArray("type").add(type).add("null");
        }
    }

    private static ObjectNode type(FieldType type, boolean coerce) {
        ObjectNode schema = JSON.objectNode();
        switch (type.kind()) {
            case STRING -> schema.put("type", "string");
            case INTEGER -> {
                types(schema, coerce ? List.of("integer", "string") : List.of("integer"));
                schema.put("minimum", Integer.MIN_VALUE).put("maximum", Integer.MAX_VALUE);
            }
            case BIGINT -> {
                types(schema, List.of("integer", "string"));
                schema.put("minimum", Long.MIN_VALUE).put("maximum", Long.MAX_VALUE);
            }
            case FLOAT -> types(schema, coerce ? List.of("number", "string") : List.of("number"));
            case DECIMAL -> types(schema, List.of("number", "string"));
            case BOOLEAN ->
                    types(schema, coerce ? List.of("boolean", "string") : List.of("boolean"));
            case TIMESTAMP -> schema.put("type", "string").put("format", "date-time");
            case DATE -> schema.put("type", "string").put("format", "date");
            case UUID -> schema.put("type", "string").put("format", "uuid");
            case JSON -> {}
            case OBJECT -> schema.put("type", "object");
            case LIST -> schema.put("type", "array");
            case ARRAY -> {
                schema.put("type", "array");
                if (type.items() != null) {
                    schema.set("items", type(type.items(), coerce));
                }
            }
        }
        return schema;
    }

    private static void types(ObjectNode schema, List<String> types) {
        if (types.size() == 1) {
            schema.put("type", types.getFirst());
        } else {
            ArrayNode array = schema.putArray("type");
            types.forEach(array::add);
        }
    }
}
