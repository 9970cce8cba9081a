package io.nomnom.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.nomnom.CommandRun;
import io.nomnom.catalog.OlderShapes;
import io.nomnom.catalog.Shape;
import io.nomnom.catalog.TransformReader;
import io.nomnom.catalog.V1Shapes;
import io.nomnom.cli.Nomnom;
import io.nomnom.cli.Surroundings;
import io.nomnom.transform.Transform;
import io.nomnom.transform.Transforms;
import io.nomnom.yaml.IssueCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/**
 * The reference pages say what the code says. With {@code -Dgolden.update=true} their generated
 * parts are written anew, to be read in the diff.
 */
class ReferenceTest {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");
    private static final Path DOCS = Path.of("../docs/reference");
    private static final Path EXAMPLES = Path.of("src/test/golden/issues");

    /** What has no example as a text file. */
    private static final Map<IssueCode, String> WITHOUT_EXAMPLE =
            Map.of(
                    IssueCode.ENT001,
                    "Wrong: a file in Latin-1, or one that the process may not read. Right: UTF-8,"
                            + " readable.",
                    IssueCode.ENT006,
                    "Wrong: `ENTITIES_DIR=config/entity`, where there is no such directory, or no"
                            + " `*.yaml` below it. Right: `ENTITIES_DIR=config/entities`.");

    private static void check(String page, String part, String text) throws IOException {
        Path file = DOCS.resolve(page);
        String before = Files.readString(file);
        String open = "<!-- generated: " + part + " -->\n";
        int from = before.indexOf(open) + open.length();
        int to = before.indexOf("<!-- end -->", from);
        String after = before.substring(0, from) + text + before.substring(to);
        if (UPDATE) {
            Files.writeString(file, after);
        } else {
            assertThat(before).as(page).isEqualTo(after);
        }
    }

    @Test
    void filesAreDescribedKeyByKey() throws IOException {
        check("entity-yaml.md", "v1", shapes(V1Shapes.DOCUMENT));
        check("entity-yaml.md", "older", shapes(OlderShapes.DOCUMENT));
        check("transforms.md", "own", shapes(TransformReader.DOCUMENT));
    }

