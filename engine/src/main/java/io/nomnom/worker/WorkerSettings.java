package io.nomnom.worker;

import java.time.Duration;

/**
 * How the worker works.
 *
 * @param maxDeliver failed attempts until a message goes to the dead letters
 * @param batchSize messages in one transaction at most
 * @param lanes loops at once
 * @param idleWait how long a fetch waits for the first message
 * @param statusRetention how long ended messages stay in the ledger
 */
public record WorkerSettings(
        int maxDeliver, int batchSize, int lanes, Duration idleWait, Duration statusRetention) {}
