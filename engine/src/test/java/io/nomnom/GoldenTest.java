package io.nomnom;

import static org.assertj.core.api.Assertions.assertThat;

import io.nomnom.message.MessageParser;
import io.nomnom.message.Parsed;
import io.nomnom.plan.EntityRows;
import io.nomnom.plan.FieldError;
import io.nomnom.plan.Plan;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.Sql;
import io.nomnom.sql.SqlWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden folders: {@code entities.yaml} with either {@code issues.txt}, or {@code sql.txt} and for
 * each {@code Entity[.case].json} an {@code Entity[.case].txt} with its rows or errors. With {@code
 * -Dgolden.write=true} the expectations are written anew, to be read in the diff.
 */
class GoldenTest {
    private static final Path ROOT = Path.of("src/test/golden");
    private static final Instant NOW = Instant.parse("2024-01-01T12:00:00Z");

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void entitiesAndMessagesGiveWhatTheFolderSays(Path folder) throws IOException {
        String yaml = Files.readString(folder.resolve("entities.yaml"));
        String report = TestCatalogs.report(yaml);
        if (!report.isEmpty()) {
            check(folder.resolve("issues.txt"), report);
            return;
        }
        Plan plan = TestCatalogs.of(yaml);
        check(folder.resolve("sql.txt"), sql(plan));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path message :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                String name = message.getFileName().toString();
                String entity = name.substring(0, name.indexOf('.'));
                Parsed parsed =
                        MessageParser.parse(
                                Files.readAllBytes(message),
                                Objects.requireNonNull(plan.route(entity)),
                                NOW);
                check(folder.resolve(name.replace(".json", ".txt")), text(parsed));
            }
        }
    }

    private static void check(Path expected, String text) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(expected, text + "\n");
        }
        assertThat(text + "\n").as(expected.toString()).isEqualTo(Files.readString(expected));
    }

    private static String sql(Plan plan) {
        List<String> statements = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            if (table.managed()) {
                statements.add(SqlWriter.createTable(table).text());
                SqlWriter.createIndexes(table).stream().map(Sql::text).forEach(statements::add);
                statements.add(SqlWriter.upsert(table).text());
            }
        }
        return String.join(";\n", statements) + ";";
    }

    private static String text(Parsed parsed) {
        List<String> lines = new ArrayList<>();
        switch (parsed) {
            case Parsed.Rows rows -> {
                for (EntityRows entity : rows.tables()) {
                    for (Object[] row : entity.rows()) {
                        lines.add(entity.table().name() + row(entity.table(), row));
                    }
                }
            }
            case Parsed.Rejection rejection -> {
                lines.add(rejection.code().word() + ": " + rejection.message());
                for (FieldError error : rejection.errors()) {
                    lines.add(
                            "%s %s: %s (%s)"
                                    .formatted(
                                            error.pointer(),
                                            error.code(),
                                            error.message(),
                                            error.rule()));
                }
            }
        }
        return String.join("\n", lines);
    }

    private static String row(TablePlan table, Object[] row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.length; i++) {
            text.append(i == 0 ? " " : ", ")
                    .append(table.columns().get(i).name())
                    .append('=')
                    .append(row[i]);
        }
        return text.toString();
    }
}
