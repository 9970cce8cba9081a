package io.nomnom.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.nomnom.message.Headers;
import io.nomnom.message.MalformedException;
import io.nomnom.message.MessageIds;
import io.nomnom.message.MessageParser;
import io.nomnom.message.Parsed;
import io.nomnom.message.Parsed.Code;
import io.nomnom.nats.Published;
import io.nomnom.nats.Publisher;
import io.nomnom.nats.Queue;
import io.nomnom.observe.Observation;
import io.nomnom.observe.Observer;
import io.nomnom.plan.LinePlan;
import io.nomnom.plan.MessagePlan;
import io.nomnom.plan.Plan;
import io.nomnom.plan.Plans;
import io.nomnom.yaml.Nearest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The way of one message into the queue: bytes, plan, validation, publish, answer. Runs on the
 * event loop and does not block; the one async hop is JetStream's acknowledgement.
 */
public final class Acceptance {
    /** Room in a message for the reasons of a dead letter. */
    private static final int REASON_ROOM = 64 * 1024;

    private static final int RETRY_SECONDS = 2;

    /** W3C Trace Context, version-traceid-parentid-flags. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private static final String SOURCE = "/nomnom/ingest";

    private final Plans plans;
    private final Publisher publisher;
    private final Queue queue;
    private final long maxMessageBytes;
    private final Observer observer;
    private final InstantSource clock;

    public Acceptance(
            Plans plans,
            Publisher publisher,
            Queue queue,
            long maxMessageBytes,
            Observer observer,
            InstantSource clock) {
        this.plans = plans;
        this.publisher = publisher;
        this.queue = queue;
        this.maxMessageBytes = maxMessageBytes;
        this.observer = observer;
        this.clock = clock;
    }

    /**
     * A request.
     *
     * @param entity by path or header; null where the payload says it
     * @param isLine whether the body is a line of delimited text, rather than JSON
     * @param path of the request, for the problem's instance
     */
    public record Request(
            @Nullable String entity,
            byte[] body,
            boolean isLine,
            String path,
            @Nullable String idempotencyKey,
            @Nullable String traceparent) {}

    /** What a look at the request gave. */
    private sealed interface Checked {

        /** It may be queued; the key of its fields is null where it has none. */
        record Good(String entity, byte[] body, @Nullable String key) implements Checked {}

        /** It is refused. */
        record Bad(Problem problem) implements Checked {}
    }

    /** Validates and queues one message. The stage never fails. */
    public CompletionStage<Answer> accept(Request request) {
        Plan plan = plans.get();
        long limit = Math.min(maxMessageBytes, queue.maxPayload() - REASON_ROOM);
        if (request.body().length > limit) {
            return refused(
                    "",
                    Problem.of(
                            413,
                            "too_large",
                            "%d bytes; a message has at most %d (MAX_MESSAGE_BYTES)"
                                    .formatted(request.body().length, limit),
                            request.path()));
        }
        return switch (check(plan, request)) {
            case Checked.Good good -> publish(plan, request, good);
            case Checked.Bad bad ->
                    refused(request.entity() == null ? "" : request.entity(), bad.problem());
        };
    }

    private Checked check(Plan plan, Request request) {
        JsonNode payload;
        try {
            if (request.isLine()) {
                return checkLine(plan, request, MessageParser.text(request.body()).strip());
            }
            payload = MessageParser.json(request.body());
        } catch (MalformedException fault) {
            return bad(400, "unparseable", fault.getMessage(), request.path());
        }
        String entity = request.entity();
        byte[] body = request.body();
        if (entity == null) {
            JsonNode named = payload.path("entity_type");
            if (!named.isTextual()) {
                return bad(
                        400,
                        "entity_missing",
                        "no entity named: set X-Entity-Type or ce-type, or the key entity_type",
                        request.path());
            }
            entity = named.textValue();
            if (payload.path("body").isObject()) {
                payload = payload.path("body");
                body = payload.toString().getBytes(StandardCharsets.UTF_8);
            }
        }
        return check(plan, request, entity, payload, body);
    }

    /** A line is queued as the JSON object that it stands for. */
    private Checked checkLine(Plan plan, Request request, String line) {
        LinePlan layout = plan.lineOf(line);
        String entity = request.entity();
        if (line.indexOf('\n') >= 0) {
            return bad(400, "unparseable", "one line is expected, here are more", request.path());
        }
        if (layout == null || (entity != null && !layout.entity().equals(entity))) {
            return bad(
                    400,
                    "unparseable",
                    "the line begins with no known prefix; known: "
                            + plan.lines().entrySet().stream()
                                    .filter(each ->
                                            entity == null
                                                    || each.getValue().entity().equals(entity))
                                    .map(each -> each.getKey() + each.getValue().delimiter())
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    request.path());
        }
        JsonNode payload = layout.payload(line);
        byte[] body = payload.toString().getBytes(StandardCharsets.UTF_8);
        return check(plan, request, layout.entity(), payload, body);
    }

