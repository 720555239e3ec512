package io.ripen.channels;

import java.time.Duration;

/** What a provider knows of a message that was handed over, and not accepted yet. */
public sealed interface Finding {

  /**
   * It has it: the message is accepted.
   *
   * @param providerId as in {@link SendResult.Accepted}
   */
  record Found(String providerId) implements Finding {}

  /** It certainly does not have it: the message may be sent again. */
  record Missing() implements Finding {}

  /**
   * It cannot be known now.
   *
   * @param cause why, free of personal data
   * @param backoff after what time asking again may tell more; zero if it never will
   */
  record Unknown(String cause, Duration backoff) implements Finding {}
}
