package io.nomnom.plan;

import java.util.function.Supplier;

/** The plan in force. Read by all threads. */
public final class Plans implements Supplier<Plan> {
    private volatile Plan current;
    private volatile String trouble = "";

    public Plans(Plan first) {
        this.current = first;
    }

    @Override
    public Plan get() {
        return current;
    }

    /** Puts another plan in force; what runs keeps the one that it took. */
    public void swap(Plan next) {
        current = next;
        trouble = "";
    }

    /** Why the entity files as they are now are not in force; empty where they are. */
    public String trouble() {
        return trouble;
    }

    /** Says why the files are not in force; empty once they are as the plan has them. */
    public void refuse(String report) {
        trouble = report;
    }
}
