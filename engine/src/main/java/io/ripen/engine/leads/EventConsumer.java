package io.ripen.engine.leads;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.leads.DeadLetters.DeadLetter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Reads the topic of events in batches. What is wrong with one event puts it aside, and the rest
 * goes on; what is wrong with a server, or a race that is lost again and again, is thrown, so that
 * the batch comes again. Safe for use by many threads.
 */
final class EventConsumer implements BatchMessageListener<byte[], byte[]> {

  private static final Duration CLOCKS_AGREE = Duration.ofSeconds(1);

  private final EventJson json;
  private final Numbers numbers;
  private final ApplyPatiently applyEvents;
  private final DeadLetters deadLetters;
  private final LeadMetrics metrics;
  private final Clock clock;

  EventConsumer(
      EventJson json,
      Numbers numbers,
      ApplyPatiently applyEvents,
      DeadLetters deadLetters,
      LeadMetrics metrics,
      Clock clock) {
    this.json = json;
    this.numbers = numbers;
    this.applyEvents = applyEvents;
    this.deadLetters = deadLetters;
    this.metrics = metrics;
    this.clock = clock;
  }

  private record Read(ConsumerRecord<byte[], byte[]> record, Event event) {}

  /** Returns when all events are in PostgreSQL or on the topic of the dead. */
  @Override
  public void onMessage(List<ConsumerRecord<byte[], byte[]>> records) {
    metrics.batch(records.size(), () -> take(records));
  }

  private void take(List<ConsumerRecord<byte[], byte[]>> records) {
    Duration ahead = ahead();
    List<DeadLetter> dead = new ArrayList<>();
    List<Read> read = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        read.add(new Read(record, read(record, ahead)));
      } catch (InvalidEvent e) {
        dead.add(new DeadLetter(record, String.valueOf(e.getMessage())));
      }
    }
    apply(read, dead);
    if (!dead.isEmpty()) {
      deadLetters.bury(dead);
      metrics.dead(dead.size());
    }
  }

  private Event read(ConsumerRecord<byte[], byte[]> record, Duration ahead) throws InvalidEvent {
    if (record.value() == null) {
      throw new InvalidEvent("the record is empty (expected: an event as JSON)");
    }
    Event event =
        json.read(
            record.value(),
            new Arrival.OnTopic(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                arrivedAt(record, ahead)));
    numbers.spell(event);
    return event;
  }

  private Instant arrivedAt(ConsumerRecord<byte[], byte[]> record, Duration ahead) {
    return record.timestamp() < 0
        ? clock.instant()
        : Instant.ofEpochMilli(record.timestamp()).plus(ahead);
  }

  /** Kafka does not know of it when our clock is moved forward, as the local server's can be. */
  private Duration ahead() {
    Duration ahead = Duration.between(Instant.now(), clock.instant());
    return ahead.abs().compareTo(CLOCKS_AGREE) > 0 ? ahead : Duration.ZERO;
  }

  /** Applies all, or halves what cannot be applied until the culprit is alone. */
  private void apply(List<Read> events, List<DeadLetter> dead) {
    if (events.isEmpty()) {
      return;
    }
    try {
      Map<String, String> refused = applyEvents.apply(events.stream().map(Read::event).toList());
      events.stream()
          .filter(read -> refused.containsKey(read.event().messageId()))
          .forEach(
              read ->
                  dead.add(
                      new DeadLetter(
                          read.record(), refused.getOrDefault(read.event().messageId(), ""))));
    } catch (RuntimeException e) {
      Failure failure = Failure.of(e);
      // An event that others were always in the way of is as good as any.
      if (failure == Failure.SERVER || (failure == Failure.RACE && events.size() == 1)) {
        throw e;
      }
      if (events.size() > 1) {
        apply(events.subList(0, events.size() / 2), dead);
        apply(events.subList(events.size() / 2, events.size()), dead);
      } else {
        dead.add(new DeadLetter(events.getFirst().record(), Failure.describe(e)));
      }
    }
  }
}