    private static String shapes(Shape document) {
        Map<String, Shape> found = new LinkedHashMap<>();
        collect(document, found);
        StringBuilder text = new StringBuilder();
        for (Shape shape : found.values()) {
            text.append("### ").append(title(shape)).append("\n\n").append(shape.doc());
            text.append("\n\n| key | value | default | |\n|---|---|---|---|\n");
            for (Shape.KeySpec key : shape.keys()) {
                text.append(
                        "| %s | %s | %s | %s |\n"
                                .formatted(
                                        key.name(),
                                        words(key.kind()),
                                        key.required()
                                                ? "**required**"
                                                : key.otherwise().replace("|", "\\|"),
                                        key.doc()));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static void collect(Shape shape, Map<String, Shape> found) {
        if (found.putIfAbsent(shape.name(), shape) == null) {
            shape.keys().forEach(key -> collect(key.kind(), found));
        }
    }

    private static void collect(Shape.Kind kind, Map<String, Shape> found) {
        switch (kind) {
            case Shape.Kind.Nested nested -> collect(nested.shape().get(), found);
            case Shape.Kind.ListOf list -> collect(list.item(), found);
            case Shape.Kind.MapOf map -> collect(map.value(), found);
            case Shape.Kind.Either either -> {
                collect(either.one(), found);
                collect(either.other(), found);
            }
            case Shape.Kind.Simple ignored -> {}
            case Shape.Kind.OneOf ignored -> {}
        }
    }

    private static String title(Shape shape) {
        return shape.name().replaceFirst("^an? ", "");
    }

    private static String words(Shape.Kind kind) {
        return switch (kind) {
            case Shape.Kind.Simple simple -> simple.words();
            case Shape.Kind.OneOf words -> String.join(", ", words.words());
            case Shape.Kind.ListOf list -> "list of " + words(list.item());
            case Shape.Kind.MapOf map -> "mapping to " + words(map.value());
            case Shape.Kind.Either either ->
                    either.one() instanceof Shape.Kind.OneOf
                            ? words(either.other())
                            : words(either.one()) + ", or " + words(either.other());
            case Shape.Kind.Nested nested -> {
                String title = title(nested.shape().get());
                yield "[%s](#%s)"
                        .formatted(
                                title, title.toLowerCase(java.util.Locale.ROOT).replace(' ', '-'));
            }
        };
    }

    @Test
    void transformsAreListedWithSignatureSentenceAndExample() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Transform transform : Transforms.builtIns()) {
            text.append("### ").append(transform.name()).append("\n\n    ");
            text.append(transform.signature()).append("\n\n").append(transform.doc()).append("\n");
            for (Transform.Argument argument : transform.args()) {
                text.append(
                        "- `%s`: %s%s%s\n"
                                .formatted(
                                        argument.name(),
                                        argument.doc(),
                                        argument.otherwise() == null
                                                        || argument.otherwise().equals("")
                                                ? ""
                                                : " Default: `%s`.".formatted(argument.otherwise()),
                                        argument.aliases().isEmpty()
                                                ? ""
                                                : " Also `%s`."
                                                        .formatted(
                                                                String.join(
                                                                        "`, `",
                                                                        argument.aliases()))));
            }
            Transform.Example example = transform.example();
            assertThat(example).as(transform.name()).isNotNull();
            text.append("\n    inputs ").append(example.inputs());
            if (!example.args().equals("{}")) {
                text.append("  args ").append(example.args());
            }
            text.append("  →  ").append(example.result()).append("\n\n");
        }
        check("transforms.md", "built-in", text.toString());
    }

    @ParameterizedTest
    @EnumSource
    void everyIssueHasAFileAtFaultAndTheSameMended(IssueCode code) throws IOException {
        if (WITHOUT_EXAMPLE.containsKey(code)) {
            return;
        }
        Path folder = EXAMPLES.resolve(code.name());
        assertThat(Files.readString(folder.resolve("wrong/issues.txt"))).contains("[" + code + "]");
        assertThat(folder.resolve("right/entities.yaml")).exists();
        assertThat(folder.resolve("right/issues.txt")).doesNotExist();
    }

    @Test
    void issuesAreDocumented() throws IOException {
        StringBuilder text = new StringBuilder();
        for (IssueCode code : IssueCode.values()) {
            text.append("## ").append(code).append(": ").append(code.title()).append("\n\n");
            String words = WITHOUT_EXAMPLE.get(code);
            if (words != null) {
                text.append(words).append("\n\n");
                continue;
            }
            Path folder = EXAMPLES.resolve(code.name());
            boolean ofTransform = Files.isDirectory(folder.resolve("wrong/transforms"));
            String file = ofTransform ? "transforms/transforms.yaml" : "entities.yaml";
            text.append(block("Wrong:", folder.resolve("wrong").resolve(file)));
            text.append(block("Report:", folder.resolve("wrong/issues.txt")));
            text.append(block("Right:", folder.resolve("right").resolve(file)));
        }
        check("issues.md", "issues", text.toString());
    }

    private static String block(String title, Path file) throws IOException {
        StringBuilder block = new StringBuilder(title).append("\n\n");
        for (String line : Files.readAllLines(file)) {
            block.append(line.isEmpty() ? "" : "    " + line).append('\n');
        }
        return block.append('\n').toString();
    }

    @Test
    void commandsAreDocumentedByTheirHelp() throws IOException {
        CommandLine line =
                Nomnom.commandLine(
                        new Surroundings(
                                Path.of("config/entities"),
                                Path.of("config/transforms"),
                                "",
                                Map.of(),
                                List.of()));
        List<CommandLine> commands = new ArrayList<>(List.of(line));
        commands.addAll(line.getSubcommands().values());
        StringBuilder text = new StringBuilder();
        for (CommandLine command : commands) {
            command.setUsageHelpWidth(110);
            text.append("## ").append(command.getCommandSpec().qualifiedName()).append("\n\n");
            command.getUsageMessage(CommandLine.Help.Ansi.OFF)
                    .lines()
                    .forEach(each -> text.append(each.isBlank() ? "" : "    " + each).append('\n'));
            text.append('\n');
        }
        check("cli.md", "cli", text.toString());
    }

    @Test
    void theSchemaForEditorsIsCheckedIn() throws IOException {
        Path file = Path.of("../schemas/entity.v1.json");
        String schema = CommandRun.of("", List.of("schema", "--entity-files")).out();
        if (UPDATE) {
            Files.writeString(file, schema);
        }
        assertThat(Files.readString(file)).isEqualTo(schema);
    }
}
