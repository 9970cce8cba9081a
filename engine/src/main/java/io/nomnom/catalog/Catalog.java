package io.nomnom.catalog;

import io.nomnom.yaml.SourceFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All entities of one load, with the files they come from. */
public record Catalog(List<EntitySpec> entities, List<SourceFile> files) {
    public Catalog {
        entities = List.copyOf(entities);
        files = List.copyOf(files);
    }

    public @Nullable EntitySpec entity(String name) {
        for (EntitySpec entity : entities) {
            if (entity.name().text().equals(name)) {
                return entity;
            }
        }
        return null;
    }

    /**
     * The first 128 bits of the SHA-256 of the files' texts in the order of their paths, in hex.
     */
    public String hash() {
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
