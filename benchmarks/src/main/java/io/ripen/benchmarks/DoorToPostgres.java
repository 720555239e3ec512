package io.ripen.benchmarks;

import io.ripen.app.Failure;
import io.ripen.engine.events.EventTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Ripen's way of events: posted over a few connections, done when all are in PostgreSQL. */
final class DoorToPostgres {

  static final int CONNECTIONS = 4;

  /** Who reads the events in the engine, by its name in Kafka. */
  private static final String READERS = "ripen-leads";

  private static final Duration STANDSTILL = Duration.ofMinutes(1);
  private static final long LOOK_EVERY_MILLIS = 20;

  private final Deployment ripen;
  private final Admin kafka;

  DoorToPostgres(Deployment ripen, Admin kafka) {
    this.ripen = ripen;
    this.kafka = kafka;
  }

  /**
   * Sends the batches.
   *
   * @return when the last event was in PostgreSQL, by {@link System#nanoTime()}
   */
  long run(List<byte[]> batches) throws Exception {
    Queue<byte[]> queue = new ConcurrentLinkedQueue<>(batches);
    try (Door door = ripen.door();
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        senders.add(
            threads.submit(
                () -> {
                  for (byte[] batch = queue.poll(); batch != null; batch = queue.poll()) {
                    door.post(batch);
                  }
                  return null;
                }));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    }
    return awaitAllRead(KafkaToPostgres.ends(ripen.kafka(), EventTopics.EVENTS));
  }

  /**
   * The engine commits what it has read once it is in PostgreSQL; asking Kafka for that disturbs
   * less than counting rows over and over.
   */
  private long awaitAllRead(Map<TopicPartition, Long> ends)
      throws InterruptedException, ExecutionException {
    long before = -1;
    long deadline = System.nanoTime() + STANDSTILL.toNanos();
    while (true) {
      long missing = missing(ends);
      if (missing == 0) {
        return System.nanoTime();
      }
      if (missing != before) {
        before = missing;
        deadline = System.nanoTime() + STANDSTILL.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new Failure(
            "%d events are not in PostgreSQL, and no more come for a minute".formatted(missing));
      }
      Thread.sleep(LOOK_EVERY_MILLIS);
    }
  }

  private long missing(Map<TopicPartition, Long> ends)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        kafka.listConsumerGroupOffsets(READERS).partitionsToOffsetAndMetadata().get();
    long missing = 0;
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      OffsetAndMetadata read = committed.get(end.getKey());
      missing += end.getValue() - (read == null ? 0 : read.offset());
    }
    return missing;
  }
}
