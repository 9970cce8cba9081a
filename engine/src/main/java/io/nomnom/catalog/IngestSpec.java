package io.nomnom.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an entity may be sent.
 *
 * @param enabled whether by itself; null for the default of its type
 * @param prefix first column of a delimited line; null where it has none
 * @param delimiter one character
 * @param idempotencyKey the fields that name a message; empty for none
 */
public record IngestSpec(
        @Nullable Boolean enabled,
        @Nullable Name prefix,
        String delimiter,
        List<Layout> layouts,
        List<Name> idempotencyKey,
        AdditionalFields additionalFields,
        Validation validation) {

    /** What holds where nothing is declared. */
    public static final IngestSpec DEFAULT =
            new IngestSpec(
                    null,
                    null,
                    "|",
                    List.of(),
                    List.of(),
                    AdditionalFields.IGNORE,
                    Validation.STRICT);

    public IngestSpec {
        layouts = List.copyOf(layouts);
        idempotencyKey = List.copyOf(idempotencyKey);
    }

    /**
     * A prefix with a column list of its own.
     *
     * @param columns the fields in order
     */
    public record Layout(Name prefix, List<Column> columns) {
        public Layout {
            columns = List.copyOf(columns);
        }
    }

    /** A column of a layout; null for one that is skipped. */
    public record Column(@Nullable Name field) {}

    /** What happens to keys of a payload that no field names. */
    public enum AdditionalFields {
        IGNORE,
        REJECT,
        KEEP
    }

    /** How much the api looks at before its 202. */
    public enum Validation {
        STRICT,
        SYNTAX
    }
}
