package io.ripen.engine.inbound;

import io.ripen.channels.Inbound;
import io.ripen.channels.Keywords;
import io.ripen.channels.Listener;
import io.ripen.engine.consents.Suppressions;
import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.events.Event;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.TouchRef;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps what came in, all of it or nothing: as events, which wait in PostgreSQL for Kafka, and as
 * addresses that nobody may write to any more, at once. What comes again changes nothing.
 */
@Component
@Profile("engine")
class KeepInbound implements Listener.Sink {

  private static final Logger LOG = LoggerFactory.getLogger(KeepInbound.class);

  /** What is written back later than this is no answer to it. */
  private static final Duration ANSWERED_WITHIN = Duration.ofDays(30);

  private static final List<String> PURPOSES = List.of("marketing", "newsletter");

  private final InboundJdbc table;
  private final Suppressions suppressions;
  private final YesAnswers yesAnswers;
  private final EventOutbox outbox;
  private final SignedLinks links;

  KeepInbound(
      InboundJdbc table,
      Suppressions suppressions,
      YesAnswers yesAnswers,
      EventOutbox outbox,
      SignedLinks links) {
    this.table = table;
    this.suppressions = suppressions;
    this.yesAnswers = yesAnswers;
    this.outbox = outbox;
    this.links = links;
  }

  @Override
  @Transactional
  public void keep(List<Inbound> inbound) {
    for (Inbound each : inbound) {
      switch (each) {
        case Inbound.Report report -> keep(report);
        case Inbound.FromPerson person -> keep(person);
      }
    }
  }

  private void keep(Inbound.Report report) {
    Optional<TouchRef> found = touch(report.messageId()).or(() -> byProvider(report.providerId()));
    if (found.isEmpty()) {
      // Another system may share our account with the provider.
      LOG.info("{} is about no message of ours", report.id());
      return;
    }
    TouchRef touch = found.get();
    switch (report) {
      case Inbound.Delivered delivered -> put(delivered, "Message Delivered", touch, Map.of());
      case Inbound.Seen seen -> put(seen, "Message Opened", touch, Map.of());
      case Inbound.Priced priced ->
          table.cost(touch.touch(), priced.price(), priced.currency().getCurrencyCode());
      case Inbound.Complained complained -> {
        suppress(touch, complained.to(), Suppressions.COMPLAINED, complained);
        put(complained, "Message Complained", touch, Map.of());
      }
      case Inbound.Undelivered undelivered -> {
        String reason =
            switch (undelivered.cause()) {
              case NO_SUCH_ADDRESS -> Suppressions.BOUNCED;
              case UNWANTED -> Suppressions.UNSUBSCRIBED;
              case LOST, FILTERED -> null;
            };
        if (reason != null) {
          suppress(touch, undelivered.to(), reason, undelivered);
        }
        put(
            undelivered,
            "Message Bounced",
            touch,
            Map.of(
                "hard", Boolean.toString(reason != null),
                "cause", undelivered.cause().name().toLowerCase(Locale.ROOT),
                "code", undelivered.code(),
                "reason", undelivered.reason()));
      }
    }
  }

  private void suppress(TouchRef touch, @Nullable String told, String reason, Inbound at) {
    String to =
        told == null && Medium.named(touch.channel()) == Medium.EMAIL
            // A mailbox may have led on to another, which is the one that the bounce names.
            ? table.emailOf(touch.touch()).orElse(null)
            : told;
    if (to == null) {
      LOG.warn("{} does not say to which address, which may be written to again", at.id());
    } else {
      suppressions.suppress(touch.channel(), to, Suppressions.ALL, reason, at.at());
    }
  }

  private void keep(Inbound.FromPerson person) {
    switch (person) {
      case Inbound.Opened opened -> opened(opened);
      case Inbound.Said said ->
          // A yes that confirms is no reply.
          yesAnswers.consent(said, said.text()).ifPresentOrElse(this::put, () -> said(said));
      case Inbound.OptedOut out -> {
        suppressions.suppress(
            out.channel(), out.from(), Suppressions.ALL, Suppressions.UNSUBSCRIBED, out.at());
        whose(out).ifPresent(whose -> optedOut(out, whose));
      }
      case Inbound.OptedIn in -> optedIn(in);
    }
  }

  private boolean lift(Inbound.FromPerson person, String reason) {
    return suppressions.lift(person.channel(), person.from(), reason, person.at());
  }

  private void optedIn(Inbound.OptedIn in) {
    boolean isBack = lift(in, Suppressions.UNSUBSCRIBED);
    Optional<Event> consent = yesAnswers.consent(in, in.wording());
    if (consent.isPresent()) {
      put(consent.get());
    } else if (isBack) {
      // Who says yes to something else has not asked for messages.
      whose(in).ifPresent(whose -> optedIn(in, whose));
    }
  }

  private void optedIn(Inbound.OptedIn in, Whose whose) {
    put(
        InboundEvents.ofPerson(
            in,
            "Consent Granted",
            whose,
            null,
            Map.of("purpose", PURPOSES.getFirst(), "wording", in.wording())));
  }