    private Checked check(
            Plan plan, Request request, String entity, JsonNode payload, byte[] body) {
        MessagePlan route = plan.route(entity);
        if (route == null) {
            List<String> known = plan.routes().keySet().stream().sorted().toList();
            String hint = Nearest.hint(entity, known);
            return bad(
                    404,
                    "unknown_entity",
                    "'%s' is not an entity that is taken in; known: %s%s"
                            .formatted(
                                    entity,
                                    String.join(", ", known),
                                    hint == null ? "" : "; " + hint),
                    request.path());
        }
        Instant now = clock.instant();
        String key = MessageParser.idempotencyKey(payload, route, now);
        if (route.onlySyntax()) {
            return new Checked.Good(entity, body, key);
        }
        return switch (MessageParser.parse(payload, route, now)) {
            case Parsed.Rows ignored -> new Checked.Good(entity, body, key);
            case Parsed.Rejection rejection ->
                    new Checked.Bad(
                            Problem.of(
                                    rejection.code() == Code.UNPARSEABLE ? 400 : 422,
                                    rejection.code().word(),
                                    rejection.message(),
                                    request.path(),
                                    rejection.errors()));
        };
    }

    private static Checked bad(int status, String code, String detail, String path) {
        return new Checked.Bad(Problem.of(status, code, detail, path));
    }

    private CompletionStage<Answer> publish(Plan plan, Request request, Checked.Good ready) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UUID id = id(request, ready, now);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(Headers.MESSAGE_ID, id.toString());
        headers.put(Headers.CATALOG, plan.hash());
        headers.put(Headers.GENERATION, "0");
        headers.put(Headers.CE_SPECVERSION, "1.0");
        headers.put(Headers.CE_ID, id.toString());
        headers.put(Headers.CE_TYPE, ready.entity());
        headers.put(Headers.CE_SOURCE, SOURCE);
        headers.put(Headers.CE_TIME, now.toString());
        headers.put(Headers.CONTENT_TYPE, "application/json");
        if (request.traceparent() != null && TRACEPARENT.matcher(request.traceparent()).matches()) {
            headers.put(Headers.TRACEPARENT, request.traceparent());
        }
        long began = System.nanoTime();
        return publisher
                .publish(ready.entity(), headers, ready.body())
                .thenApply(published ->
                        switch (published) {
                            case Published.Stored stored -> {
                                observer.observe(
                                        new Observation.Accepted(
                                                ready.entity(),
                                                stored.duplicate(),
                                                Duration.ofNanos(System.nanoTime() - began)));
                                yield new Answer.Accepted(
                                        id.toString(),
                                        ready.entity(),
                                        now.toString(),
                                        "/ingest/status/" + id + "?seq=" + stored.sequence(),
                                        stored.duplicate(),
                                        stored.durability());
                            }
                            case Published.Unavailable away ->
                                    unavailable(request, ready.entity(), id, away);
                        });
    }

    /** By the fields that name the message, else by the request's key, else random. */
    private static UUID id(Request request, Checked.Good ready, Instant now) {
        if (ready.key() != null) {
            return MessageIds.derived("anonymous", ready.entity(), "fields", ready.key());
        }
        String key = request.idempotencyKey();
        return key == null
                ? MessageIds.random(now)
                : MessageIds.derived("anonymous", ready.entity(), key);
    }

    private Answer unavailable(
            Request request, String entity, UUID id, Published.Unavailable away) {
        observer.observe(new Observation.Refused(entity, 503));
        Problem problem =
                Problem.of(
                        503,
                        away.full() ? "queue_full" : "queue_unreachable",
                        away.reason(),
                        request.path());
        return new Answer.Refused(
                away.maybeQueued() ? problem.unknownWhetherQueued(id.toString()) : problem,
                RETRY_SECONDS);
    }

    private CompletionStage<Answer> refused(String entity, Problem problem) {
        String known = plans.get().route(entity) == null ? "unknown" : entity;
        observer.observe(new Observation.Refused(known, problem.status()));
        return CompletableFuture.completedStage(new Answer.Refused(problem, null));
    }
}
