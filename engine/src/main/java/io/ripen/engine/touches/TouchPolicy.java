package io.ripen.engine.touches;

import io.ripen.engine.gate.Medium;
import java.time.Duration;
import java.util.Map;

/**
 * How touches are retried and settled.
 *
 * @param lease how long a worker may take up to the point of no return before another may take over
 * @param answerLease how long the provider may take to answer after it
 * @param useBy how long after it was planned a touch is of use, where its flow does not say
 * @param whenUncertain by channel; {@link WhenUncertain#ASSUME_SENT} where nothing is said
 */
record TouchPolicy(
    Duration lease,
    Duration answerLease,
    Duration useBy,
    Map<Medium, WhenUncertain> whenUncertain) {

  /** What to do when nobody can know whether the provider has a message. */
  enum WhenUncertain {
    /** Never twice: take it as sent. */
    ASSUME_SENT,
    /** Never lost: send again, with the same Message-ID. */
    RESEND
  }

  /** How long the touch is of use. */
  Duration useBy(Touch touch) {
    return touch.useBy() == null ? useBy : touch.useBy();
  }

  boolean resends(Medium medium) {
    return whenUncertain.get(medium) == WhenUncertain.RESEND;
  }
}
