package io.nomnom.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A step of a route: an entity, and which steps before it are its parents.
 *
 * @param parents in the order of the declaration; empty for the entity that is sent
 * @param listSlot the only parent's slot that holds the items; -1 where it does not repeat itself
 */
public record Step(EntityPlan entity, List<ParentStep> parents, int listSlot) {
    public Step {
        parents = List.copyOf(parents);
    }

    /**
     * A parent.
     *
     * @param step its step; -1 where it is not in the route
     * @param depth over how many lists it repeats
     */
    public record ParentStep(int step, boolean ancillary, int depth) {}

    /** The instances, from those of the steps before. */
    List<Frame> frames(Extraction extraction, List<List<Frame>> before, List<Step> steps) {
        if (parents.isEmpty()) {
            return entity.sent(extraction);
        }
        ParentStep first = parents.getFirst();
        if (listSlot >= 0) {
            FieldPlan list = steps.get(first.step()).entity().fields().get(listSlot);
            return entity.repeat(before.get(first.step()), list);
        }
        List<Frame> frames = new ArrayList<>();
        if (parents.size() == 1) {
            for (Frame parent : before.get(first.step())) {
                frames.add(Frame.child(new @Nullable Frame[] {parent}, parent, entity.slots()));
            }
        } else {
            for (Row row : joined(before)) {
                frames.add(Frame.child(row.above, row.deepest(), entity.slots()));
            }
        }
        return entity.filled(frames);
    }

    /** A combination of parents while they are joined. */
    private static final class Row {
        final @Nullable Frame[] above;

        Row(@Nullable Frame[] above) {
            this.above = above;
        }

        Row with(int parent, @Nullable Frame frame) {
            @Nullable Frame[] longer = above.clone();
            longer[parent] = frame;
            return new Row(longer);
        }

        Frame deepest() {
            Frame found = null;
            for (Frame frame : above) {
                if (frame != null && (found == null || frame.path.size() > found.path.size())) {
                    found = frame;
                }
            }
            if (found == null) {
                throw new IllegalStateException("a combination of no parents");
            }
            return found;
        }
    }

    /** The parents joined by index: first those that must be there, then the ancillary ones. */
    private List<Row> joined(List<List<Frame>> before) {
        List<Row> rows = new ArrayList<>();
        int depth = -1;
        for (boolean ancillary : new boolean[] {false, true}) {
            for (int i = 0; i < parents.size(); i++) {
                ParentStep parent = parents.get(i);
                if (parent.ancillary() != ancillary) {
                    continue;
                }
                List<Frame> frames = parent.step() < 0 ? List.of() : before.get(parent.step());
                rows =
                        depth < 0
                                ? first(i, frames)
                                : join(rows, depth, i, frames, parent.depth(), ancillary);
                depth = Math.max(depth, parent.depth());
            }
        }
        return rows;
    }

    private List<Row> first(int parent, List<Frame> frames) {
        List<Row> rows = new ArrayList<>();
        for (Frame frame : frames) {
            rows.add(new Row(new @Nullable Frame[parents.size()]).with(parent, frame));
        }
        return rows;
    }

    private static List<Row> join(
            List<Row> rows, int depth, int parent, List<Frame> frames, int deep, boolean outer) {
        int common = Math.min(depth, deep);
        Map<List<Integer>, List<Frame>> byPath = new HashMap<>();
        for (Frame frame : frames) {
            byPath.computeIfAbsent(frame.path.subList(0, common), any -> new ArrayList<>())
                    .add(frame);
        }
        List<Row> joined = new ArrayList<>();
        for (Row row : rows) {
            List<Integer> path = row.deepest().path;
            List<Frame> found = byPath.get(path.subList(0, Math.min(common, path.size())));
            if (found != null) {
                found.forEach(frame -> joined.add(row.with(parent, frame)));
            } else if (outer) {
                joined.add(row);
            }
        }
        return joined;
    }
}
