package io.ripen.engine.touches;

import java.time.Clock;
import org.springframework.stereotype.Component;

/** Makes the point of no return of each attempt. */
@Component
final class HandOvers {

  private final TouchLedger ledger;
  private final Admission admission;
  private final TouchPolicy policy;
  private final Clock clock;

  HandOvers(TouchLedger ledger, Admission admission, TouchPolicy policy, Clock clock) {
    this.ledger = ledger;
    this.admission = admission;
    this.policy = policy;
    this.clock = clock;
  }

  PointOfNoReturn of(Touch touch, String channel, Claim claim) {
    return new PointOfNoReturn(
        ledger,
        claim,
        policy.answerLease(),
        () -> admission.lookAgain(touch, channel, claim),
        clock);
  }
}
