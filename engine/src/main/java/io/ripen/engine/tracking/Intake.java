package io.ripen.engine.tracking;

import java.util.concurrent.Semaphore;

/**
 * Bounds how many bytes of requests are worked on at a time, so that neither a rush nor a Kafka
 * that hangs fills the memory. Safe for use by many threads.
 */
final class Intake {

  private final Semaphore free;

  Intake(int mostBytes) {
    this.free = new Semaphore(mostBytes);
  }

  /**
   * Lets a request in, which has to {@link #leave} whatever becomes of it.
   *
   * @throws Refusal when there are too many
   */
  void enter(int bytes) throws Refusal {
    if (!free.tryAcquire(bytes)) {
      throw Refusal.unavailable("too many requests at once (expected: the same request, later)");
    }
  }

  void leave(int bytes) {
    free.release(bytes);
  }
}
