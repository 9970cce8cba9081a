package io.nomnom.catalog;

import io.nomnom.catalog.Shape.KeySpec;
import io.nomnom.catalog.Shape.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON Schema (2020-12) of v1 entity files, for editors; made from the same shapes. */
public final class EntityFileSchema {
    private final Map<String, Object> definitions = new LinkedHashMap<>();

    private EntityFileSchema() {}

    /** The schema as maps and lists. */
    public static Map<String, Object> json() {
        EntityFileSchema schema = new EntityFileSchema();
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("$id", "https://nomnom.io/schemas/entity.v1.json");
        root.put("title", "nomnom entity, v1");
        root.putAll(schema.object(V1Shapes.DOCUMENT));
        root.put("$defs", schema.definitions);
        return root;
    }

    private Map<String, Object> object(Shape shape) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("type", "object");
        object.put("description", shape.doc());
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (KeySpec key : shape.keys()) {
            Map<String, Object> value = new LinkedHashMap<>();
            value.put("description", describe(key));
            value.putAll(value(key.kind()));
            properties.put(key.name(), value);
            if (key.required()) {
                required.add(key.name());
            }
        }
        object.put("properties", properties);
        if (!required.isEmpty()) {
            object.put("required", required);
        }
        object.put("additionalProperties", false);
        return object;
    }

    private static String describe(KeySpec key) {
        return key.otherwise().isEmpty()
                ? key.doc()
                : key.doc() + " Default: " + key.otherwise() + ".";
    }

    private Map<String, Object> value(Kind kind) {
        return switch (kind) {
            case Kind.Simple simple ->
                    switch (simple) {
                        case TEXT -> Map.of("type", List.of("string", "number", "boolean"));
                        case FLAG -> Map.of("type", "boolean");
                        case COUNT -> ordered("type", "integer", "minimum", 0);
                        case NUMBER -> Map.of("type", List.of("number", "string"));
                        case SCALAR -> Map.of("type", List.of("string", "number", "boolean"));
                        case ANY -> Map.of();
                    };
            case Kind.OneOf words -> Map.of("enum", words.words());
            case Kind.ListOf list -> ordered("type", "array", "items", value(list.item()));
            case Kind.MapOf map ->
                    ordered("type", "object", "additionalProperties", value(map.value()));
            case Kind.Either either ->
                    Map.of("anyOf", List.of(value(either.one()), value(either.other())));
            case Kind.Nested nested -> reference(nested.shape().get());
        };
    }

    private static Map<String, Object> ordered(
            String key, Object value, String second, Object other) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        map.put(second, other);
        return map;
    }

    private Map<String, Object> reference(Shape shape) {
        String name = shape.name().replaceFirst("^an? ", "").replace(' ', '-');
        if (!definitions.containsKey(name)) {
            definitions.put(name, Map.of());
            definitions.put(name, object(shape));
        }
        return Map.of("$ref", "#/$defs/" + name);
    }
}
