package io.nomnom.catalog;

import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a field's value comes from, as declared. */
public sealed interface ValueSource {

    /** The key of the payload, or of the item of a repeated entity, with the field's own name. */
    record ByName() implements ValueSource {}

    /** A JSON Pointer (RFC 6901) into the payload or the item. */
    record ByPath(String pointer, Place place) implements ValueSource {
        /** The steps of the pointer, unescaped. */
        public List<String> parts() {
            List<String> parts = new ArrayList<>();
            for (String part : pointer.substring(1).split("/", -1)) {
                parts.add(part.replace("~1", "/").replace("~0", "~"));
            }
            return parts;
        }
    }

    /** A field of an entity that this one derives from, with an optional condition. */
    record CopyFrom(Name entity, Name field, @Nullable When when) implements ValueSource {}

    /** The same value for every row. */
    record Constant(Scalar value) implements ValueSource {}

    /** A transform over inputs; args may be lists and mappings. */
    record Transform(Name name, List<Input> inputs, Map<String, Node> args) implements ValueSource {
        public Transform {
            inputs = List.copyOf(inputs);
        }
    }

    /** A CEL expression. */
    record Expression(Scalar cel) implements ValueSource {}

    /** The value is only taken where the named field of the same parent equals the constant. */
    record When(Name field, Scalar equals) {}

    /**
     * An input of a transform.
     *
     * @param entity the entity that has the field, or the item's name where the field is a key of
     *     the item; null for a field of this entity, or the item itself
     */
    record Input(@Nullable Name entity, Name field) {}
}
