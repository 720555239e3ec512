package io.ripen.engine.links;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.links.EventOutboxJdbc.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends one round of kept events to Kafka, the oldest first. The rows stay locked until Kafka has
 * answered, so that no other process sends them too; when we die on the way, they are sent again,
 * and their message id tells that they are the same.
 */
final class SendKeptEvents {

  private static final Logger LOG = LoggerFactory.getLogger(SendKeptEvents.class);
  private static final int AT_ONCE = 200;

  /** At the most an hour and a bit. */
  private static final int MOST_DOUBLINGS = 12;

  private final TransactionTemplate transaction;
  private final EventOutboxJdbc outbox;
  private final EventPublisher publisher;
  private final EventJson json;
  private final Clock clock;

  SendKeptEvents(
      TransactionTemplate transaction,
      EventOutboxJdbc outbox,
      EventPublisher publisher,
      EventJson json,
      Clock clock) {
    this.transaction = transaction;
    this.outbox = outbox;
    this.publisher = publisher;
    this.json = json;
    this.clock = clock;
  }

  /** Whether it is worth while to go on at once: there may be more, and Kafka takes it. */
  boolean send() {
    return Objects.requireNonNull(transaction.execute(status -> round()));
  }

  private boolean round() {
    List<Waiting> due = outbox.due(AT_ONCE, clock.instant());
    List<CompletableFuture<Void>> answers = due.stream().map(this::publish).toList();
    List<Long> sent = new ArrayList<>();
    for (int i = 0; i < due.size(); i++) {
      try {
        answers.get(i).join();
        sent.add(due.get(i).id());
      } catch (CompletionException e) {
        // An event that Kafka could not take now is not at fault, and keeps its place.
        if (!(e.getCause() instanceof RetriableException)) {
          refused(due.get(i), String.valueOf(e.getCause()));
        }
      }
    }
    if (!sent.isEmpty()) {
      outbox.sent(sent);
    }
    return due.size() == AT_ONCE && !sent.isEmpty();
  }

  private CompletableFuture<Void> publish(Waiting waiting) {
    try {
      var ours = new Arrival.OnTopic("event_outbox", 0, waiting.id(), 0, clock.instant());
      return publisher.publish(json.read(waiting.event(), ours));
    } catch (InvalidEvent | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Lets it stand aside, each time for longer, so that it is in nobody's way. */
  private void refused(Waiting waiting, String problem) {
    LOG.error("The kept event {} cannot be sent: {}", waiting.id(), problem);
    Duration wait = Duration.ofSeconds(1L << Math.min(waiting.attempts() + 1, MOST_DOUBLINGS));
    Instant next = clock.instant().plus(wait);
    outbox.refused(waiting.id(), problem, next);
  }
}
