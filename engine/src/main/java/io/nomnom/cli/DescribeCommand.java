package io.nomnom.cli;

import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.FieldSpec;
import io.nomnom.catalog.PersistenceSpec;
import io.nomnom.plan.Lineage;
import io.nomnom.plan.Plan;
import io.nomnom.plan.TablePlan;
import io.nomnom.sql.SqlWriter;
import io.nomnom.yaml.Nearest;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows all that is known of an entity. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        description = "Shows an entity: fields with their sources, table, SQL.",
        footer = {"", "Example: nomnom describe entity Order"})
final class DescribeCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CatalogOptions catalog = new CatalogOptions();

    @Parameters(index = "0", paramLabel = "entity", description = "What to show: entity.")
    private String what = "";

    @Parameters(index = "1", paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Mixin private OutputOption output = new OutputOption();

    DescribeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Nomnom.Fault {
        if (!what.equals("entity")) {
            throw new Nomnom.Fault("'%s' cannot be shown; describe entity NAME".formatted(what));
        }
        PrintWriter out = spec.commandLine().getOut();
        Plan plan = catalog.plan(surroundings, spec.commandLine().getErr());
        EntitySpec entity = entity(plan, name);
        if (output.isJson()) {
            out.println(Output.json(json(entity, plan)));
        } else {
            text(entity, plan, out);
        }
        return Nomnom.GOOD;
    }

    static EntitySpec entity(Plan plan, String name) throws Nomnom.Fault {
        EntitySpec entity = plan.catalog().entity(name);
        if (entity == null) {
            List<String> names =
                    plan.catalog().entities().stream().map(e -> e.name().text()).sorted().toList();
            String hint = Nearest.hint(name, names);
            throw new Nomnom.Fault(
                    "'%s' is not an entity%s; there is %s"
                            .formatted(
                                    name,
                                    hint == null ? "" : ", " + hint,
                                    String.join(", ", names)));
        }
        return entity;
    }

    private static void text(EntitySpec entity, Plan plan, PrintWriter out) {
        out.println(entity.name().text() + ": " + GetCommand.type(entity));
        String doc = entity.annotations().get("description");
        if (doc != null) {
            out.println("  " + doc);
        }
        out.println("  declared in  " + entity.name().place().pathAndLine());
        out.println("  made from    " + GetCommand.parents(entity));
        out.println("  sent alone   " + (entity.ingestible() ? "yes" : "no"));
        PersistenceSpec stored = entity.stored();
        if (stored != null && stored.legacy() != null && stored.legacy().enabled()) {
            PersistenceSpec.Legacy legacy = stored.legacy();
            out.println("  succeeds     %s.%s".formatted(legacy.table(), legacy.idColumn()));
        }
        out.println();
        List<List<String>> rows = new ArrayList<>();
        for (FieldSpec field : entity.fields()) {
            rows.add(
                    List.of(
                            field.name().text(),
                            field.type().toString(),
                            field.constraints().nullable() ? "null" : "required",
                            field.stored() ? field.name().snakeCase() : "-",
                            Lineage.of(entity, field)));
        }
        out.println(Output.table(List.of("FIELD", "TYPE", "", "COLUMN", "FROM"), rows));
        TablePlan table = plan.tableOf(entity.name().text());
        if (table != null && table.managed()) {
            out.println();
            SqlWriter.create(table).forEach(statement -> out.println(statement.text() + ";"));
        }
    }

    private static Map<String, Object> json(EntitySpec entity, Plan plan) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", entity.name().text());
        json.put("type", GetCommand.type(entity));
        json.put("declared", entity.name().place().pathAndLine());
        json.put("annotations", entity.annotations());
        json.put("labels", entity.labels());
        json.put("table", GetCommand.table(entity, plan));
        List<Map<String, Object>> fields = new ArrayList<>();
        for (FieldSpec field : entity.fields()) {
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("name", field.name().text());
            each.put("type", field.type().toString());
            each.put("nullable", field.constraints().nullable());
            each.put("stored", field.stored());
            each.put("from", Lineage.of(entity, field));
            each.put("doc", field.doc());
            fields.add(each);
        }
        json.put("fields", fields);
        return json;
    }
}
