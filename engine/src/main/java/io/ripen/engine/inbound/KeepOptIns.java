package io.ripen.engine.inbound;

import io.ripen.channels.Inbound;
import io.ripen.engine.consents.Consents;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.consents.Suppressions;
import io.ripen.engine.events.Event;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.links.TouchRef;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Keeps who wants nothing more by a channel, and who wants messages again. */
@Component
@Profile("engine")
final class KeepOptIns {

  private final InboundJdbc table;
  private final Suppressions suppressions;
  private final Consents consents;
  private final YesAnswers yesAnswers;
  private final Contacts contacts;
  private final EventOutbox outbox;

  KeepOptIns(
      InboundJdbc table,
      Suppressions suppressions,
      Consents consents,
      YesAnswers yesAnswers,
      Contacts contacts,
      EventOutbox outbox) {
    this.table = table;
    this.suppressions = suppressions;
    this.consents = consents;
    this.yesAnswers = yesAnswers;
    this.contacts = contacts;
    this.outbox = outbox;
  }

  void keep(Inbound.OptedOut out) {
    suppressions.suppress(
        out.channel(), out.from(), Suppressions.ALL, Suppressions.UNSUBSCRIBED, out.at());
    contacts
        .whose(out)
        .ifPresent(
            whose -> refuse(out, out.wording(), whose, contacts.latest(out, whose).orElse(null)));
  }

  /**
   * A yes to a question is the lead's who was asked, and opens the number for them alone. Any other
   * brings the number back.
   */
  void keep(Inbound.OptedIn in) {
    Optional<Event> consent = yesAnswers.consent(in, in.wording());
    if (consent.isPresent()) {
      outbox.put(consent.get());
    } else {
      // Who says yes to something else has not asked for messages.
      liftNo(in)
          .ifPresent(
              stop ->
                  contacts.whose(in).ifPresent(whose -> agreeAgain(in, in.wording(), whose, stop)));
    }
  }

  /** Whether this is a yes that confirms, which is kept then. */
  boolean isConsent(Inbound.Said said) {
    Optional<Event> consent = yesAnswers.consent(said, said.text());
    consent.ifPresent(outbox::put);
    return consent.isPresent();
  }

  /** Anybody may write from any address; so it is about whom the answered message went to. */
  void stopped(Inbound.Said said, TouchRef touch) {
    table
        .emailOf(touch.touch())
        .ifPresent(
            email ->
                suppressions.suppress(
                    touch.channel(),
                    email,
                    Suppressions.ALL,
                    Suppressions.UNSUBSCRIBED,
                    said.at()));
    refuse(said, said.text(), Whose.lead(touch.leadId()), touch);
  }

  /**
   * Somebody opened a messenger to us: it exists, and they want to talk. What they had agreed to
   * before they stopped it holds again.
   */
  void opened(Inbound.Opened opened, Whose whose) {
    suppressions.lift(opened.channel(), opened.from(), Suppressions.BOUNCED, opened.at());
    liftNo(opened).ifPresent(stop -> agreeAgain(opened, "opened the messenger", whose, stop));
  }

  /** Since when they had wanted nothing at all, if they had. */
  private Optional<Instant> liftNo(Inbound.FromPerson person) {
    return suppressions.lift(
        person.channel(), person.from(), Suppressions.UNSUBSCRIBED, person.at());
  }

  /** Who comes back has agreed to what they had agreed to when they left, and to nothing else. */
  private void agreeAgain(Inbound.FromPerson person, String wording, Whose whose, Instant stop) {
    UUID lead = contacts.lead(whose).orElse(null);
    if (lead == null) {
      return;
    }
    for (String purpose : consents.agreedBefore(lead, person.channel(), person.from(), stop)) {
      outbox.put(
          InboundEvents.ofPerson(
              person,
              "Consent Granted",
              whose,
              null,
              Map.of("purpose", purpose, "wording", wording)));
    }
  }

  private void refuse(
      Inbound.FromPerson person, String wording, Whose whose, @Nullable TouchRef touch) {
    for (String purpose : Purposes.OFFERS) {
      outbox.put(
          InboundEvents.ofPerson(
              person,
              "Consent Withdrawn",
              whose,
              null,
              Map.of("purpose", purpose, "wording", wording)));
    }
    outbox.put(InboundEvents.ofPerson(person, "Message Unsubscribed", whose, touch, Map.of()));
  }
}
