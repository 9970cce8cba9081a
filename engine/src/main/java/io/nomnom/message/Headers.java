package io.nomnom.message;

/** The header names of messages in the queue: CloudEvents 1.0 in binary mode, and our own. */
public final class Headers {
    /** JetStream's deduplication id: the message id; with {@code .generation} on replays. */
    public static final String MESSAGE_ID = "Nats-Msg-Id";

    public static final String CATALOG = "nomnom-catalog";
    public static final String GENERATION = "nomnom-generation";
    public static final String CE_ID = "ce-id";
    public static final String CE_TYPE = "ce-type";
    public static final String CE_SOURCE = "ce-source";
    public static final String CE_TIME = "ce-time";
    public static final String CE_SPECVERSION = "ce-specversion";
    public static final String CONTENT_TYPE = "content-type";
    public static final String TRACEPARENT = "traceparent";

    /** On dead letters and replays: the sequence and time of the first storing in the queue. */
    public static final String STORED_SEQUENCE = "nomnom-stored-seq";

    public static final String STORED_TIME = "nomnom-stored-time";

    /** On dead letters: why, how often, from where, and when. */
    public static final String REASON_CODE = "nomnom-reason-code";

    public static final String REASON_MESSAGE = "nomnom-reason-message";
    public static final String REASON_ERRORS = "nomnom-reason-errors";
    public static final String ATTEMPTS = "nomnom-attempts";
    public static final String ORIGINAL_SUBJECT = "nomnom-original-subject";
    public static final String FIRST_FAILURE = "nomnom-first-failure";
    public static final String LAST_FAILURE = "nomnom-last-failure";

    /** On dead letters: the hash of the entity files in force at the worker that gave up. */
    public static final String WORKER_CATALOG = "nomnom-worker-catalog";

    private Headers() {}
}
