package io.nomnom.app;

import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Turns {@code LOG_FORMAT=json} into Quarkus' own setting. Made by the configuration itself. */
public final class LogFormat implements ConfigSource {
    private static final String JSON_CONSOLE = "quarkus.log.console.json.enabled";

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(JSON_CONSOLE);
    }

    @Override
    public @Nullable String getValue(String name) {
        return name.equals(JSON_CONSOLE)
                ? String.valueOf("json".equalsIgnoreCase(System.getenv("LOG_FORMAT")))
                : null;
    }

    @Override
    public String getName() {
        return "LOG_FORMAT";
    }
}
