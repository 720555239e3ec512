package io.ripen.engine.touches;

import io.ripen.channels.Channel.HandOver;
import java.util.Optional;
import java.util.function.Supplier;

/** The last moment before a message is gone. */
final class PointOfNoReturn implements HandOver {

  private final Supplier<Optional<TouchOutcome>> handOver;
  private boolean passed;

  /**
   * @param handOver passes it in the ledger, or says why the message must not go out after all
   */
  PointOfNoReturn(Supplier<Optional<TouchOutcome>> handOver) {
    this.handOver = handOver;
  }

  @Override
  public void begin() {
    handOver
        .get()
        .ifPresent(
            outcome -> {
              throw new TakenBack(outcome);
            });
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
