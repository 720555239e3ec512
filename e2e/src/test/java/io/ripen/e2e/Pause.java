package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A point that a script reaches, and stays at until a test lets it go on. */
final class Pause {

  private static final long LIMIT_SECONDS = 90;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  /** Called by the script. */
  void hold() {
    reached.countDown();
    awaitLatch(over, "nobody ended the pause");
  }

  void awaitReached() {
    awaitLatch(reached, "the pause was not reached");
  }

  void end() {
    over.countDown();
  }

  private static void awaitLatch(CountDownLatch latch, String otherwise) {
    try {
      assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).as(otherwise).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(otherwise, e);
    }
  }
}
