package io.nomnom.worker;

import io.nomnom.message.Parsed;
import io.nomnom.message.Parsed.Code;
import io.nomnom.message.Parsed.Rejection;
import io.nomnom.nats.Delivery;
import io.nomnom.pg.BatchWriter.Claim;
import java.util.List;

/** A delivery and what its bytes are under the plan. */
record WorkItem(Delivery delivery, Parsed parsed) {

    static WorkItem rejected(Delivery delivery, Code code, String message) {
        return new WorkItem(delivery, new Rejection(code, message, List.of()));
    }

    Claim claim() {
        return new Claim(delivery.envelope(), parsed);
    }
}