  private void optedOut(Inbound.OptedOut out, Whose whose) {
    for (String purpose : PURPOSES) {
      put(
          InboundEvents.ofPerson(
              out,
              "Consent Withdrawn",
              whose,
              null,
              Map.of("purpose", purpose, "wording", out.wording())));
    }
    put(
        InboundEvents.ofPerson(
            out, "Message Unsubscribed", whose, latest(out, whose).orElse(null), Map.of()));
  }

  /** Who came by a link of ours is that lead from now on, and the contact is theirs. */
  private void opened(Inbound.Opened opened) {
    boolean unused = lift(opened, Suppressions.UNSUBSCRIBED);
    unused = lift(opened, Suppressions.BOUNCED);
    Whose whose =
        links
            .openContact(opened.token())
            .map(lead -> new Whose(lead, Whose.contact(opened.from())))
            .orElseGet(() -> new Whose(null, Whose.contact(opened.from())));
    put(InboundEvents.identify(opened, whose, contact(opened)));
    put(InboundEvents.ofPerson(opened, "Messenger Opened", whose, null, Map.of()));
  }

  private void said(Inbound.Said said) {
    Optional<TouchRef> answered = touch(said.answerTo()).or(() -> byProvider(said.answerTo()));
    if (answered.isPresent() && isStop(said)) {
      stopped(said, answered.get());
      return;
    }
    Optional<Whose> whose = answered.map(touch -> Whose.lead(touch.leadId())).or(() -> whose(said));
    if (whose.isEmpty()) {
      LOG.info("{} is from nobody that we know", said.id());
      return;
    }
    Optional<TouchRef> touch = answered.or(() -> latest(said, whose.get()));
    put(
        InboundEvents.ofPerson(
            said,
            touch.isPresent() ? "Message Replied" : "Chat Message Received",
            // As the touch knows them, so that it hears of it.
            touch.map(each -> Whose.lead(each.leadId())).orElse(whose.get()),
            touch.orElse(null),
            Map.of("text", said.text())));
  }

  /** By other channels the adapters tell by themselves what their providers act upon. */
  private static boolean isStop(Inbound.Said said) {
    return Medium.named(said.channel()) == Medium.EMAIL
        && Keywords.in(said.text()).filter(word -> word == Keywords.Keyword.STOP).isPresent();
  }

  /** Anybody may write from any address; so it is about whom the answered message went to. */
  private void stopped(Inbound.Said said, TouchRef touch) {
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
    Whose whose = Whose.lead(touch.leadId());
    for (String purpose : PURPOSES) {
      put(
          InboundEvents.ofPerson(
              said,
              "Consent Withdrawn",
              whose,
              null,
              Map.of("purpose", purpose, "wording", said.text())));
    }
    put(InboundEvents.ofPerson(said, "Message Unsubscribed", whose, touch, Map.of()));
  }

  /**
   * The lead with this address. A contact that nobody has is a new lead's, but for e-mail: anybody
   * may write to that.
   */
  private Optional<Whose> whose(Inbound.FromPerson person) {
    Medium medium = Medium.named(person.channel());
    Optional<UUID> known =
        medium == Medium.SMS
            ? table.withPhone(person.from())
            : medium == Medium.EMAIL ? table.withEmail(person.from()) : Optional.empty();
    if (known.isPresent() || medium == Medium.EMAIL) {
      return known.map(Whose::lead);
    }
    if (medium == Medium.CHAT) {
      // A browser's own id.
      return Optional.of(new Whose(null, person.from()));
    }
    String id = Whose.contact(person.from());
    Whose contact = new Whose(null, id);
    if (table.withAnonymousId(id).isEmpty()) {
      put(InboundEvents.identify(person, contact, contact(person)));
    }
    return Optional.of(contact);
  }

  /** How the lead is reached by this contact: the trait that stands for it. */
  private static Map<String, String> contact(Inbound.FromPerson person) {
    String from = person.from();
    int scheme = from.indexOf(':');
    return scheme > 0
        ? Map.of(from.substring(0, scheme), from.substring(scheme + 1))
        : Map.of(EmailAddress.isPossible(from) ? "email" : "phone", from);
  }

  private Optional<TouchRef> latest(Inbound.FromPerson person, Whose whose) {
    UUID lead =
        whose.leadId() != null
            ? whose.leadId()
            : table.withAnonymousId(String.valueOf(whose.anonymousId())).orElse(null);
    return lead == null
        ? Optional.empty()
        : table.latest(lead, person.channel(), person.at().minus(ANSWERED_WITHIN));
  }

  private Optional<TouchRef> byProvider(@Nullable String providerId) {
    return providerId == null ? Optional.empty() : table.byProvider(providerId);
  }

  /** The touch of one of our own ids: its key, a dot, and its lead. */
  private Optional<TouchRef> touch(@Nullable String messageId) {
    int dot = messageId == null ? -1 : messageId.indexOf('.');
    if (messageId == null || dot < 0) {
      return Optional.empty();
    }
    try {
      return table.byKey(
          Long.parseLong(messageId.substring(0, dot)),
          UUID.fromString(messageId.substring(dot + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void put(Inbound inbound, String name, TouchRef touch, Map<String, String> more) {
    put(InboundEvents.ofTouch(inbound, name, touch, more));
  }

  private void put(Event event) {
    outbox.put(event);
  }
}
