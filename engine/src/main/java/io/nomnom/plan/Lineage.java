package io.nomnom.plan;

import io.nomnom.catalog.Derivation;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.ValueSource;
import java.util.stream.Collectors;

/** Says in a few words where a field's value comes from. */
public final class Lineage {
    private Lineage() {}

    /** Such as {@code payload /order_key}, {@code Order.order_key}, {@code trim(name)}. */
    public static String of(EntitySpec entity, FieldSpec field) {
        Derivation derivation = entity.derivation();
        String source =
                derivation == null || derivation.repeatedFor() == null
                        ? "payload"
                        : derivation.repeatedFor().itemName();
        return switch (field.source()) {
            case ValueSource.ByName ignored -> source + " /" + field.name().text();
            case ValueSource.ByPath path -> source + " " + path.pointer();
            case ValueSource.CopyFrom copy -> {
                String from = copy.entity().text() + "." + copy.field().text();
                ValueSource.When when = copy.when();
                yield when == null
                        ? from
                        : "%s when %s is %s"
                                .formatted(from, when.field().text(), when.equals().text());
            }
            case ValueSource.Constant constant -> "constant " + constant.value().text();
            case ValueSource.Transform call ->
                    call.inputs().stream()
                            .map(Lineage::input)
                            .collect(Collectors.joining(", ", call.name().text() + "(", ")"));
            case ValueSource.Expression cel -> "= " + cel.cel().text();
        };
    }

    private static String input(ValueSource.Input input) {
        String field = input.field().text();
        return input.entity() == null ? field : input.entity().text() + "." + field;
    }
}
