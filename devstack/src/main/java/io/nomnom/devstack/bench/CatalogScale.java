package io.nomnom.devstack.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a large catalog costs: loading it in a cold process, and parsing one message under it. The
 * order of the other stages is one entity of each catalog; the others have as many fields, a rule
 * and an expression.
 */
final class CatalogScale {
    private static final int MESSAGES = 300_000;
    private static final Pattern LOAD = Pattern.compile("\\((\\d+) ms\\)");
    private static final Pattern MESSAGE = Pattern.compile("(\\d+) ns a message");

    private final Path root;
    private final Path home;

    CatalogScale(Path root, Path home) {
        this.root = root;
        this.home = home;
    }

    /** The cost of a catalog: its load in milliseconds, and one message in nanoseconds. */
    record Cost(long loadMillis, long messageNanos) {}

    Cost measure(int entities) throws IOException, InterruptedException {
        Path directory = Files.createDirectories(home.resolve("catalog-" + entities));
        Files.copy(root.resolve("config/entities/order.yaml"), directory.resolve("order.yaml"));
        for (int i = 1; i < entities; i++) {
            Files.writeString(directory.resolve("entity-%d.yaml".formatted(i)), entity(i));
        }
        Path message = home.resolve("order.json");
        Files.write(message, Orders.body(1));
        long load = number(LOAD, run("validate", directory.toString()));
        String parsed =
                run(
                        "parse",
                        "Order",
                        message.toString(),
                        "--entities",
                        directory.toString(),
                        "--repeat",
                        "" + MESSAGES);
        return new Cost(load, number(MESSAGE, parsed));
    }

    private static String entity(int number) {
        return """
        apiVersion: nomnom.io/v1
        kind: Entity
        metadata: {name: Entity%1$d, labels: {domain: bench}}
        spec:
          type: root
          rules:
            - {rule: self.amount >= 0.0, message: an amount is not negative}
          fields:
            - {name: key, type: string, constraints: {maxLength: 64}}
            - {name: placed_on, type: date}
            - {name: amount, type: "decimal(15,2)"}
            - {name: vat, type: "decimal(15,2)", expression: self.amount * 0.19}
            - {name: state, type: string, constraints: {enum: [new, paid, sent], indexed: true}}
            - {name: email, type: string, constraints: {pattern: "^[^@]+@[^@]+$", nullable: true}}
            - {name: loud, type: string, transform: upper, inputs: [key]}
            - {name: size, type: integer, constraints: {minimum: 0, maximum: 1000, nullable: true}}
            - {name: comment, type: string, constraints: {nullable: true}}
          persistence: {table: table_%1$d, unicity: {fields: [key]}}
        """
                .formatted(number);
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "--sun-misc-unsafe-memory-access=allow", "-jar"));
        command.add(root.resolve("engine/target/quarkus-app/quarkus-run.jar").toString());
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(root.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", arguments) + " failed:\n" + output);
        }
        return output;
    }

    private static long number(Pattern pattern, String output) throws IOException {
        Matcher found = pattern.matcher(output);
        if (!found.find()) {
            throw new IOException("no figure in:\n" + output);
        }
        return Long.parseLong(found.group(1));
    }
}
