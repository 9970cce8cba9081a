package io.nomnom.plan;

import java.util.function.Supplier;

/** The plan in force. Read by all threads. */
public final class Plans implements Supplier<Plan> {
    private volatile Plan current;

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
    }
}
