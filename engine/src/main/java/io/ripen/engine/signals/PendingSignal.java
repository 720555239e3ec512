package io.ripen.engine.signals;

import java.time.Duration;

/**
 * A row of the outbox that is due.
 *
 * @param variables a JSON object
 * @param attempts how often Zeebe refused it
 */
record PendingSignal(
    long id,
    String name,
    String correlationKey,
    String messageId,
    Duration timeToLive,
    String variables,
    int attempts) {}
