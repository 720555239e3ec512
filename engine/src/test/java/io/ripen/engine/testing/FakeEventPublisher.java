package io.ripen.engine.testing;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventPublisher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/** Keeps events in place of Kafka, and can be in trouble as Kafka can. */
public final class FakeEventPublisher implements EventPublisher {

  private final List<Event> published = new CopyOnWriteArrayList<>();
  private volatile Trouble trouble = () -> CompletableFuture.completedFuture(null);

  /** What was published. */
  public List<Event> published() {
    return published;
  }

  /** From now on refuses every event. */
  public void fails() {
    trouble = () -> CompletableFuture.failedFuture(new IllegalStateException("no broker"));
  }

  /** From now on keeps every caller waiting until the latch opens. */
  public void blocksUntil(CountDownLatch latch) {
    trouble =
        () -> {
          try {
            latch.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return CompletableFuture.completedFuture(null);
        };
  }

  @Override
  public CompletableFuture<Void> publish(Event event) {
    CompletableFuture<Void> result = trouble.meet();
    if (!result.isCompletedExceptionally()) {
      published.add(event);
    }
    return result;
  }

  private interface Trouble {
    CompletableFuture<Void> meet();
  }
}
