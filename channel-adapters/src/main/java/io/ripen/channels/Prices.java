package io.ripen.channels;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;

/**
 * A provider that tells afterwards what its messages cost. Safe for use by many threads; asking
 * changes nothing.
 */
public interface Prices {

  /**
   * Asks once, and waits for the answer.
   *
   * @param providerId as in {@link SendResult.Accepted}
   */
  Answer of(String providerId);

  /** What the provider says. */
  sealed interface Answer {
    /**
     * It cost this.
     *
     * @param price zero or more
     */
    record Known(BigDecimal price, Currency currency) implements Answer {}

    /** It does not know yet. */
    record NotYet() implements Answer {}

    /** It has no such message, and will not have one. */
    record Never() implements Answer {}

    /**
     * It does not answer anybody now.
     *
     * @param cause free of secrets and of personal data
     * @param backoff for how long nothing should be asked
     */
    record Unanswered(String cause, Duration backoff) implements Answer {}
  }
}
