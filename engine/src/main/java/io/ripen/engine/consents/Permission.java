package io.ripen.engine.consents;

import java.time.Instant;

/** Whether a person may be written to by one channel for one purpose, and if not, why. */
public sealed interface Permission {

  /** They may. */
  record Granted() implements Permission {}

  /** They never said yes. */
  record NeverGiven() implements Permission {}

  /** They took it back. */
  record Withdrawn(Instant at) implements Permission {}

  /**
   * Nobody may write to this address, whoever's it is.
   *
   * @param reason a word: {@code unsubscribed}, {@code bounced}, {@code complained}
   */
  record Suppressed(String reason, Instant since) implements Permission {}
}
