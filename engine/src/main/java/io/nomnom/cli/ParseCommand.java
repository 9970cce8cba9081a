package io.nomnom.cli;

import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.message.MessageParser;
import io.nomnom.message.Parsed;
import io.nomnom.plan.EntityRows;
import io.nomnom.plan.LinePlan;
import io.nomnom.plan.Lineage;
import io.nomnom.plan.MessagePlan;
import io.nomnom.plan.Plan;
import io.nomnom.sql.SqlWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the rows that a message gives, without any server. */
@Command(
        name = "parse",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the rows that a message gives, or why it is refused; no server is asked.",
            "The message is a JSON object, or a delimited line that begins with a prefix of the"
                    + " entity."
        },
        footer = {
            "",
            "Examples:",
            "  nomnom parse Order order.json",
            "  echo '{\"order_key\": \"1\"}' | nomnom parse Order - -o sql"
        })
final class ParseCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CatalogOptions catalog = new CatalogOptions();

    @Parameters(index = "0", paramLabel = "ENTITY", description = "The entity that is sent.")
    private String entity = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "The message; - for the input.")
    private String file = "-";

    /** How rows are printed. */
    enum Format {
        JSON,
        SQL,
        TEXT
    }

    @Option(
            names = {"-o", "--output"},
            description = "json, sql or text.",
            defaultValue = "json")
    private Format format = Format.JSON;

    @Option(names = "--lineage", description = "With json: where each column comes from.")
    private boolean lineage;

    @Option(
            names = "--now",
            paramLabel = "TIME",
            description = "The message's own time, RFC 3339; by default the present.")
    private @Nullable String now;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Parses the message so often and prints what one takes.")
    private int repeat;

    ParseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Nomnom.Fault {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Plan plan = catalog.plan(surroundings, err);
        MessagePlan route = route(plan, entity);
        byte[] body = body(plan, entity, read());
        Instant time = time();
        if (repeat > 0) {
            out.println(measure(body, route, time));
        }
        Parsed parsed = MessageParser.parse(body, route, time);
        if (!(parsed instanceof Parsed.Rows rows)) {
            err.println(RowsText.text(parsed));
            return Nomnom.INPUT;
        }
        switch (format) {
            case TEXT -> out.println(RowsText.text(parsed));
            case SQL -> sql(rows, out);
            case JSON -> {
                Map<String, Object> json = RowsText.json(rows);
                out.println(Output.json(lineage ? withLineage(json, rows, plan) : json));
            }
        }
        return Nomnom.GOOD;
    }

    static MessagePlan route(Plan plan, String entity) throws Nomnom.Fault {
        MessagePlan route = plan.route(entity);
        if (route == null) {
            DescribeCommand.entity(plan, entity);
            throw new Nomnom.Fault("'%s' is not sent by itself".formatted(entity));
        }
        return route;
    }

    /** The payload: JSON as it is, or what a delimited line stands for. */
    static byte[] body(Plan plan, String entity, byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        LinePlan layout = plan.lineOf(text);
        if (layout != null && layout.entity().equals(entity)) {
            return layout.payload(text).toString().getBytes(StandardCharsets.UTF_8);
        }
        return bytes;
    }

    private byte[] read() throws Nomnom.Fault {
        try {
            return file.equals("-") ? System.in.readAllBytes() : Files.readAllBytes(Path.of(file));
        } catch (NoSuchFileException missing) {
            throw new Nomnom.Fault("there is no file '%s'".formatted(file));
        } catch (IOException fault) {
            throw new Nomnom.Fault("'%s' cannot be read: %s".formatted(file, fault.getMessage()));
        }
    }

    private Instant time() throws Nomnom.Fault {
        try {
            return now == null ? InstantSource.system().instant() : Instant.parse(now);
        } catch (DateTimeParseException fault) {
            throw new Nomnom.Fault(
                    "--now: '%s' is not a time such as 2024-01-31T12:00:00Z".formatted(now));
        }
    }

    private String measure(byte[] body, MessagePlan route, Instant time) {
        for (int i = 0; i < repeat; i++) {
            MessageParser.parse(body, route, time);
        }
        long began = System.nanoTime();
        for (int i = 0; i < repeat; i++) {
            MessageParser.parse(body, route, time);
        }
        return "%d ns a message".formatted((System.nanoTime() - began) / repeat);
    }

    private static void sql(Parsed.Rows rows, PrintWriter out) {
        for (EntityRows entity : rows.tables()) {
            for (@Nullable Object[] row : entity.rows()) {
                out.println(SqlWriter.insertOf(entity.table(), row).text() + ";");
            }
        }
    }

    private static Map<String, Object> withLineage(
            Map<String, Object> json, Parsed.Rows rows, Plan plan) {
        Map<String, Object> tables = new LinkedHashMap<>();
        for (EntityRows made : rows.tables()) {
            EntitySpec spec = plan.catalog().entity(made.table().entity());
            Map<String, String> columns = new LinkedHashMap<>();
            for (FieldSpec field : spec == null ? List.<FieldSpec>of() : spec.fields()) {
                if (spec != null && field.stored()) {
                    columns.put(field.name().snakeCase(), Lineage.of(spec, field));
                }
            }
            tables.put(made.table().name(), columns);
        }
        Map<String, Object> whole = new LinkedHashMap<>();
        whole.put("rows", json);
        whole.put("lineage", tables);
        return whole;
    }
}
