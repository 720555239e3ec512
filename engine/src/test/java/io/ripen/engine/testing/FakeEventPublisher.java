package io.ripen.engine.testing;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventPublisher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** Keeps events in place of Kafka, and can be in trouble as Kafka can. */
public final class FakeEventPublisher implements EventPublisher {

  private final List<Event> published = new CopyOnWriteArrayList<>();
  private volatile Trouble trouble = FakeEventPublisher::none;
  private volatile Predicate<Event> unwanted = event -> false;

  /** What was published. */
  public List<Event> published() {
    return published;
  }

  /** From now on takes no event, for no broker answers. */
  public void fails() {
    trouble = () -> CompletableFuture.failedFuture(new TimeoutException("no broker"));
  }

  /** From now on takes events again. */
  public void recovers() {
    trouble = FakeEventPublisher::none;
  }

  /** From now on refuses such events, and takes others. */
  public void refuses(Predicate<Event> events) {
    unwanted = events;
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
    if (unwanted.test(event)) {
      return CompletableFuture.failedFuture(new RecordTooLargeException("too large"));
    }
    CompletableFuture<Void> result = trouble.meet();
    if (!result.isCompletedExceptionally()) {
      published.add(event);
    }
    return result;
  }

  private static CompletableFuture<Void> none() {
    return CompletableFuture.completedFuture(null);
  }

  private interface Trouble {
    CompletableFuture<Void> meet();
  }
}
