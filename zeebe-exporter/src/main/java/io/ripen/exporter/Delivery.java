package io.ripen.exporter;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * Sends records in order and many at once, and says up to which position all are safe.
 *
 * <p>While Kafka cannot be reached records wait here, up to a limit, and then {@link #offer} says
 * no. Nothing behind a record that failed is sent before it: a reader that takes positions as
 * growing would take the late one for a repetition. After a failure that the producer does not
 * overcome by itself, a new one sends everything again from the first record without an
 * acknowledgement. So a record may come twice, and none is lost.
 *
 * <p>For one thread, the exporter's.
 */
final class Delivery {

  static final int LIMIT = 10_000;
  static final Duration REST = Duration.ofSeconds(3);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

  private final Supplier<Producer<String, String>> producers;
  private final LongConsumer settled;
  private final LongSupplier nanoTime;
  private final Logger log;
  private final Deque<Pending> sent = new ArrayDeque<>();
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private @Nullable Producer<String, String> producer;
  private long settledUpTo = -1;
  private long reported = -1;
  private boolean troubled;
  private long triedAt;

  /**
   * @param producers makes a producer whenever one is needed; may throw
   * @param settled hears the position up to which all is safe, growing
   * @param nanoTime as {@link System#nanoTime()}
   */
  Delivery(
      Supplier<Producer<String, String>> producers,
      LongConsumer settled,
      LongSupplier nanoTime,
      Logger log) {
    this.producers = producers;
    this.settled = settled;
    this.nanoTime = nanoTime;
    this.log = log;
  }

  /**
   * Takes a record for delivery.
   *
   * @return false when too many wait already; then nothing is taken
   */
  boolean offer(ProducerRecord<String, String> record, long position) {
    if (sent.size() + waiting.size() >= LIMIT) {
      return false;
    }
    waiting.add(new Pending(record, position));
    if (!troubled) {
      send();
    }
    return true;
  }

  /** Notes a record that needs no delivery: settled as soon as all before it are. */
  void skip(long position) {
    Pending last = waiting.isEmpty() ? sent.peekLast() : waiting.peekLast();
    if (last == null) {
      settledUpTo = position;
    } else {
      last.settles = position;
    }
  }

  /** Reports what is safe by now, and sends what waits; to be called now and then. */
  void advance() {
    settle();
    Pending first = sent.peek();
    Exception failure = first == null ? null : first.failure();
    if (failure != null) {
      startOver(failure);
    }
    if (!waiting.isEmpty() && !resting()) {
      send();
    }
  }

  /** Each try without Kafka holds the broker's thread for up to a second: not all the time. */
  private boolean resting() {
    return troubled && nanoTime.getAsLong() - triedAt < REST.toNanos();
  }

  /** Waits a little for what is under way, and reports it. */
  void close() {
    if (producer != null) {
      producer.close(CLOSE_WAIT);
      producer = null;
    }
    settle();
  }

  private void settle() {
    for (Pending first = sent.peek(); first != null; first = sent.peek()) {
      if (first.failure() instanceof RecordTooLargeException tooLarge) {
        log.error("Record at position {} is left out: {}", first.settles, tooLarge.getMessage());
      } else if (!first.acknowledged()) {
        break;
      }
      settledUpTo = first.settles;
      sent.poll();
    }
    if (settledUpTo > reported) {
      reported = settledUpTo;
      settled.accept(settledUpTo);
    }
  }

  private void send() {
    try {
      Producer<String, String> open = producer == null ? producers.get() : producer;
      producer = open;
      while (!waiting.isEmpty()) {
        Pending next = waiting.element();
        var unused = open.send(next.record, (metadata, failure) -> answer(next, failure));
        Exception refused = next.failure();
        if (refused != null && !(refused instanceof RecordTooLargeException)) {
          next.again();
          trouble(refused);
          return;
        }
        sent.add(waiting.remove());
      }
      if (troubled) {
        troubled = false;
        log.info("Kafka takes records again");
      }
    } catch (RuntimeException e) {
      startOver(e);
    }
  }

  private static void answer(Pending record, @Nullable Exception failure) {
    if (failure == null) {
      record.acknowledge();
    } else {
      record.fail(failure);
    }
  }

  /** Puts everything without an acknowledgement back in front of what waits, in order. */
  private void startOver(Exception cause) {
    trouble(cause);
    if (producer != null && !(cause instanceof RetriableException && sent.isEmpty())) {
      producer.close(Duration.ZERO);
      producer = null;
    }
    while (!sent.isEmpty()) {
      Pending last = sent.removeLast();
      waiting.addFirst(new Pending(last.record, last.settles));
    }
  }

  private void trouble(Exception cause) {
    triedAt = nanoTime.getAsLong();
    if (!troubled) {
      troubled = true;
      log.warn("Kafka does not take records, which wait until it does: {}", cause.toString());
    }
  }
}
