package io.ripen.engine.signals;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells the dispatcher of this process that there is something to send. */
final class Doorbell {

  private final BlockingQueue<Boolean> rung = new ArrayBlockingQueue<>(1);

  void ring() {
    rung.offer(true);
  }

  /** Rings once what the current transaction wrote can be seen, or now where there is none. */
  void ringAfterCommit() {
    if (!TransactionSynchronizationManager.isSynchronizationActive()) {
      ring();
      return;
    }
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            ring();
          }
        });
  }

  /** Waits until it rings, or the time is over; does not wait if it rang since the last call. */
  void await(Duration atMost) throws InterruptedException {
    rung.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
