package io.ripen.engine.onsite;

import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.events.Event;
import io.ripen.engine.forms.SenderLimit;
import io.ripen.engine.links.EventOutbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the e-mail address that a visitor leaves in a chat, to be answered there. As with forms, it
 * becomes a trait of the lead who uses this browser and of nobody else, whoever else has that
 * address; and it agrees to nothing. A later one of theirs replaces it.
 */
final class TakeContact {

  private final OnSiteJdbc table;
  private final EventOutbox outbox;
  private final MailDomains domains;
  private final SenderLimit limit;
  private final Clock clock;

  /**
   * A visitor who says how to reach them.
   *
   * @param site whose page it is
   * @param address where the request comes from
   * @param browser the browser's own id
   */
  record Visitor(String site, String address, String browser) {}

  TakeContact(
      OnSiteJdbc table, EventOutbox outbox, MailDomains domains, SenderLimit limit, Clock clock) {
    this.table = table;
    this.outbox = outbox;
    this.domains = domains;
    this.limit = limit;
    this.clock = clock;
  }

  /**
   * Keeps it; once, however often it is sent.
   *
   * @param id the window's own of it
   * @throws Refused when it is no address (422), the visitor has not written (404) or has an
   *     address that they did not leave in a chat, or confirmed since (409), or they send too many
   *     (429)
   */
  void left(Visitor visitor, UUID id, String email) throws Refused {
    Duration wait = limit.take(visitor.address());
    if (!wait.isZero()) {
      throw new Refused(429, "too many addresses within a minute");
    }
    UUID lead = table.lead(visitor.browser()).orElse(null);
    if (lead == null || !table.hasWritten(lead, visitor.browser())) {
      throw new Refused(404, "nobody has written in this browser yet (expected: a line first)");
    }
    if (table.hasKnownEmail(lead)) {
      throw new Refused(409, "there is an e-mail address already, known by more than a chat");
    }
    if (!EmailAddress.isPossible(email) || !domains.canReceive(EmailAddress.domain(email))) {
      throw new Refused(
          422,
          "\"email\" is no address that can be reached (expected: one such as you@your.domain)");
    }
    outbox.put(event(visitor, id, email));
  }

  private Event event(Visitor visitor, UUID id, String email) {
    Instant now = clock.instant();
    ObjectNode none = JsonNodeFactory.instance.objectNode();
    return new Event(
        "%schat-contact.%s.%s".formatted(Event.OURS, visitor.browser(), id),
        "identify",
        "",
        null,
        visitor.browser(),
        null,
        null,
        null,
        now,
        now,
        visitor.site(),
        none,
        JsonNodeFactory.instance.objectNode().put("email", email).put(ChatAddress.TRAIT, email),
        none);
  }
}
