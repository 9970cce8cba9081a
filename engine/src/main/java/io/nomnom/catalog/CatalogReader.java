package io.nomnom.catalog;

import io.nomnom.yaml.IssueCode;
import io.nomnom.yaml.Issues;
import io.nomnom.yaml.Nearest;
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
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads all entity files of a directory. Every fault of every file is reported; entities that could
 * be read are in the catalog even where others could not.
 */
public final class CatalogReader {
    private CatalogReader() {}

    /**
     * Reads {@code *.yaml} and {@code *.yml} below the directories, in the order of their paths.
     *
     * @param transforms the directory of transforms of one's own; it need not be there
     */
    public static Catalog read(Path entities, Path transforms, Issues issues) {
        List<SourceFile> entityFiles = files(entities, issues);
        if (entityFiles.isEmpty() && !issues.hasErrors()) {
            issues.error(
                    IssueCode.ENT006,
                    Place.startOf(new SourceFile(entities.toString(), "")),
                    "no *.yaml or *.yml file below this directory",
                    "set ENTITIES_DIR to the directory of the entity files");
        }
        List<SourceFile> transformFiles =
                Files.isDirectory(transforms) ? files(transforms, issues) : List.of();
        return read(entityFiles, transformFiles, issues);
    }

    /** The hash of the catalog that would be read; empty where a file cannot be read. */
    public static String hash(Path entities, Path transforms) {
        Issues issues = new Issues();
        List<SourceFile> files = new ArrayList<>(files(entities, issues));
        if (Files.isDirectory(transforms)) {
            files.addAll(files(transforms, issues));
        }
        return issues.hasErrors() ? "" : Catalog.hash(files);
    }

    /** The texts of the entity files below a directory; what cannot be read is reported. */
    public static List<SourceFile> files(Path directory, Issues issues) {
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
        return files;
    }

    /** Reads the given files and checks the entities against one another. */
    public static Catalog read(
            List<SourceFile> entityFiles, List<SourceFile> transformFiles, Issues issues) {
        List<TransformSpec> transforms = each(transformFiles, CatalogReader::transform, issues);
        List<EntitySpec> entities = new Resolver(declared(entityFiles, issues), issues).resolve();
        List<SourceFile> files = new ArrayList<>(entityFiles);
        files.addAll(transformFiles);
        Catalog catalog = new Catalog(entities, transforms, files);
        new CatalogChecker(catalog, issues).check();
        return catalog;
    }

    /** The entities as the files declare them, nothing inferred. */
    public static List<EntitySpec> declared(List<SourceFile> files, Issues issues) {
        return each(files, CatalogReader::entity, issues);
    }

    /** The documents of all files; files are read beside one another, and told in order. */
    private static <T> List<T> each(
            List<SourceFile> files, BiFunction<Node, Issues, @Nullable T> read, Issues issues) {
        List<Documents<T>> all = files.parallelStream().map(file -> documents(file, read)).toList();
        List<T> found = new ArrayList<>();
        for (Documents<T> documents : all) {
            found.addAll(documents.found());
            issues.addAll(documents.issues());
        }
        return found;
    }

    /** What one file holds, and what is wrong with it. */
    private record Documents<T>(List<T> found, Issues issues) {}

    private static <T> Documents<T> documents(
            SourceFile file, BiFunction<Node, Issues, @Nullable T> read) {
        Documents<T> documents = new Documents<>(new ArrayList<>(), new Issues());
        for (Node document : YamlReader.read(file, documents.issues())) {
            T value = read.apply(document, documents.issues());
            if (value != null) {
                documents.found().add(value);
            }
        }
        return documents;
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
            if (mapping.entry("transform").isPresent()) {
                issues.error(
                        IssueCode.ENT005,
                        document.place(),
                        "a transform among the entities",
                        "move it below TRANSFORMS_DIR");
                return null;
            }
        }
        issues.error(
                IssueCode.ENT005,
                document.place(),
                "not an entity: a document begins with 'apiVersion: %s' or 'entity:'"
                        .formatted(V1Reader.API_VERSION),
                topKey(document));
        return null;
    }

    private static @Nullable TransformSpec transform(Node document, Issues issues) {
        if (document instanceof Mapping mapping && mapping.entry("transform").isPresent()) {
            return new TransformReader(new Values(issues)).read(mapping);
        }
        issues.error(
                IssueCode.ENT005,
                document.place(),
                "not a transform: a document begins with 'transform:'",
                isEntity(document) ? "entities are read below ENTITIES_DIR" : topKey(document));
        return null;
    }

    private static boolean isEntity(Node document) {
        return document instanceof Mapping mapping
                && (mapping.entry("apiVersion").isPresent() || mapping.entry("entity").isPresent());
    }

    private static @Nullable String topKey(Node document) {
        List<String> tops = List.of("apiVersion", "entity", "transform");
        if (document instanceof Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                String hint = Nearest.hint(entry.key(), tops);
                if (hint != null) {
                    return hint;
                }
            }
        }
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
