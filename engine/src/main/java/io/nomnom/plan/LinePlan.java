package io.nomnom.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.FieldType;
import io.nomnom.catalog.ValueSource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A layout of delimited text: which fields the columns behind the prefix are.
 *
 * @param columns null for one that is skipped
 */
public record LinePlan(String entity, String delimiter, List<Column> columns) {
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9][0-9]{0,999})(\\.[0-9]{1,999})?([eE][-+]?[0-9]{1,3})?");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    public LinePlan {
        columns = List.copyOf(columns);
    }

    /** A column: where in the payload it goes; nowhere for one that is skipped or computed. */
    public record Column(List<String> path, FieldType.Kind kind) {
        public Column {
            path = List.copyOf(path);
        }

        private static Column of(EntitySpec entity, @Nullable FieldSpec field) {
            if (field == null) {
                return new Column(List.of(), FieldType.Kind.STRING);
            }
            boolean byName = entity.type() == EntitySpec.Type.DERIVED;
            List<String> path =
                    switch (field.source()) {
                        case ValueSource.ByPath pointer when !byName -> pointer.parts();
                        case ValueSource.ByName ignored -> List.of(field.name().text());
                        default -> byName ? List.of(field.name().text()) : List.of();
                    };
            return new Column(path, field.type().kind());
        }
    }

    static LinePlan of(EntitySpec entity, List<@Nullable FieldSpec> fields) {
        List<Column> columns = new ArrayList<>();
        for (FieldSpec field : fields) {
            columns.add(Column.of(entity, field));
        }
        return new LinePlan(entity.name().text(), entity.ingest().delimiter(), columns);
    }

    /**
     * The payload that a line stands for: values are text, read by the field's type; an empty
     * column is null, columns behind the last are skipped.
     *
     * @param line with its prefix, without its line break
     */
    public ObjectNode payload(String line) {
        ObjectNode payload = JSON.objectNode();
        String[] values = line.split(Pattern.quote(delimiter), -1);
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String value = i + 1 < values.length ? values[i + 1] : "";
            if (!column.path().isEmpty()) {
                ObjectNode holder = payload;
                for (String part : column.path().subList(0, column.path().size() - 1)) {
                    JsonNode inner = holder.get(part);
                    holder = inner instanceof ObjectNode object ? object : holder.putObject(part);
                }
                holder.set(
                        column.path().getLast(),
                        value.isEmpty() ? JSON.nullNode() : read(column, value));
            }
        }
        return payload;
    }

    /** Text as the type would be sent in JSON; what does not fit stays text, and is refused. */
    private static JsonNode read(Column column, String text) {
        return switch (column.kind()) {
            case INTEGER, BIGINT, FLOAT, DECIMAL ->
                    NUMBER.matcher(text).matches()
                            ? JSON.numberNode(new BigDecimal(text))
                            : JSON.textNode(text);
            case BOOLEAN ->
                    text.equals("true") || text.equals("false")
                            ? JSON.booleanNode(text.equals("true"))
                            : JSON.textNode(text);
            default -> JSON.textNode(text);
        };
    }
}
