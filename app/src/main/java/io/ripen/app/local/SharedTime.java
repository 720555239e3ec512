package io.ripen.app.local;

import java.io.IOException;
import java.time.Duration;

/**
 * Ripen's clock and Zeebe's, moved together and only forward. Whether Zeebe took a step whose
 * answer was lost, its clock tells; what stays unknown, the next move settles.
 */
final class SharedTime {

  private static final Duration MOST_AT_ONCE = Duration.ofDays(3660);
  private static final int ATTEMPTS = 3;

  private final LocalClock ours;
  private final ZeebeClock zeebes;

  SharedTime(LocalClock ours, ZeebeClock zeebes) {
    this.ours = ours;
    this.zeebes = zeebes;
  }

  /**
   * Moves both on.
   *
   * @throws IllegalArgumentException when the step is not positive, or longer than ten years
   * @throws IOException when Zeebe did not take it; the message says whether ours has moved
   */
  synchronized void advance(Duration step) throws IOException {
    if (!step.isPositive() || step.compareTo(MOST_AT_ONCE) > 0) {
      throw new IllegalArgumentException(
          "advance: %s (expected: more than zero, at most %s)".formatted(step, MOST_AT_ONCE));
    }
    Duration before = furthest();
    Duration after = before.plus(step);
    // Ours first: a timer that fires at once must not find us in the past.
    ours.moveTo(after);
    moveZeebe(before, after);
  }

  private void moveZeebe(Duration before, Duration after) throws IOException {
    IOException failure;
    int attempts = 0;
    do {
      try {
        zeebes.moveTo(after);
        return;
      } catch (IOException e) {
        failure = e;
      }
    } while (++attempts < ATTEMPTS);
    // Without an answer, the step may still be on its way to Zeebe.
    if (failure instanceof Http.Refused && isSeenBehind(after)) {
      ours.moveTo(before);
      throw new IOException(
          "Zeebe's clock could not be moved, so no time has passed: " + failure.getMessage(),
          failure);
    }
    throw new IOException(
        "Zeebe did not say whether its clock has moved; ours has, and the next move or Zeebe's next"
            + " start brings both together: "
            + failure.getMessage(),
        failure);
  }

  private boolean isSeenBehind(Duration offset) {
    try {
      return zeebes.isBehind(offset);
    } catch (IOException e) {
      return false;
    }
  }

  /** Usually both are there; Zeebe alone is, where it took a step late that we gave up. */
  private Duration furthest() throws IOException {
    Duration zeebe;
    try {
      zeebe = zeebes.offset();
    } catch (IOException e) {
      throw new IOException(
          "Zeebe's clock could not be read, so no time has passed: " + e.getMessage(), e);
    }
    return zeebe.compareTo(ours.offset()) > 0 ? zeebe : ours.offset();
  }
}
