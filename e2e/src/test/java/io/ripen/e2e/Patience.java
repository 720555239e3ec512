package io.ripen.e2e;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** How long a test waits for what it can see: on a loaded machine everything takes its time. */
final class Patience {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  private Patience() {}

  static ConditionFactory soon(String what) {
    return await(what)
        .atMost(LIMIT)
        .pollInSameThread()
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions();
  }
}
