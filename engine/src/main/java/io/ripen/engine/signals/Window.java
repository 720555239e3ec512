package io.ripen.engine.signals;

import java.time.Duration;

/**
 * How many messages to have on their way at a time, and how long to rest between: a few more after
 * each round that Zeebe took whole, half as many when it pushed back, as TCP does. For one thread.
 */
final class Window {

  private static final int FIRST = 32;
  private static final int STEP = 16;
  private static final Duration SHORTEST_REST = Duration.ofMillis(100);
  private static final Duration LONGEST_REST = Duration.ofSeconds(10);

  private final int most;
  private int size;
  private Duration rest = Duration.ZERO;

  Window(int most) {
    this.most = most;
    this.size = Math.min(FIRST, most);
  }

  int size() {
    return size;
  }

  /** How long to leave Zeebe alone. */
  Duration rest() {
    return rest;
  }

  /** Notes a round in which Zeebe answered. */
  void taken() {
    size = Math.min(most, size + STEP);
    rest = Duration.ZERO;
  }

  /** Notes a round in which there was nothing to send. */
  void rested() {
    rest = Duration.ZERO;
  }

  /**
   * Notes a round in which Zeebe pushed back.
   *
   * @param some whether it took some all the same
   */
  void pushedBack(boolean some) {
    size = Math.max(1, size / 2);
    Duration longer = some || rest.isZero() ? SHORTEST_REST : rest.multipliedBy(2);
    rest = longer.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : longer;
  }
}
