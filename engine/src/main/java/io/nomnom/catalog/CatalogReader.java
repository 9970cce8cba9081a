package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Node;
import io.nomnom.yaml.Node.Mapping;
import io.nomnom.yaml.Place;
import io.nomnom.yaml.SourceFile;
import io.nomnom.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all entity files of a directory. Every fault of every file is reported; entities that could
 * be read are in the catalog even where others could not.
 */
public final class CatalogReader {
    private CatalogReader() {}

    /** Reads {@code *.yaml} and {@code *.yml} below the directory, in the order of their paths. */
    public static Catalog read(Path directory, Issues issues) {
        List<SourceFile> files = new ArrayList<>();
        for (Path path : paths(directory, issues)) {
            SourceFile unread = new SourceFile(path.toString(), "");
            try {
                files.add(new SourceFile(path.toString(), Files.readString(path)));
            } catch (CharacterCodingException fault) {
                issues.error(IssueCode.ENT001, Place.startOf(unread), "the file is not UTF-8");
            } catch (IOException fault) {
                issues.error(IssueCode.ENT001, Place.startOf(unread), "cannot be read: " + fault);
            }
        }
        if (files.isEmpty() && !issues.hasErrors()) {
            issues.error(
                    IssueCode.ENT006,
                    Place.startOf(new SourceFile(directory.toString(), "")),
                    "no *.yaml or *.yml file below this directory",
                    "set ENTITIES_DIR to the directory of the entity files");
        }
        return read(files, issues);
    }

    /** Reads the given files and checks the entities against one another. */
    public static Catalog read(List<SourceFile> files, Issues issues) {
        List<EntitySpec> entities = new ArrayList<>();
        for (SourceFile file : files) {
            for (Node document : YamlReader.read(file, issues)) {
                EntitySpec entity = entity(document, issues);
                if (entity != null) {
                    entities.add(entity);
                }
            }
        }
        Catalog catalog = new Catalog(entities, files);
        new CatalogChecker(catalog, issues).check();
        return catalog;
    }

    private static @Nullable EntitySpec entity(Node document, Issues issues) {
        Values values = new Values(issues);
        if (document instanceof Mapping mapping) {
            if (mapping.entry("apiVersion").isPresent()) {
                return new V1Reader(values).read(mapping);
            }
            if (mapping.entry("entity").isPresent()) {
                return new OlderReader(values).read(mapping);
            }
        }
        issues.error(
                IssueCode.ENT005,
                document.place(),
                "not an entity: a document begins with 'apiVersion: %s' or 'entity:'"
                        .formatted(V1Reader.API_VERSION));
        return null;
    }

    private static List<Path> paths(Path directory, Issues issues) {
        Place place = Place.startOf(new SourceFile(directory.toString(), ""));
        if (!Files.isDirectory(directory)) {
            issues.error(
                    IssueCode.ENT006,
                    place,
                    "this directory does not exist",
                    "set ENTITIES_DIR to the directory of the entity files");
            return List.of();
        }
        try (Stream<Path> found = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(path -> isEntityFile(directory, path)).sorted().toList();
        } catch (IOException | UncheckedIOException fault) {
            issues.error(IssueCode.ENT001, place, "cannot be listed: " + fault.getMessage());
            return List.of();
        }
    }

    private static boolean isEntityFile(Path directory, Path path) {
        for (Path part : directory.relativize(path)) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        String name = path.toString().toLowerCase(Locale.ROOT);
        return (name.endsWith(".yaml") || name.endsWith(".yml")) && Files.isRegularFile(path);
    }
}
