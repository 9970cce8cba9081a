package io.nomnom.cli;

import io.nomnom.catalog.CatalogReader;
import io.nomnom.catalog.TransformSpec;
import io.nomnom.message.MessageParser;
import io.nomnom.plan.MessagePlan;
import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.Sql;
import io.nomnom.sql.SqlWriter;
import io.nomnom.transform.TransformTests;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs case folders: messages in, rows, rejections or issues out, compared with files. */
public final class CaseFolders {
    /** The time of every message, so that {@code now()} is always the same. */
    private static final Instant NOW = Instant.parse("2024-01-01T12:00:00Z");

    private final Plan plan;
    private final boolean update;

    /**
     * @param plan for folders without entity files of their own
     * @param update whether what is expected is written anew
     */
    public CaseFolders(Plan plan, boolean update) {
        this.plan = plan;
        this.update = update;
    }

    /** A test; the fault is null where it passed. */
    public record Outcome(String name, @Nullable String fault) {}

    /** The tests of the catalog's transforms. */
    public List<Outcome> transforms() {
        List<Outcome> outcomes = new ArrayList<>();
        for (TransformSpec spec : plan.catalog().transforms()) {
            for (TransformSpec.Test test : spec.tests()) {
                outcomes.add(
                        new Outcome(
                                "transform %s: %s".formatted(spec.name().text(), test.name()),
                                TransformTests.run(plan.transforms(), spec, test)));
            }
        }
        return outcomes;
    }

    /** The folders below a directory that hold messages or entity files. */
    public List<Outcome> run(Path directory) throws IOException {
        List<Path> folders;
        try (Stream<Path> found = Files.walk(directory)) {
            folders = found.filter(CaseFolders::isCase).sorted().toList();
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Path folder : folders) {
            folder(folder, directory, outcomes);
        }
        return outcomes;
    }

    private static boolean isCase(Path path) {
        return Files.isDirectory(path) && !path.endsWith("transforms");
    }

    private void folder(Path folder, Path root, List<Outcome> outcomes) throws IOException {
        String name = root.relativize(folder).toString();
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(Files::isRegularFile).sorted().toList();
        }
        Plan own = plan;
        if (files.stream().anyMatch(file -> has(file, ".yaml"))) {
            Issues issues = new Issues();
            List<SourceFile> sources = sources(files);
            own =
                    PlanCompiler.compile(
                            CatalogReader.read(sources, transforms(folder), issues), issues);
            Path expected = folder.resolve("issues.txt");
            if (!issues.all().isEmpty() || Files.exists(expected)) {
                outcomes.add(compared(name + ": issues", expected, issues.render()));
            }
            if (own == null) {
                return;
            }
            Path sql = folder.resolve("sql.txt");
            if (Files.exists(sql)) {
                outcomes.add(compared(name + ": sql", sql, sql(own)));
            }
        }
        for (Path file : files) {
            if (has(file, ".json") || has(file, ".line")) {
                outcomes.add(message(name, file, own));
            }
        }
    }

    private static boolean has(Path file, String end) {
        return file.toString().endsWith(end);
    }

    /** Entity files under their bare names, so that reports read the same everywhere. */
    private static List<SourceFile> sources(List<Path> files) throws IOException {
        List<SourceFile> sources = new ArrayList<>();
        for (Path file : files) {
            if (has(file, ".yaml")) {
                sources.add(
                        new SourceFile(String.valueOf(file.getFileName()), Files.readString(file)));
            }
        }
        return sources;
    }

    private static List<SourceFile> transforms(Path folder) throws IOException {
        Path directory = folder.resolve("transforms");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(directory)) {
            return sources(found.sorted().toList());
        }
    }

    private Outcome message(String folder, Path file, Plan own) throws IOException {
        String name = String.valueOf(file.getFileName());
        String entity = name.substring(0, name.indexOf('.'));
        MessagePlan route = own.route(entity);
        String test = (folder.isEmpty() ? "" : folder + ": ") + name;
        if (route == null) {
            return new Outcome(test, "'%s' is not an entity that is sent".formatted(entity));
        }
        byte[] body = ParseCommand.body(own, entity, Files.readAllBytes(file));
        String given = bareFiles(RowsText.text(MessageParser.parse(body, route, NOW)));
        String stem = name.substring(0, name.lastIndexOf('.'));
        return compared(test, file.resolveSibling(stem + ".txt"), given);
    }

    /** Rules without directories and lines: a case does not change with them. */
    private static String bareFiles(String text) {
        return text.replaceAll("(?m)\\((?:[^()]*/)?([^/()]+):\\d+\\)$", "($1)");
    }

    private Outcome compared(String name, Path expected, String given) throws IOException {
        if (update) {
            Files.writeString(expected, given + "\n");
        }
        if (!Files.exists(expected)) {
            return new Outcome(
                    name, "'%s' is missing; --update writes it\n%s".formatted(expected, given));
        }
        String wanted = Files.readString(expected).stripTrailing();
        return new Outcome(name, wanted.equals(given) ? null : LineDiff.of(wanted, given));
    }

    /** The statements of all tables that the worker makes. */
    private static String sql(Plan plan) {
        List<String> statements = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            if (table.managed()) {
                SqlWriter.create(table).stream().map(Sql::text).forEach(statements::add);
                statements.add(SqlWriter.upsert(table).text());
            }
        }
        return String.join(";\n", statements) + ";";
    }
}
