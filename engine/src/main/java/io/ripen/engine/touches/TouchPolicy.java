package io.ripen.engine.touches;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How touches are retried and settled.
 *
 * @param lease how long a worker may take up to the point of no return before another may take over
 * @param answerLease how long the provider may take to answer after it
 * @param giveUpAfter how long after it was planned a touch is tried at most
 */
record TouchPolicy(
    Duration lease, Duration answerLease, Duration giveUpAfter, WhenUncertain whenUncertain) {

  /** What to do when nobody can know whether the provider has a message. */
  enum WhenUncertain {
    /** Never twice: take it as sent. */
    ASSUME_SENT,
    /** Never lost: send again, with the same Message-ID. */
    RESEND
  }

  /** The code of a touch that is no longer tried. */
  static final String GAVE_UP = "gave-up";

  /** The code of a touch that waits for somebody to mend its flow or its content. */
  static final String BROKEN = "broken";

  boolean isTooLate(Instant plannedAt, Instant when) {
    return when.isAfter(plannedAt.plus(giveUpAfter));
  }

  String gaveUp(String lastCause) {
    return "Given up after %s; the last cause: %s"
        .formatted(giveUpAfter.toString().substring(2).toLowerCase(Locale.ROOT), lastCause);
  }

  boolean resends() {
    return whenUncertain == WhenUncertain.RESEND;
  }
}
