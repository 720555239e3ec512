package io.ripen.engine.inbound;

import io.ripen.channels.Inbound;
import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.links.TouchRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Tells who it is that wrote, and upon which message of ours. */
@Component
@Profile("engine")
final class Contacts {

  /** What is written back later than this is no answer to it. */
  private static final Duration ANSWERED_WITHIN = Duration.ofDays(30);

  private final InboundJdbc table;
  private final EventOutbox outbox;

  Contacts(InboundJdbc table, EventOutbox outbox) {
    this.table = table;
    this.outbox = outbox;
  }

  /**
   * The lead with this address. A contact that nobody has is a new lead's, but for e-mail: anybody
   * may write to that.
   */
  Optional<Whose> whose(Inbound.FromPerson person) {
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
      identify(person, contact);
    }
    return Optional.of(contact);
  }

  /** How they are reached from now on: the trait that stands for it. */
  void identify(Inbound.FromPerson person, Whose whose) {
    String from = person.from();
    int scheme = from.indexOf(':');
    Map<String, String> traits =
        scheme > 0
            ? Map.of(from.substring(0, scheme), from.substring(scheme + 1))
            : Map.of(EmailAddress.isPossible(from) ? "email" : "phone", from);
    outbox.put(InboundEvents.identify(person, whose, traits));
  }

  /**
   * What they were sent last by the channel that they write by. By e-mail nothing: anybody may
   * write from any address, so only what names a message of ours is an answer to it. In a chat
   * nothing either where one of us has written since: they answer that.
   */
  Optional<TouchRef> latest(Inbound.FromPerson person, Whose whose) {
    if (Medium.named(person.channel()) == Medium.EMAIL) {
      return Optional.empty();
    }
    return lead(whose)
        .flatMap(lead -> table.latest(lead, person.channel(), person.at().minus(ANSWERED_WITHIN)));
  }

  /** The lead, if there is one by now. */
  Optional<UUID> lead(Whose whose) {
    return whose.leadId() != null
        ? Optional.of(whose.leadId())
        : table.withAnonymousId(String.valueOf(whose.anonymousId()));
  }
}
