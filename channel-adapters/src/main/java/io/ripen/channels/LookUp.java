package io.ripen.channels;

import java.time.Duration;
import java.time.Instant;

/**
 * Asks a provider whether it has a message whose hand-over was not answered. Safe for use by many
 * threads, and sends nothing.
 *
 * @param <M> what the channel sends
 */
public interface LookUp<M> {

  /** As {@link Channel#name()}. */
  String name();

  /**
   * Looks for one message.
   *
   * @param message as it was handed over
   * @param handedOver when, by our clock
   */
  Finding lookUp(M message, Instant handedOver);

  /** What the provider knows of a message. */
  sealed interface Finding {

    /**
     * It has it: the message is accepted.
     *
     * @param providerId as in {@link SendResult.Accepted}
     */
    record Found(String providerId) implements Finding {}

    /** It certainly does not have it: the message may be sent again. */
    record Missing() implements Finding {}

    /**
     * It cannot be known, now or ever.
     *
     * @param cause why, free of personal data
     * @param backoff after what time asking again may tell more
     */
    record Unknown(String cause, Duration backoff) implements Finding {}
  }
}
