package io.nomnom;

import static org.assertj.core.api.Assertions.assertThat;

import io.nomnom.catalog.OlderShapes;
import io.nomnom.catalog.Shape;
import io.nomnom.catalog.V1Shapes;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.SourceFile;
import io.nomnom.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The golden folders of every key use every key: what a shape gains must be used there too. */
class EveryKeyTest {

    @Test
    void theFolderOfVersionOneUsesAllItsKeys() throws IOException {
        check("every-key-v1", V1Shapes.DOCUMENT);
    }

    @Test
    void theFolderOfTheOlderFormUsesAllItsKeys() throws IOException {
        check("every-key-older", OlderShapes.DOCUMENT);
    }

    private static void check(String folder, Shape document) throws IOException {
        Path file = Path.of("src/test/golden", folder, "entities.yaml");
        Set<String> all = new TreeSet<>();
        keys(document, all);
        Set<String> used = new TreeSet<>();
        SourceFile source = new SourceFile(file.toString(), Files.readString(file));
        for (Node node : YamlReader.read(source, new Issues())) {
            used(node, document, used);
        }
        assertThat(used).isEqualTo(all);
    }

    private static void keys(Shape shape, Set<String> keys) {
        for (Shape.KeySpec key : shape.keys()) {
            if (keys.add(shape.name() + ": " + key.name())) {
                keys(key.kind(), keys);
            }
        }
    }

    private static void keys(Shape.Kind kind, Set<String> keys) {
        switch (kind) {
            case Shape.Kind.Nested nested -> keys(nested.shape().get(), keys);
            case Shape.Kind.ListOf list -> keys(list.item(), keys);
            case Shape.Kind.MapOf map -> keys(map.value(), keys);
            case Shape.Kind.Either either -> {
                keys(either.one(), keys);
                keys(either.other(), keys);
            }
            default -> {}
        }
    }

    private static void used(Node node, Shape shape, Set<String> used) {
        if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                used.add(shape.name() + ": " + entry.key());
                shape.key(entry.key()).ifPresent(key -> used(entry.value(), key.kind(), used));
            }
        }
    }

    private static void used(Node node, Shape.Kind kind, Set<String> used) {
        switch (kind) {
            case Shape.Kind.Nested nested -> used(node, nested.shape().get(), used);
            case Shape.Kind.ListOf list -> {
                if (node instanceof Node.Sequence sequence) {
                    sequence.items().forEach(item -> used(item, list.item(), used));
                }
            }
            case Shape.Kind.Either either -> {
                used(node, either.one(), used);
                used(node, either.other(), used);
            }
            default -> {}
        }
    }
}
