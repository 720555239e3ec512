package io.ripen.engine.events;

import java.util.concurrent.CompletableFuture;

/** Puts events on the topic {@code ripen.events}. Safe for use by many threads. */
public interface EventPublisher {

  /**
   * Publishes one event.
   *
   * @return completes when Kafka has acknowledged the event on all in-sync replicas, so that it
   *     survives us; exceptionally, when it did not within {@code ripen.events.ack-timeout}, though
   *     it may do so later
   */
  CompletableFuture<Void> publish(Event event);
}
