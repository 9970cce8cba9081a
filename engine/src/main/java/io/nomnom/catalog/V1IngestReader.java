package io.nomnom.catalog;

import io.nomnom.catalog.IngestSpec.AdditionalFields;
import io.nomnom.catalog.IngestSpec.Column;
import io.nomnom.catalog.IngestSpec.Layout;
import io.nomnom.catalog.IngestSpec.Validation;
import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Entry;
import io.nomnom.yaml.Node.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.ingest} of a v1 document. */
final class V1IngestReader {
    private final Values values;

    V1IngestReader(Values values) {
        this.values = values;
    }

    IngestSpec read(Node node) {
        Boolean enabled = null;
        Name prefix = null;
        String delimiter = IngestSpec.DEFAULT.delimiter();
        List<Layout> layouts = List.of();
        List<Name> idempotencyKey = List.of();
        AdditionalFields additional = null;
        Validation validation = null;
        for (Entry entry : values.entries(node, V1Shapes.INGEST)) {
            Node value = entry.value();
            switch (entry.key()) {
                case "enabled" -> enabled = values.flag(value);
                case "prefix" -> prefix = values.name(value);
                case "delimiter" -> delimiter = delimiter(value, delimiter);
                case "layouts" -> layouts = layouts(value);
                case "idempotencyKey" -> idempotencyKey = values.names(value, "idempotencyKey");
                case "additionalFields" -> additional = values.oneOf(value, AdditionalFields.class);
                case "validation" -> validation = values.oneOf(value, Validation.class);
                default -> throw Values.unread(entry);
            }
        }
        return new IngestSpec(
                enabled,
                prefix,
                delimiter,
                layouts,
                idempotencyKey,
                Objects.requireNonNullElse(additional, AdditionalFields.IGNORE),
                Objects.requireNonNullElse(validation, Validation.STRICT));
    }

    private String delimiter(Node node, String otherwise) {
        String text = values.text(node);
        if (text == null) {
            return otherwise;
        }
        boolean one = text.codePointCount(0, text.length()) == 1;
        if (!one
                || Character.isLetterOrDigit(text.codePointAt(0))
                || text.matches("[\"\\s&&[^\\t]]")) {
            values.issues()
                    .error(
                            IssueCode.ENT102,
                            node.place(),
                            "a delimiter is one character that is no letter, digit, quote or space",
                            "write \"|\"");
            return otherwise;
        }
        return text;
    }

    private List<Layout> layouts(Node node) {
        List<Layout> layouts = new ArrayList<>();
        for (Entry entry : values.entries(node)) {
            layouts.add(
                    new Layout(
                            new Name(entry.key(), entry.keyPlace()),
                            values.list(entry.value(), this::column)));
        }
        return layouts;
    }

    /** YAML reads a bare {@code ~} as null; in quotes it means the same here. */
    private @Nullable Column column(Node node) {
        if (node instanceof Scalar scalar
                && (scalar.type() == Scalar.Type.NULL || scalar.text().equals("~"))) {
            return new Column(null);
        }
        Name field = values.name(node);
        return field == null ? null : new Column(field);
    }
}
