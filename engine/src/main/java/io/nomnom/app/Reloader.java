package io.nomnom.app;

import io.nomnom.catalog.Catalog;
import io.nomnom.catalog.CatalogReader;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.plan.Plan;
import io.nomnom.plan.PlanCompiler;
import io.nomnom.plan.Plans;
import io.nomnom.yaml.Issues;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Takes changed entity files up. It looks at the directories, since a ConfigMap changes by swapping
 * a symbolic link, which file events do not tell reliably; when they stay as they are from one look
 * to the next they are compiled beside the plan in force. One virtual thread.
 */
final class Reloader implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);

    /** Of very many files a look takes long: it is rested so many times as long. */
    private static final int BREATHS = 10;

    private final Path entities;
    private final Path transforms;
    private final Plans plans;
    private final Takeover takeover;
    private final Observer observer;
    private String warnings = "";
    private final Thread thread = Thread.ofVirtual().name("reload").unstarted(this::run);

    /** Makes a new plan ready where more than the plan itself has to change. */
    @FunctionalInterface
    interface Takeover {
        /** What keeps the plan from being put in force; null where nothing does. */
        @Nullable Obstacle prepare(Plan next) throws InterruptedException;
    }

    /**
     * What keeps a plan from being put in force.
     *
     * @param passes whether it ends by itself, without a change of the files or the tables
     */
    record Obstacle(String report, boolean passes) {}

    /**
     * @param takeover run before the plan is swapped
     */
    Reloader(Settings settings, Plans plans, Takeover takeover, Observer observer) {
        this.entities = settings.entities();
        this.transforms = settings.transforms();
        this.plans = plans;
        this.takeover = takeover;
        this.observer = observer;
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        List<String> seen = List.of();
        List<String> compiled = List.of();
        Plan waiting = null;
        try {
            while (true) {
                long began = System.nanoTime();
                List<String> now = fingerprint();
                Duration breath = Duration.ofNanos((System.nanoTime() - began) * BREATHS);
                if (now.equals(seen) && !now.equals(compiled)) {
                    boolean same =
                            CatalogReader.hash(entities, transforms).equals(plans.get().hash());
                    Compiled next = same ? null : compile();
                    if (now.equals(fingerprint())) {
                        compiled = now;
                        waiting = changed(next);
                    }
                }
                seen = now;
                if (waiting != null && takeOver(waiting)) {
                    waiting = null;
                }
                Duration rest = waiting == null ? BETWEEN_LOOKS : BETWEEN_TRIES;
                Thread.sleep(rest.compareTo(breath) < 0 ? breath : rest);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the files are; the plan is null where they are at fault. */
    private record Compiled(@Nullable Plan plan, String report) {}

    private Compiled compile() {
        try {
            Issues issues = new Issues();
            Catalog catalog = CatalogReader.read(entities, transforms, issues);
            return new Compiled(PlanCompiler.compile(catalog, issues), issues.render());
        } catch (RuntimeException | StackOverflowError bug) {
            observer.observe(new Observation.Trouble("the entity files could not be loaded", bug));
            return new Compiled(null, "the engine failed: " + bug);
        }
    }

    /** The plan to put in force; null where the files are at fault, or those in force. */
    private @Nullable Plan changed(@Nullable Compiled compiled) {
        if (compiled == null) {
            plans.refuse("");
            return null;
        }
        warnings = compiled.report();
        if (compiled.plan() == null) {
            refuse(compiled.report(), false);
        }
        return compiled.plan();
    }

    /**
     * Swaps the plan as soon as nothing stands in its way.
     *
     * @return false where it is worth another try
     */
    private boolean takeOver(Plan next) throws InterruptedException {
        Obstacle obstacle = takeover.prepare(next);
        if (obstacle != null) {
            refuse(obstacle.report(), obstacle.passes());
            return false;
        }
        plans.swap(next);
        int count = next.catalog().entities().size();
        observer.observe(new Observation.CatalogSwapped(next.hash(), count, warnings));
        return true;
    }

    private void refuse(String report, boolean passes) {
        if (!report.equals(plans.trouble())) {
            plans.refuse(report);
            observer.observe(
                    passes
                            ? new Observation.CatalogWaits(report)
                            : new Observation.CatalogRefused(report));
        }
    }

    /** Path, true path, size and time of every file. */
    private List<String> fingerprint() {
        List<String> files = new ArrayList<>();
        for (Path directory : List.of(entities, transforms)) {
            try (Stream<Path> found = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
                found.sorted().map(Reloader::look).forEach(files::add);
            } catch (IOException | UncheckedIOException changing) {
                files.add(directory + " cannot be listed");
            }
        }
        return files;
    }

    private static String look(Path path) {
        try {
            BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
            return "%s %s %d %d"
                    .formatted(
                            path,
                            path.toRealPath(),
                            file.isDirectory() ? 0 : file.size(),
                            file.isDirectory() ? 0 : file.lastModifiedTime().toMillis());
        } catch (IOException gone) {
            return path + " is gone";
        }
    }
}
