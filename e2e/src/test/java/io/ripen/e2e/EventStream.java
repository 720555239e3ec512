package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A visitor who goes from page to page without end; it knows which events were taken, and when. */
final class EventStream implements AutoCloseable {

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(15);

  /**
   * An event that was taken.
   *
   * @param at when we knew, by this machine's clock
   */
  record Taken(String messageId, java.time.Instant at) {}

  private final Http door;
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private final List<Integer> refusals = new CopyOnWriteArrayList<>();
  private final Thread thread = Thread.ofPlatform().name("stream").unstarted(this::go);
  private volatile boolean isGoing = true;

  EventStream(Http door) {
    this.door = door;
    thread.start();
  }

  private void go() {
    while (isGoing) {
      String id = UUID.randomUUID().toString();
      Map<String, Object> page =
          Map.of(
              "type",
              "page",
              "anonymousId",
              "stream",
              "messageId",
              id,
              "properties",
              Map.of("url", "https://shop.example.com/kettles", "path", "/kettles"));
      int status = door.post(List.of(page)).statusCode();
      if (status == 200) {
        taken.add(new Taken(id, java.time.Instant.now()));
      } else {
        refusals.add(status);
      }
      LockSupport.parkNanos(PAUSE);
    }
  }

  List<Taken> taken() {
    return taken;
  }

  @Override
  public void close() {
    isGoing = false;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    assertThat(refusals).as("events that were refused").isEmpty();
  }
}
