package io.ripen.engine.leads;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventTopics;
import io.ripen.engine.events.InvalidEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Reads the topic of events in batches. What is wrong with one event goes to the dead-letter topic
 * with its reason, and the rest goes on; what is wrong with a server is waited for.
 */
@Component
@Profile("engine")
class EventConsumer {

  static final String ID = "leads";

  private static final Logger LOG = LoggerFactory.getLogger(EventConsumer.class);
  private static final int TRIES = 20;

  private final EventJson json;
  private final ApplyEvents applyEvents;
  private final DeadLetters deadLetters;

  EventConsumer(EventJson json, ApplyEvents applyEvents, DeadLetters deadLetters) {
    this.json = json;
    this.applyEvents = applyEvents;
    this.deadLetters = deadLetters;
  }

  @KafkaListener(
      id = ID,
      autoStartup = "false",
      groupId = "ripen.leads",
      topics = EventTopics.EVENTS,
      containerFactory = "leadsListeners")
  void consume(List<ConsumerRecord<byte[], byte[]>> records) {
    List<Read> read = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      try {
        read.add(new Read(record, read(record)));
      } catch (InvalidEvent e) {
        deadLetters.bury(record, String.valueOf(e.getMessage()));
      }
    }
    apply(read);
  }

  private Event read(ConsumerRecord<byte[], byte[]> record) throws InvalidEvent {
    if (record.value() == null) {
      throw new InvalidEvent("the record is empty (expected: an event as JSON)");
    }
    return json.read(
        record.value(),
        new Arrival.OnTopic(
            record.topic(),
            record.partition(),
            record.offset(),
            Instant.ofEpochMilli(record.timestamp())));
  }

  /** Applies all, or halves what cannot be applied until the culprit is alone. */
  private void apply(List<Read> events) {
    if (events.isEmpty()) {
      return;
    }
    try {
      applyPatiently(events.stream().map(Read::event).toList());
    } catch (TransactionException | NonTransientDataAccessResourceException e) {
      throw e;
    } catch (RuntimeException e) {
      if (!isFaultOfEvents(e)) {
        throw e;
      }
      if (events.size() > 1) {
        apply(events.subList(0, events.size() / 2));
        apply(events.subList(events.size() / 2, events.size()));
      } else {
        Read culprit = events.getFirst();
        LOG.error("Event {} cannot be applied", culprit.event().messageId(), e);
        deadLetters.bury(culprit.record(), "cannot be applied: " + e.getClass().getSimpleName());
      }
    }
  }

  /** Other batches may change the same leads; whoever loses reads again. */
  private void applyPatiently(List<Event> events) {
    for (int tries = 1; ; tries++) {
      try {
        applyEvents.apply(events);
        return;
      } catch (ConcurrencyFailureException | DuplicateKeyException e) {
        if (tries == TRIES) {
          throw new ConcurrencyFailureException(
              "a batch of %d events met others %d times".formatted(events.size(), tries), e);
        }
      }
    }
  }

  private static boolean isFaultOfEvents(RuntimeException e) {
    return !(e instanceof DataAccessException) || e instanceof NonTransientDataAccessException;
  }

  private record Read(ConsumerRecord<byte[], byte[]> record, Event event) {}
}
