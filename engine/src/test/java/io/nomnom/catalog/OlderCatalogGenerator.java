package io.nomnom.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Makes catalogs that use the older form whole: all its keys, aliases and spellings. */
final class OlderCatalogGenerator {
    private final SplittableRandom random;

    OlderCatalogGenerator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    private boolean maybe() {
        return random.nextBoolean();
    }

    private String any(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String catalog() {
        List<String> documents = new ArrayList<>();
        if (maybe()) {
            documents.add(base());
        }
        boolean extended = !documents.isEmpty();
        documents.add(root(extended && maybe()));
        if (maybe()) {
            documents.add(child());
        }
        if (maybe()) {
            documents.add(item());
            if (maybe()) {
                documents.add(joined());
            }
        }
        if (maybe()) {
            documents.add(newer());
        }
        if (maybe()) {
            documents.add(reference());
        }
        return String.join("---\n", documents);
    }

    private String base() {
        return """
        entity:
          name: Base
          source_type: root
          abstract: true
          fields:
            - {name: created_at, type: %s, nullable: true}
            - {name: tenant, type: String, args: [32], nullable: true, index: %s}
        """
                .formatted(any("DateTime", "datetime", "Timestamp"), maybe());
    }

    private String root(boolean extended) {
        String columns = maybe() ? overrides() : "";
        return """
        entity:
          name: Order
          %s: root
        %s%s%s%s  fields:
            - {name: order_key, type: %s, args: [%d], doc: "the key: unique, it's \\"quoted\\""}
            - {name: total_price, type: %s, args: [15, 2], nullable: %s}
            - {name: placed_on, type: %s, nullable: true, index: %s}
            - {name: count_of, type: %s, nullable: true}
            - {name: is_paid, type: %s, nullable: true}
            - {name: rate, type: %s, nullable: true}
            - {name: source, type: String, constant: "%s"}
            - {name: payload, type: %s, nullable: true}
            - {name: line_items, type: "%s", nullable: true}
            - {name: tags, type: "List[String]", nullable: true}
            - name: shout
              type: String
              nullable: true
              computed_from: {transform: %s, sources: [order_key]}
            - name: both
              type: String
              nullable: true
              computed_from:
                transform: concat
                sources: [order_key, {source: self_name, field: x, alias: y}]
                args: {separator: "-"}
          persistence:
            database:
              conformant_table: orders
              unicity_fields: [order_key]
        %s%s%s%s\
        """
                .formatted(
                        any("type", "source_type"),
                        extended ? "  extends: Base\n" : "",
                        maybe() ? "  prefix: O\n" : "",
                        maybe() ? "  doc: An order, its items and more\n" : "",
                        maybe()
                                ? "  minimal_existence: {require_%s: [order_key]}\n"
                                        .formatted(any("any", "all"))
                                : "",
                        any("String", "string", "STRING"),
                        1 + random.nextInt(200),
                        any("Decimal", "decimal"),
                        maybe(),
                        any("Date", "date"),
                        maybe(),
                        any("Integer", "int", "Bigint"),
                        any("Boolean", "bool"),
                        any("Float", "double"),
                        any("web", "1", "true", "null", "x: y", "#", "'"),
                        any("JSON", "Json"),
                        any("List[Object]", "list[object]"),
                        any("upper", "trim", "lower"),
                        maybe() ? "      conformant_id_column: order_id\n" : "",
                        maybe() ? "      autogenerate_conformant_id: true\n" : "",
                        maybe()
                                ? "      legacy_table: old_orders\n      legacy_id_column: old_id\n"
                                : "",
                        columns)
                .replace(", {source: self_name, field: x, alias: y}", ", source");
    }

    private String overrides() {
        return """
            field_overrides:
              - {name: order_key, args: [%d], nullable: false}
              - {name: total_price, type: "%s"%s}
              - {name: placed_on, index: %s}
              - {name: shout}
        """
                .formatted(
                        1 + random.nextInt(60),
                        any("Decimal", "decimal"),
                        maybe() ? ", nullable: true" : "",
                        maybe());
    }

    private String child() {
        return """
        entity:
          name: Receipt
          source_type: derived
        %s  fields:
            - {name: order_key, type: String, extraction: {%s: order_key}}
            - {name: price, type: Decimal, args: [15, 2], nullable: true, derived_from: {source: Order, field: total_price}}
            - {name: loud, type: String, nullable: true, derived_from: {source: Order, field: order_key, transform: upper}}
            - name: paid_key
              type: String
              nullable: true
              computed_from:
                transform: copy_field_conditional
                sources: [{source: Order, field: order_key}]
                condition: {field: %s, equals: true}
            - name: first_of
              type: String
              nullable: true
              computed_from: {transform: coalesce, sources: [{source: Order, field: shout}, {source: Order, field: order_key}]}
          persistence:
            database:
              conformant_table: receipts
              unicity_fields: [order_key]
              foreign_keys: [{name: order_key, references: orders.order_key%s}]
        %s\
        """
                .formatted(
                        any(
                                "  parent: Order\n",
                                "  parents: [Order]\n",
                                "  parents: [{name: order, entity: Order}]\n",
                                "  derivation: {source_entities: [Order]}\n"),
                        any("copy_from_source", "copy_from_context"),
                        "is_paid",
                        maybe() ? ", parent_entity: Order, nullable: false" : "",
                        maybe()
                                ? "    primary_key: {name: receipt_id, type: Integer, autogenerate: true}\n"
                                : "");
    }

    private String item() {
        String known = any("item", "line", "each_one");
        return """
        entity:
          name: OrderLineItem
          type: derived
          repeated_for: {entity: Order, field: line_items%s}
        %s  fields:
            - name: order_key
              type: String
              computed_from: {transform: %s, sources: [{source: Order, field: order_key}]}
            - {name: line_number, type: Integer}
            - name: part_name
              type: String
              nullable: true
              computed_from: {transform: %s}
          persistence:
            database:
              conformant_table: order_line_items
              unicity_fields: [order_key, line_number]
        """
                .formatted(
                        known.equals("item") && maybe() ? "" : ", each_known_as: " + known,
                        maybe() ? "  repetition: repeated\n" : "",
                        any("copy_from_parent", "copy_field", "copyFromContext"),
                        any(
                                "json_get_optional_string, sources: [%s], args: {field: part_name}"
                                        .formatted(known),
                                "copy_field, sources: [{source: %s, field: part_name}]"
                                        .formatted(known)));
    }

    private String joined() {
        return """
        entity:
          name: Shipment
          source_type: derived
          parents:
            - {entity: OrderLineItem}
            - {name: order, entity: Order, ancillary: %s}
          fields:
            - {name: order_key, type: String, derived_from: {source: OrderLineItem, field: order_key}}
            - {name: line_number, type: Integer, derived_from: {source: OrderLineItem, field: line_number}}
            - {name: placed_on, type: Date, nullable: true, derived_from: {source: %s, field: placed_on}}
          persistence:
            database: {conformant_table: shipments, unicity_fields: [order_key, line_number]}
        """
                .formatted(maybe(), any("order", "Order"));
    }

    private String newer() {
        return """
        apiVersion: nomnom.io/v1
        kind: Entity
        metadata: {name: Event, labels: {a: "1"}, annotations: {description: "x: y"}}
        spec:
          type: root
          ingest: {enabled: %s, prefix: E, delimiter: ";", idempotencyKey: [event_id], additionalFields: %s, validation: %s, layouts: {E2: [event_id, ~, note]}}
          rules: [{rule: 'self.size >= 0', message: "a size: zero or more"}]
          fields:
            - {name: event_id, type: uuid}
            - {name: size, type: integer, coerce: %s, constraints: {minimum: -1, maximum: 100, default: 0}}
            - {name: note, type: string, path: /a/b~1c, constraints: {nullable: true, minLength: 1, maxLength: 9, pattern: '^[a-z]+$', enum: [ab, cd]}}
            - {name: half, type: decimal, expression: 'decimal(self.size) / 2', constraints: {precision: 10, scale: 3, nullable: true}}
            - {name: doc, type: object, persisted: true, constraints: {nullable: true}}
            - {name: notes, type: array, constraints: {items: string, nullable: true}}
          persistence:
            table: events
            primaryKey: {name: event_no, type: bigint, generated: true}
            unicity: {fields: [event_id]}
            onConflict: %s
            indexes: [{name: idx_events_size, fields: [size], unique: false, method: %s}]
            systemColumns: true
            managed: %s
        """
                .formatted(
                        maybe(),
                        any("ignore", "reject", "keep"),
                        any("strict", "syntax"),
                        maybe(),
                        any("update", "ignore", "error"),
                        any("btree", "hash"),
                        maybe());
    }

    private String reference() {
        return """
        entity:
          name: Customer
          source_type: reference
          fields:
            - {name: customer_key, type: String, primary_key: %s}
          persistence: {database: {conformant_table: customers}}
        """
                .formatted(maybe());
    }
}
