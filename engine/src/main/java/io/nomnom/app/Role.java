package io.nomnom.app;

/** What a process does; several may be joined. */
public enum Role {
    API,
    WORKER,
    DASHBOARD;

    /** The word in the setting ROLE. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
