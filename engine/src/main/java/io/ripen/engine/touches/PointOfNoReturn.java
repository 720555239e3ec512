package io.ripen.engine.touches;

import io.ripen.channels.Channel.HandOver;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The last moment before a message is gone. Passed only by a worker that still holds the claim; one
 * that was held up since the gate let it through asks the gate again.
 */
final class PointOfNoReturn implements HandOver {

  private static final Duration HELD_UP = Duration.ofSeconds(2);

  private final TouchLedger ledger;
  private final Claim claim;
  private final Duration answerLease;
  private final Supplier<Optional<TouchOutcome>> lookAgain;
  private final Clock clock;
  private boolean passed;

  PointOfNoReturn(
      TouchLedger ledger,
      Claim claim,
      Duration answerLease,
      Supplier<Optional<TouchOutcome>> lookAgain,
      Clock clock) {
    this.ledger = ledger;
    this.claim = claim;
    this.answerLease = answerLease;
    this.lookAgain = lookAgain;
    this.clock = clock;
  }

  @Override
  public void begin() {
    if (Duration.between(claim.claimedAt(), clock.instant()).compareTo(HELD_UP) > 0) {
      lookAgain
          .get()
          .ifPresent(
              outcome -> {
                throw new TakenBack(outcome);
              });
    }
    if (!ledger.handOver(claim, answerLease)) {
      throw new TakenBack(
          new TryLater(Duration.ofSeconds(10), "another worker took this touch over"));
    }
    passed = true;
  }

  /** Whether the provider may have the message. */
  boolean isPassed() {
    return passed;
  }

  /** The message must not go out after all. */
  static final class TakenBack extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient TouchOutcome outcome;

    TakenBack(TouchOutcome outcome) {
      super("the message was taken back", null, false, false);
      this.outcome = outcome;
    }

    TouchOutcome outcome() {
      return outcome;
    }
  }
}
