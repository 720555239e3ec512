package io.ripen.engine.touches;

import java.time.Duration;

/** What became of a touch, as its flow has to know it. No part of it holds personal data. */
public sealed interface TouchOutcome {

  /** The provider has the message, or must be taken to have it. */
  record Done() implements TouchOutcome {}

  /**
   * The gate did not let it out, for good.
   *
   * @param code a word for programs, for example {@code no-consent}
   * @param reason a sentence for people
   */
  record Denied(String code, String reason) implements TouchOutcome {}

  /** The provider will never take it, or we gave up trying. */
  record Rejected(String reason) implements TouchOutcome {}

  /** Nothing is decided yet; ask again after the delay, as often as it takes. */
  record TryLater(Duration delay, String cause) implements TouchOutcome {}

  /** It cannot be sent before somebody mends something; says what. Ask again after that. */
  record Broken(String problem) implements TouchOutcome {}
}
