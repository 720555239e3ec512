package io.ripen.app.local;

import io.ripen.app.Failure;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.springframework.context.SmartLifecycle;

/**
 * Holds what Ripen does (consumers, workers, the HTTP port) until the whole stack is there; Ripen's
 * parts are put together meanwhile.
 */
final class StackGate implements SmartLifecycle {

  private final CompletableFuture<?> stack;
  private volatile boolean running;

  StackGate(CompletableFuture<?> stack) {
    this.stack = stack;
  }

  @Override
  public void start() {
    try {
      stack.join();
      running = true;
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    }
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before all others. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
