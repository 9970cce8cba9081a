package io.nomnom.catalog;

import io.nomnom.yaml.Node.Scalar;
import io.nomnom.yaml.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a field's value comes from, as declared. */
public sealed interface ValueSource {

    /** The key of the payload, or of the item of a repeated entity, with the field's own name. */
    record ByName() implements ValueSource {}

    /** A JSON Pointer (RFC 6901) into the payload or the item. */
    record ByPath(String pointer, Place place) implements ValueSource {}

    /** A field of an entity that this one derives from, with an optional condition. */
    record CopyFrom(Name entity, Name field, @Nullable When when) implements ValueSource {}

    /** The same value for every row. */
    record Constant(Scalar value) implements ValueSource {}

    /** A transform over inputs. */
    record Transform(Name name, List<Input> inputs, Map<String, Scalar> args)
            implements ValueSource {
        public Transform {
            inputs = List.copyOf(inputs);
        }
    }

    /** The value is only taken where the named field of the same parent equals the constant. */
    record When(Name field, Scalar equals) {}

    /**
     * An input of a transform.
     *
     * @param entity the entity that has the field; null for a field of this entity, or the item
     */
    record Input(@Nullable Name entity, Name field) {}
}
