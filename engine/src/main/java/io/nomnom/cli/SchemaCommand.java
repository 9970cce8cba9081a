package io.nomnom.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nomnom.catalog.EntityFileSchema;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.plan.PayloadSchema;
import io.nomnom.plan.Plan;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints JSON Schemas. */
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        description =
                "Prints the JSON Schema (2020-12) of an entity's payload, or of all entities.",
        footer = {
            "",
            "Examples:",
            "  nomnom schema Order",
            "  nomnom schema --entity-files > schemas/entity.v1.json"
        })
final class SchemaCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private CatalogOptions catalog = new CatalogOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The entity; without it, all.")
    private @Nullable String name;

    @Option(names = "--entity-files", description = "The schema of entity files, for editors.")
    private boolean entityFiles;

    SchemaCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws Nomnom.Fault {
        PrintWriter out = spec.commandLine().getOut();
        if (entityFiles) {
            out.println(Output.json(EntityFileSchema.json()));
            return Nomnom.GOOD;
        }
        Plan plan = catalog.plan(surroundings, spec.commandLine().getErr());
        if (name != null) {
            EntitySpec entity = DescribeCommand.entity(plan, name);
            out.println(Output.json(PayloadSchema.of(entity, plan)));
            return Nomnom.GOOD;
        }
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        for (EntitySpec entity : plan.catalog().entities()) {
            if (entity.ingestible()) {
                all.set(entity.name().text(), PayloadSchema.of(entity, plan));
            }
        }
        out.println(Output.json(all));
        return Nomnom.GOOD;
    }
}
