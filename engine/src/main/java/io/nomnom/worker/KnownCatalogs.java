package io.nomnom.worker;

import java.util.Set;

/** The hashes of the catalogs that were ever in force here, this worker's own among them. */
public record KnownCatalogs(Set<String> hashes) {
    public KnownCatalogs {
        hashes = Set.copyOf(hashes);
    }

    boolean knows(String hash) {
        return hashes.contains(hash);
    }
}
