package io.ripen.channels.guarded;

import java.time.Duration;

/**
 * What a provider can bear from this process; processes that share a provider share its limits, so
 * give each its part.
 *
 * @param messages so many get their turn at most in any time of this length, one by one at equal
 *     distances; what each does then, such as opening a connection, may take longer for one than
 *     for the next
 * @param per the length, for example a second
 * @param concurrent so many at most at once
 * @param longestWait no caller waits longer for its turn; it is told when to come back
 * @param failures after so many sends, of which at least half failed for no fault of the message,
 *     all stop for a while
 * @param openFor for how long; then one message tries how it is now
 */
public record Limits(
    int messages,
    Duration per,
    int concurrent,
    Duration longestWait,
    int failures,
    Duration openFor) {

  public Limits {
    atLeastOne("messages", messages);
    atLeastOne("concurrent", concurrent);
    atLeastOne("failures", failures);
    positive("per", per);
    positive("openFor", openFor);
    if (longestWait.isNegative()) {
      throw new IllegalArgumentException(
          "longestWait: " + longestWait + " (expected: not negative)");
    }
  }

  /**
   * So many messages a second, and for the rest what suits most providers. All jobs that a worker
   * has in hand find a place and a turn in that time, at ten a second, too: who is told to come
   * back does so half a minute later at the soonest.
   */
  public static Limits perSecond(int messages) {
    return new Limits(
        messages, Duration.ofSeconds(1), 20, Duration.ofSeconds(10), 10, Duration.ofSeconds(30));
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
    }
  }

  private static void positive(String name, Duration value) {
    if (!value.isPositive()) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: longer than nothing)");
    }
  }
}
