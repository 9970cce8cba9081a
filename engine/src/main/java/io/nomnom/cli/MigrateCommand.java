package io.nomnom.cli;

import io.nomnom.catalog.CatalogReader;
import io.nomnom.catalog.EntitySpec;
import io.nomnom.catalog.V1Writer;
import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.SourceFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes entity files of either form as v1. */
@Command(
        name = "migrate-config",
        mixinStandardHelpOptions = true,
        description = {
            "Writes entity files of either form as v1, each under its own name.",
            "What is written compiles to the same plan; that is checked before anything is"
                    + " written. Comments are not carried over."
        },
        footer = {"", "Example: nomnom migrate-config old/entities -o config/entities"})
final class MigrateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SRC", description = "The directory of the entity files.")
    private Path source = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DST",
            description = "The directory to write to.")
    private Path target = Path.of("");

    @Option(names = "--force", description = "Writes over files that are there.")
    private boolean force;

    @Option(names = "--transforms", paramLabel = "DIR", description = "As of validate.")
    private @Nullable Path transforms;

    @Override
    public Integer call() throws Nomnom.Fault, IOException {
        PrintWriter out = spec.commandLine().getOut();
        Issues issues = new Issues();
        List<SourceFile> files = CatalogReader.files(source, issues);
        Path beside = CatalogOptions.beside(source, Path.of("config/transforms"));
        Path own = transforms == null ? beside : transforms;
        List<SourceFile> transformFiles =
                Files.isDirectory(own) ? CatalogReader.files(own, issues) : List.of();
        Plan before = plan(files, transformFiles, issues);
        if (!issues.all().isEmpty()) {
            spec.commandLine().getErr().println(issues.render());
        }
        if (before == null) {
            throw new Nomnom.Fault("the entity files have errors; nothing was written");
        }
        Map<Path, String> written = new LinkedHashMap<>();
        List<SourceFile> rewritten = new ArrayList<>();
        for (SourceFile file : files) {
            List<EntitySpec> entities = CatalogReader.declared(List.of(file), new Issues());
            String text = V1Writer.write(entities);
            rewritten.add(new SourceFile(file.path(), text));
            written.put(target.resolve(source.relativize(Path.of(file.path()))), text);
        }
        Plan after = plan(rewritten, transformFiles, new Issues());
        if (after == null || !before.isSame(after)) {
            throw new Nomnom.Fault(
                    "a fault of nomnom: the v1 form would not be the same plan; nothing was written."
                            + " Please report it with the files");
        }
        write(written, out);
        return Nomnom.GOOD;
    }

    private static @Nullable Plan plan(
            List<SourceFile> files, List<SourceFile> transforms, Issues issues) {
        return PlanCompiler.compile(CatalogReader.read(files, transforms, issues), issues);
    }

    private void write(Map<Path, String> files, PrintWriter out) throws Nomnom.Fault, IOException {
        for (Path path : new HashSet<>(files.keySet())) {
            if (Files.exists(path) && !force) {
                throw new Nomnom.Fault(
                        "'%s' is there already; --force writes over it".formatted(path));
            }
        }
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Path path = file.getKey();
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.writeString(path, file.getValue());
            out.println("wrote " + path);
        }
    }
}
