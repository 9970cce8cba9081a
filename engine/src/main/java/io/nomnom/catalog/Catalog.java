package io.nomnom.catalog;

import io.nomnom.yaml.SourceFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All entities and transforms of one load, with the files they come from. What the files leave to
 * be inferred (what an entity extends, fields that its parent has under the same name) is in the
 * entities. Immutable.
 */
public final class Catalog {
    private final List<EntitySpec> entities;
    private final List<TransformSpec> transforms;
    private final List<SourceFile> files;
    private final Map<String, EntitySpec> byName = new HashMap<>();
    private final Map<String, List<EntitySpec>> children = new HashMap<>();

    public Catalog(
            List<EntitySpec> entities, List<TransformSpec> transforms, List<SourceFile> files) {
        this.entities = List.copyOf(entities);
        this.transforms = List.copyOf(transforms);
        this.files = List.copyOf(files);
        for (EntitySpec entity : entities) {
            byName.putIfAbsent(entity.name().text(), entity);
            Derivation derivation = entity.derivation();
            if (derivation != null) {
                for (Derivation.Parent parent : derivation.parents()) {
                    children.computeIfAbsent(parent.entity().text(), any -> new ArrayList<>())
                            .add(entity);
                }
            }
        }
    }

    public List<EntitySpec> entities() {
        return entities;
    }

    public List<TransformSpec> transforms() {
        return transforms;
    }

    public List<SourceFile> files() {
        return files;
    }

    public @Nullable EntitySpec entity(String name) {
        return byName.get(name);
    }

    /** The entities that are made from this one. */
    public List<EntitySpec> madeFrom(EntitySpec entity) {
        return children.getOrDefault(entity.name().text(), List.of());
    }

    /** The parents of an entity that the catalog has. */
    public List<EntitySpec> parents(EntitySpec entity) {
        List<EntitySpec> found = new ArrayList<>();
        Derivation derivation = entity.derivation();
        if (derivation != null) {
            for (Derivation.Parent parent : derivation.parents()) {
                EntitySpec spec = entity(parent.entity().text());
                if (spec != null) {
                    found.add(spec);
                }
            }
        }
        return found;
    }

    /** Everything that an entity is made from, the nearest first, each once. */
    public List<EntitySpec> ancestors(EntitySpec entity) {
        List<EntitySpec> above = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<EntitySpec> waiting = new ArrayList<>(parents(entity));
        for (int i = 0; i < waiting.size(); i++) {
            EntitySpec next = waiting.get(i);
            if (seen.add(next.name().text())) {
                above.add(next);
                waiting.addAll(parents(next));
            }
        }
        return above;
    }

    /**
     * The first 128 bits of the SHA-256 of the files' texts in the order of their paths, in hex.
     */
    public String hash() {
        return hash(files);
    }

    /** The hash of a catalog of these files. */
    static String hash(List<SourceFile> files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (SourceFile file : files) {
                digest.update(file.text().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
