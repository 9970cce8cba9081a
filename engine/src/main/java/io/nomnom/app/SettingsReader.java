package io.nomnom.app;

import io.nomnom.nats.QueueSettings;
import io.nomnom.worker.WorkerSettings;
import io.nomnom.yaml.Nearest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the settings by name; every wrong value is told, not only the first. */
public final class SettingsReader {
    /** What the settings of the seeds have in front. */
    private static final String PREFIX = "WORKER_";

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15})\\s*(|[KMGT]i?B?|B)");
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private final Function<String, Optional<String>> source;
    private final boolean developing;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> known = new HashSet<>(List.of("LOG_FORMAT"));
    private final Map<String, String> inForce = new TreeMap<>();

    /**
     * @param source the value of a setting by its name
     * @param developing whether Quarkus runs in dev mode
     */
    public SettingsReader(Function<String, Optional<String>> source, boolean developing) {
        this.source = source;
        this.developing = developing;
    }

    /** What is wrong; empty where the settings can be used. */
    public List<String> faults() {
        return List.copyOf(faults);
    }

    /**
     * Names that nobody reads but that nearly are names of settings, each with the one meant; asked
     * after {@link #read()}.
     *
     * @param names of environment variables
     */
    public Map<String, String> nearMisses(Set<String> names) {
        Map<String, String> misses = new TreeMap<>();
        for (String name : names) {
            String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
            if (!known.contains(bare)) {
                Nearest.to(bare, known).ifPresent(meant -> misses.put(name, meant));
            }
        }
        return misses;
    }

    public Settings read() {
        Duration ackWait = time("ACK_WAIT", "60s");
        int lanes = number("WORKER_LANES", Runtime.getRuntime().availableProcessors(), 1, 256);
        int batch = number("BATCH_SIZE", 500, 1, 10_000);
        QueueSettings queue =
                new QueueSettings(
                        text("NATS_URL", "nats://localhost:4222"),
                        value("NATS_CREDS").orElse(null),
                        text("NATS_STREAM", "MESSAGES"),
                        text("NATS_DLQ_STREAM", "MESSAGESDLQ"),
                        text("NATS_CONSUMER", "workers"),
                        number("NATS_REPLICAS", 1, 1, 5),
                        size("NATS_MAX_BYTES", "1Gi"),
                        time("NATS_MAX_AGE", "0s"),
                        size("NATS_DLQ_MAX_BYTES", "1Gi"),
                        time("NATS_DLQ_MAX_AGE", "7d"),
                        ackWait,
                        Math.max(10_000, batch * lanes * 8));
        return new Settings(
                roles(),
                Path.of(text("ENTITIES_DIR", "config/entities")),
                Path.of(text("TRANSFORMS_DIR", "config/transforms")),
                number("PORT", 8080, 0, 65_535),
                queue,
                databaseUrl(),
                new WorkerSettings(
                        number("MAX_DELIVER", 3, 1, 1000),
                        batch,
                        lanes,
                        Duration.ofMillis(number("POLL_INTERVAL_MS", 100, 1, 60_000)),
                        time("STATUS_RETENTION", "7d")),
                Duration.ofMillis(number("DASHBOARD_POLL_MS", 500, 10, 3_600_000)),
                size("MAX_MESSAGE_BYTES", "900KiB"),
                reload());
    }

    private boolean reload() {
        String word = text("ENTITIES_RELOAD", "auto").toLowerCase(Locale.ROOT);
        return switch (word) {
            case "on" -> true;
            case "off" -> false;
            case "auto" -> developing;
            default -> {
                faults.add("ENTITIES_RELOAD: '%s' is not one of auto, on, off".formatted(word));
                yield false;
            }
        };
    }

    /** All settings as they are in force, secrets hidden; asked after {@link #read()}. */
    public Map<String, String> inForce() {
        return Collections.unmodifiableMap(inForce);
    }

    /** A setting by its name, or by the seeds' name with {@code WORKER_} in front. */
    private Optional<String> value(String name) {
        known.add(name);
        Optional<String> value = source.apply(name);
        Optional<String> either = value.isPresent() ? value : source.apply(PREFIX + name);
        Optional<String> given = either.map(String::strip).filter(text -> !text.isEmpty());
        inForce.put(name, given.map(text -> shown(name, text)).orElse("-"));
        return given;
    }

    private static String shown(String name, String value) {
        return name.endsWith("PASSWORD")
                ? "***"
                : value.replaceFirst("(://[^:@/]+):[^@]*@", "$1:***@");
    }

    private String text(String name, String otherwise) {
        String value = value(name).orElse(otherwise);
        inForce.put(name, shown(name, value));
        return value;
    }

    private Set<Role> roles() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        for (String word : text("ROLE", "all").toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1)) {
            switch (word) {
                case "all" -> roles.addAll(EnumSet.allOf(Role.class));
                case "api" -> roles.add(Role.API);
                case "worker" -> roles.add(Role.WORKER);
                case "dashboard" -> roles.add(Role.DASHBOARD);
                default ->
                        faults.add(
                                "ROLE: '%s' is not one of api, worker, dashboard, all"
                                        .formatted(word));
            }
        }
        return roles;
    }

    private String databaseUrl() {
        String url = text("DATABASE_URL", "postgresql://postgres:postgres@localhost:5432/postgres");
        if (!url.matches("postgres(ql)?://.+")) {
            faults.add("DATABASE_URL: expected postgresql://user:password@host:5432/name");
        }
        Optional<String> password = value("DATABASE_PASSWORD");
        Optional<String> file = value("DATABASE_PASSWORD_FILE");
        if (file.isPresent()) {
            try {
                password = Optional.of(Files.readString(Path.of(file.get())).strip());
            } catch (IOException fault) {
                faults.add("DATABASE_PASSWORD_FILE: cannot be read: " + fault);
            }
        }
        Matcher parts =
                Pattern.compile("(postgres(?:ql)?://)([^:@/]+)(?::[^@]*)?@(.+)").matcher(url);
        if (password.isEmpty() || !parts.matches()) {
            return url;
        }
        String encoded =
                URLEncoder.encode(password.get(), StandardCharsets.UTF_8).replace("+", "%20");
        return parts.group(1) + parts.group(2) + ":" + encoded + "@" + parts.group(3);
    }

    private int number(String name, int otherwise, int least, int most) {
        Optional<String> value = value(name);
        if (value.isEmpty()) {
            inForce.put(name, String.valueOf(otherwise));
            return otherwise;
        }
        if (value.get().matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return number;
            }
        }
        faults.add(
                "%s: '%s' is not a whole number from %d to %d"
                        .formatted(name, value.get(), least, most));
        return otherwise;
    }

    private long size(String name, String otherwise) {
        String text = text(name, otherwise);
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            faults.add("%s: '%s' is not a size such as 900KiB or 1Gi".formatted(name, text));
            return 1;
        }
        String unit = size.group(2);
        long base = unit.contains("i") ? 1024 : 1000;
        long factor = 1;
        if (!unit.isEmpty() && !unit.equals("B")) {
            for (int i = 0; i <= "KMGT".indexOf(unit.charAt(0)); i++) {
                factor *= base;
            }
        }
        return Long.parseLong(size.group(1)) * factor;
    }

    private Duration time(String name, String otherwise) {
        String text = text(name, otherwise);
        Matcher time = TIME.matcher(text.equals("0") ? "0s" : text);
        if (!time.matches()) {
            faults.add("%s: '%s' is not a time such as 60s or 7d".formatted(name, text));
            return Duration.ZERO;
        }
        long number = Long.parseLong(time.group(1));
        return switch (time.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
