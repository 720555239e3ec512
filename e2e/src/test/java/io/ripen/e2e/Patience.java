package io.ripen.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;
import org.awaitility.pollinterval.IterativePollInterval;

/** How long a test waits for what it can see: on a loaded machine everything takes its time. */
final class Patience {

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Duration FIRST_LOOK_AGAIN = Duration.ofMillis(25);
  private static final Duration LONGEST_REST = Duration.ofMillis(200);

  private Patience() {}

  static ConditionFactory soon(String what) {
    return await(what)
        .atMost(LIMIT)
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(IterativePollInterval.iterative(Patience::longer, FIRST_LOOK_AGAIN))
        .ignoreExceptions();
  }

  /** The same for what is done at each look, such as to move the time on, after a rest. */
  static ConditionFactory soonByAndBy(String what, Duration rest) {
    return soon(what).pollDelay(rest).pollInterval(rest);
  }

  private static Duration longer(Duration rest) {
    Duration twice = rest.multipliedBy(2);
    return twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
  }
}
