package io.nomnom;

import static org.assertj.core.api.Assertions.assertThat;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.CatalogReader;
import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.yaml.Issue;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that mean harm, or were broken by accident, give issues or work; they never throw. */
@Timeout(60)
class HostileFilesTest {

    private static String entity(int number, String spec) {
        return """
        apiVersion: nomnom.io/v1
        kind: Entity
        metadata: {name: E%d}
        spec:
          type: root
        %s
        """
                .formatted(number, spec.indent(2));
    }

    private static String field(String rest) {
        return entity(1, "fields:\n  - {name: a, type: string" + rest + "}");
    }

    static Stream<Arguments> hostile() {
        String aliases =
                """
                a: &a [x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]
                e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
                f: [*e, *e, *e, *e, *e, *e, *e, *e, *e]
                """;
        return Stream.of(
                Arguments.of("aliases that multiply", aliases),
                Arguments.of("an alias of itself", "a: &a [*a]"),
                Arguments.of("a mapping as its own key", "&a {*a : 1}"),
                Arguments.of("merge keys", "a: &a {x: 1}\nb: {<<: *a}"),
                Arguments.of("100,000 open brackets", "a: " + "[".repeat(100_000)),
                Arguments.of("100,000 open braces", "{a: ".repeat(100_000)),
                Arguments.of("100,000 dashes", "- ".repeat(100_000)),
                Arguments.of("100,000 question marks", "? ".repeat(100_000)),
                Arguments.of(
                        "a name of 400,000 letters",
                        field("").replace("a,", "a".repeat(400_000) + ",")),
                Arguments.of("a key of 400,000 letters", "a".repeat(400_000) + ": x"),
                Arguments.of("a file of 5 MB", "# " + "x".repeat(5 << 20)),
                Arguments.of("150,000 values", "a: [" + "x, ".repeat(150_000) + "]"),
                Arguments.of("100,000 documents", "---\n".repeat(100_000)),
                Arguments.of("a null character", field("").replace("string", "str\0ing")),
                Arguments.of("half a surrogate pair", field("").replace("name: a", "name: \ud800")),
                Arguments.of("a byte order mark", "\ufeff" + field("")),
                Arguments.of("carriage returns only", field("").replace('\n', '\r')),
                Arguments.of(
                        "an integer of 10,000 digits",
                        field(", constraints: {maxLength: " + "9".repeat(10_000) + "}")),
                Arguments.of(
                        "a default of 10,000 digits",
                        field(", constraints: {default: " + "9".repeat(10_000) + "}")
                                .replace("string", "decimal")),
                Arguments.of(
                        "an exponent without end",
                        field(", constraints: {minimum: 1e999999999}")
                                .replace("string", "decimal")),
                Arguments.of(
                        "a pattern that repeats repeats",
                        field(", constraints: {pattern: '((((a{1000}){1000}){1000}){1000})'}")),
                Arguments.of(
                        "a pattern of 100,000 brackets",
                        field(", constraints: {pattern: '" + "(".repeat(100_000) + "'}")),
                Arguments.of(
                        "an expression of 2,000 brackets",
                        field(
                                ", expression: '"
                                        + "(".repeat(2_000)
                                        + "1"
                                        + ")".repeat(2_000)
                                        + "'}")),
                Arguments.of(
                        "an expression of 100,000 terms",
                        field(", expression: '1" + "+1".repeat(100_000) + "'")),
                Arguments.of(
                        "an expression of 500 lists",
                        field(", expression: '" + "[".repeat(500) + "]".repeat(500) + "'")),
                Arguments.of(
                        "an expression of macros",
                        field(
                                ", expression: '"
                                        + "[1,2].all(x, ".repeat(200)
                                        + "true"
                                        + ")".repeat(200)
                                        + "'")),
                Arguments.of("an expression with quotes", field(", expression: \"'\"")),
                Arguments.of("a path of 100,000 steps", field(", path: " + "/a".repeat(100_000))),
                Arguments.of(
                        "a thing of another language",
                        "a: !!javax.script.ScriptEngineManager [!!java.net.URLClassLoader []]"),
                Arguments.of("nothing", ""),
                Arguments.of("only a comment", "# nothing"),
                Arguments.of("binary", "\u0089PNG\r\n\u001a\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostile")
    void hostileFilesGiveIssuesOrWork(String what, String text) {
        Issues issues = new Issues();
        Plan plan = load(List.of(new SourceFile("hostile.yaml", text)), issues);

        assertThat(issues.render()).as(what).hasSizeLessThan(20_000).doesNotContain("Exception");
        assertThat(plan == null).isEqualTo(issues.hasErrors());
    }

    static Stream<Arguments> large() {
        return Stream.of(
                Arguments.of(
                        "10,000 entities",
                        files(i ->
                                entity(
                                        i,
                                        "fields:\n  - {name: a, type: string}\npersistence: {table: t%d, unicity: {fields: [a]}}"
                                                .formatted(i)))),
                Arguments.of(
                        "10,000 entities of one name",
                        files(i -> entity(1, "fields: [{name: a, type: string}]"))),
                Arguments.of(
                        "10,000 wrong entities",
                        files(i -> entity(i, "fields: [{name: a, type: strng, nme: x}]"))),
                Arguments.of(
                        "an entity that extends another that extends another, 10,000 times",
                        files(i ->
                                entity(
                                        i,
                                        (i == 1 ? "" : "extends: E%d\n".formatted(i - 1))
                                                + "fields: [{name: a%d, type: string}]"
                                                        .formatted(i % 3)))),
                Arguments.of(
                        "an entity that extends the next, 10,000 times",
                        files(i ->
                                entity(
                                        i,
                                        "extends: E%d\nfields: [{name: a, type: string}]"
                                                .formatted(i + 1)))),
                Arguments.of(
                        "an entity made from another made from another, 10,000 times",
                        files(i ->
                                i == 1
                                        ? entity(1, "fields: [{name: a, type: string}]")
                                        : entity(
                                                        i,
                                                        "derivation: {parent: E%d}\nfields: [{name: a, type: string}]"
                                                                .formatted(i - 1))
                                                .replace("type: root", "type: derived"))),
                Arguments.of(
                        "a circle of 10,000",
                        files(i ->
                                entity(
                                                i,
                                                "derivation: {parent: E%d}\nfields: [{name: a, type: string}]"
                                                        .formatted(i % 10_000 + 1))
                                        .replace("type: root", "type: derived"))));
    }

    private static List<SourceFile> files(java.util.function.IntFunction<String> text) {
        return IntStream.rangeClosed(1, 10_000)
                .mapToObj(i -> new SourceFile("e%d.yaml".formatted(i), text.apply(i)))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("large")
    void tenThousandFilesGiveIssuesOrWork(String what, List<SourceFile> files) {
        Issues issues = new Issues();
        Plan plan = load(files, issues);

        assertThat(issues.render()).as(what).hasSizeLessThan(200_000);
        assertThat(plan == null).isEqualTo(issues.hasErrors());
    }

    private static final List<String> JUNK =
            List.of(
                    "",
                    "~",
                    "[]",
                    "{}",
                    "-1",
                    "1e9",
                    "yes",
                    "\"",
                    "'",
                    "*a",
                    "&a",
                    "!!x y",
                    "[",
                    "}",
                    ": :",
                    "Order",
                    "x".repeat(70),
                    "\u0430");

    static Stream<Path> good() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path root :
                List.of(
                        Path.of("../config"),
                        Path.of("src/test/golden"),
                        Path.of("src/test/resources"))) {
            try (Stream<Path> found = Files.walk(root)) {
                found.filter(p -> p.toString().endsWith(".yaml"))
                        .filter(p -> !p.toString().contains("wrong"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files.stream();
    }

    /** Every value of every good file, replaced by junk, and every line of it taken away. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void brokenGoodFilesNeverThrow(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        for (int i = 0; i < lines.size(); i++) {
            List<String> without = new ArrayList<>(lines);
            String line = without.remove(i);
            check(file, without);
            int colon = line.lastIndexOf(": ");
            String junk = JUNK.get(i % JUNK.size());
            if (colon > 0) {
                List<String> broken = new ArrayList<>(lines);
                broken.set(
                        i, line.substring(0, colon + 2) + junk + (line.endsWith("}") ? "}" : ""));
                check(file, broken);
                broken.set(i, line.substring(0, colon) + "x" + line.substring(colon));
                check(file, broken);
            }
        }
    }

    private static void check(Path file, List<String> lines) {
        Issues issues = new Issues();
        SourceFile source = new SourceFile(file.toString(), String.join("\n", lines) + "\n");
        Plan plan =
                file.toString().contains("transforms")
                        ? compiled(CatalogReader.read(List.of(), List.of(source), issues), issues)
                        : load(List.of(source), issues);
        assertThat(plan == null).isEqualTo(issues.hasErrors());
        assertThat(issues.render()).doesNotContain("Exception");
        for (Issue issue : issues.all()) {
            assertThat(issue.place().line()).isBetween(1, lines.size() + 1);
        }
    }

    private static @Nullable Plan load(List<SourceFile> files, Issues issues) {
        return compiled(CatalogReader.read(files, List.of(), issues), issues);
    }

    private static @Nullable Plan compiled(Catalog catalog, Issues issues) {
        return PlanCompiler.compile(catalog, issues);
    }

    @Test
    void aReportOfAVeryLongLineShowsOnlyThePlace() {
        Issues issues = new Issues();
        load(
                List.of(
                        new SourceFile(
                                "long.yaml", field(", doc: '" + "x".repeat(10_000) + "', typ: z"))),
                issues);

        assertThat(issues.render()).contains("typ: z").contains("...").hasSizeLessThan(1_000);
    }
}
