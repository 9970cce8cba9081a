package io.nomnom.cli;

import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.V1Writer;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.SourceFile;
import io.nomnom.yaml.YamlReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An entity as its v1 file says it, a line a path: {@code ingest.prefix} is {@code O}. */
final class FlatEntity {
    private FlatEntity() {}

    static Map<String, String> of(EntitySpec entity) {
        Map<String, String> flat = new TreeMap<>();
        SourceFile file = new SourceFile("", V1Writer.write(List.of(entity)));
        for (Node document : YamlReader.read(file, new Issues())) {
            if (document instanceof Node.Mapping mapping) {
                mapping.entry("metadata").ifPresent(entry -> put("", entry.value(), flat));
                mapping.entry("spec").ifPresent(entry -> put("", entry.value(), flat));
            }
        }
        return flat;
    }

    private static void put(String path, Node node, Map<String, String> flat) {
        switch (node) {
            case Node.Mapping mapping ->
                    mapping.entries()
                            .forEach(entry -> put(below(path, entry.key()), entry.value(), flat));
            case Node.Sequence list when path.equals("fields") ->
                    list.items().forEach(field -> put(below(path, name(field)), field, flat));
            case Node.Sequence list -> flat.put(path, text(list));
            case Node.Scalar scalar -> flat.put(path, scalar.text());
        }
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static String name(Node field) {
        return field instanceof Node.Mapping mapping
                ? mapping.entry("name").map(entry -> text(entry.value())).orElse("")
                : "";
    }

    private static String text(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence list ->
                    list.items().stream()
                            .map(FlatEntity::text)
                            .collect(Collectors.joining(", ", "[", "]"));
            case Node.Mapping mapping ->
                    mapping.entries().stream()
                            .map(entry -> entry.key() + ": " + text(entry.value()))
                            .collect(Collectors.joining(", ", "{", "}"));
        };
    }
}
