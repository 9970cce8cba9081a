package io.nomnom.cli;

import io.nomnom.catalog.EntitySpec;
import io.nomnom.plan.Plan;
import io.nomnom.plan.TablePlan;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists entities. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = "Lists entities: type, parents, table, labels.",
        footer = {"", "Example: nomnom get entities -l domain=sales"})
final class GetCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CatalogOptions catalog = new CatalogOptions();

    @Parameters(paramLabel = "entities", description = "What to list: entities.")
    private String what = "";

    @Option(
            names = {"-l", "--label"},
            paramLabel = "LABEL=VALUE",
            description = "Only those with this label; may be repeated.")
    private Map<String, String> labels = Map.of();

    @Mixin private OutputOption output = new OutputOption();

    GetCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Nomnom.Fault {
        if (!what.equals("entities") && !what.equals("entity")) {
            throw new ParameterException(
                    spec.commandLine(), "'%s' cannot be listed; get entities".formatted(what));
        }
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = catalog.plan(surroundings, spec.commandLine().getErr());
        List<EntitySpec> entities =
                plan.catalog().entities().stream()
                        .filter(e -> e.labels().entrySet().containsAll(labels.entrySet()))
                        .toList();
        if (output.isJson()) {
            out.println(Output.json(entities.stream().map(e -> json(e, plan)).toList()));
            return Nomnom.GOOD;
        }
        List<List<String>> rows = new ArrayList<>();
        for (EntitySpec entity : entities) {
            rows.add(
                    List.of(
                            entity.name().text(),
                            type(entity),
                            parents(entity),
                            String.valueOf(entity.fields().size()),
                            table(entity, plan),
                            labels(entity)));
        }
        out.println(
                Output.table(List.of("NAME", "TYPE", "FROM", "FIELDS", "TABLE", "LABELS"), rows));
        return Nomnom.GOOD;
    }

    static String type(EntitySpec entity) {
        String type = entity.type().name().toLowerCase(Locale.ROOT);
        return entity.isAbstract() ? "abstract " + type : type;
    }

    static String parents(EntitySpec entity) {
        return entity.derivation() == null
                ? "-"
                : entity.derivation().parents().stream()
                        .map(parent -> parent.entity().text())
                        .collect(Collectors.joining(","));
    }

    static String table(EntitySpec entity, Plan plan) {
        TablePlan table = plan.tableOf(entity.name().text());
        return table == null ? "-" : table.name();
    }

    private static String labels(EntitySpec entity) {
        return entity.labels().isEmpty()
                ? "-"
                : entity.labels().entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .sorted()
                        .collect(Collectors.joining(","));
    }

    private static Map<String, Object> json(EntitySpec entity, Plan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", entity.name().text());
        json.put("type", type(entity));
        json.put("from", parents(entity));
        json.put("fields", entity.fields().size());
        json.put("table", table(entity, plan));
        json.put("labels", entity.labels());
        return json;
    }
}
