package io.ripen.engine.links;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.links.VisitsJdbc.Judged;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

  /** So many at a time. */
  static final int MOST = 200;

  /** A second visit of the same moment is in the table by then. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Longer than any two visits are compared over. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  /** For a visit that cannot be told: by then somebody may have mended why. */
  private static final Duration AGAIN = Duration.ofHours(1);

  /** Nobody mended it within a week, and flows have gone on. */
  private static final Duration GIVEN_UP = Duration.ofDays(7);

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
   * @return how many it looked at; there may be more when it is {@link #MOST}
   */
  int tell() {
    return Objects.requireNonNull(transaction.execute(status -> round()));
  }

  private int round() {
    List<Judged> judged = visits.judge(wait, MOST);
    List<Long> told = new ArrayList<>();
    List<Event> meanings = new ArrayList<>();
    for (Judged visit : judged) {
      try {
        meaning(visit).ifPresent(meanings::add);
        told.add(visit.id());
      } catch (InvalidEvent | RuntimeException e) {
        LOG.error(
            "The visit {} of a link cannot be told, and is tried again in an hour", visit.id(), e);
        visits.setAside(visit.id(), e.toString(), AGAIN);
      }
    }
    // Fails only where the database does, and then for all of them.
    meanings.forEach(outbox::put);
    if (!told.isEmpty()) {
      visits.told(told);
    }
    return judged.size();
  }

  /** Visits that nothing can be compared with any more, and those that cannot be told at all. */
  void forget() {
    int givenUp = visits.giveUp(GIVEN_UP);
    if (givenUp > 0) {
      LOG.error("{} visits of links could not be told for a week, and are given up", givenUp);
    }
    visits.forget(REMEMBERED);
  }

  private Optional<Event> meaning(Judged visit) throws InvalidEvent {
    var ours = new Arrival.OnTopic("link_visit", 0, visit.id(), 0, clock.instant());
    Event event = json.read(visit.event(), ours);
    if (!visit.isScanned()) {
      return Optional.of(event);
    }
    return event.name().equals(LinkEvents.OPENED) ? Optional.empty() : Optional.of(checked(event));
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
