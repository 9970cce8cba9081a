package io.nomnom;

import static org.assertj.core.api.Assertions.assertThat;

import io.nomnom.message.MessageParser;
import io.nomnom.message.Parsed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README shows works. */
class ReadmeTest {
    private static final Pattern ENTITY =
            Pattern.compile("(?m)^    apiVersion:.*\\n(?:    .*\\n)+");
    private static final Pattern ORDER = Pattern.compile("(?s)/ingest/Order .*?-d '(\\{.*?\\})'");

    @Test
    void itsEntityCompilesWithoutAnIssue() throws IOException {
        String yaml = first(ENTITY, 0).indent(-4);

        assertThat(TestCatalogs.report(yaml)).isEmpty();
    }

    @Test
    void itsOrderIsTaken() throws IOException {
        byte[] body = first(ORDER, 1).getBytes(StandardCharsets.UTF_8);

        Parsed parsed =
                MessageParser.parse(
                        body,
                        Objects.requireNonNull(TestCatalogs.shipped().route("Order")),
                        Instant.parse("2024-01-01T12:00:00Z"));

        assertThat(parsed).isInstanceOf(Parsed.Rows.class);
    }

    private static String first(Pattern pattern, int group) throws IOException {
        Matcher matcher = pattern.matcher(Files.readString(Path.of("../README.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(group);
    }
}
