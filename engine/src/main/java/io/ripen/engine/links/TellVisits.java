package io.ripen.engine.links;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.links.VisitsJdbc.Judged;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells one round of visits once it shows who made them: a person's as what it means, a program's
 * under another name that nothing counts as interest. As nothing is told before, nothing has to be
 * taken back.
 */
final class TellVisits {

  private static final Logger LOG = LoggerFactory.getLogger(TellVisits.class);
  private static final int AT_ONCE = 200;

  /** A second visit of the same moment is in the table by then. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Longer than any two visits are compared over. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final TransactionTemplate transaction;
  private final VisitsJdbc visits;
  private final EventOutbox outbox;
  private final EventJson json;
  private final Duration wait;
  private final Clock clock;

  TellVisits(
      TransactionTemplate transaction,
      VisitsJdbc visits,
      EventOutbox outbox,
      EventJson json,
      ScannerProperties scanners,
      Clock clock) {
    this.transaction = transaction;
    this.visits = visits;
    this.outbox = outbox;
    this.json = json;
    this.wait = scanners.atOnce().plus(GRACE);
    this.clock = clock;
  }

  /**
   * In one transaction, so that each is told once.
   *
   * @return whether there may be more
   */
  boolean tell() {
    return Objects.requireNonNull(transaction.execute(status -> round()));
  }

  private boolean round() {
    Instant now = clock.instant();
    List<Judged> judged = visits.waitingSince(now.minus(wait), AT_ONCE);
    if (!judged.isEmpty()) {
      judged.forEach(each -> tell(each, now));
      visits.told(judged.stream().map(Judged::id).toList());
    }
    return judged.size() == AT_ONCE;
  }

  /** Visits that nothing can be compared with any more. */
  void forget() {
    visits.forgetBefore(clock.instant().minus(REMEMBERED));
  }

  private void tell(Judged visit, Instant now) {
    try {
      var ours = new Arrival.OnTopic("link_visit", 0, visit.id(), 0, now);
      Event event = json.read(visit.event(), ours);
      if (!visit.isScanned()) {
        outbox.put(event);
      } else if (!event.name().equals(LinkEvents.OPENED)) {
        outbox.put(checked(event));
      }
    } catch (InvalidEvent e) {
      LOG.error("The visit {} of a link cannot be told: {}", visit.id(), e.getMessage());
    }
  }

  private static Event checked(Event event) {
    ObjectNode properties = event.properties().deepCopy();
    properties.put("confidence", "low");
    return Event.ofOurs(
        event.messageId(),
        LinkEvents.CHECKED,
        Objects.requireNonNull(event.leadId()),
        event.occurredAt(),
        properties,
        event.context());
  }
}
