package io.ripen.engine.console;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Waits a little until the read model, which is about a second behind the broker, shows what was
 * just done. What it does not show in time it shows later; nothing depends on it but the page.
 */
final class Mirror {

  private static final Duration PATIENCE = Duration.ofSeconds(4);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Mirror() {}

  static <T> Optional<T> await(Supplier<Optional<T>> look) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Optional<T> seen = look.get();
    while (seen.isEmpty() && System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(PAUSE.toNanos());
      seen = look.get();
    }
    return seen;
  }
}
