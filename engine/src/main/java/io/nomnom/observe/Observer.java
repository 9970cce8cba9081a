package io.nomnom.observe;

/** Takes observations; called on the thread on which they happen, so it must not block. */
@FunctionalInterface
public interface Observer {
    void observe(Observation observation);

    /** One observer that tells two. */
    default Observer and(Observer other) {
        return observation -> {
            observe(observation);
            other.observe(observation);
        };
    }
}
