package io.nomnom.dashboard;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.nomnom.nats.QueueLookup;
import io.nomnom.pg.DatabaseException;
import io.nomnom.pg.RowReader;
import io.nomnom.plan.Plans;
import io.nomnom.plan.TablePlan;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts rows, messages and what waits. Blocks. */
public final class StatsReader {
    private final Plans plans;
    private final RowReader reader;
    private final QueueLookup queue;

    public StatsReader(Plans plans, RowReader reader, QueueLookup queue) {
        this.plans = plans;
        this.reader = reader;
        this.queue = queue;
    }

    /** The counts; those of the queue are null where NATS is out of reach. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Stats(
            Map<String, Long> entities,
            Map<String, Map<String, Long>> statuses,
            @Nullable Long pending,
            @Nullable Long inFlight,
            @Nullable Long deadLetters) {}

    public Stats read() throws DatabaseException {
        Map<String, Long> entities = new TreeMap<>();
        for (TablePlan table : plans.get().tables()) {
            Long count = reader.count(table);
            if (count != null) {
                entities.put(table.entity(), count);
            }
        }
        QueueLookup.Lag lag = lag();
        return new Stats(
                entities,
                reader.statuses(),
                lag == null ? null : lag.pending(),
                lag == null ? null : lag.unacknowledged(),
                lag == null ? null : lag.deadLetters());
    }

    private QueueLookup.@Nullable Lag lag() {
        try {
            return queue.lag();
        } catch (IOException away) {
            return null;
        }
    }
}
