package io.ripen.engine.inbound;

import io.ripen.channels.Inbound;
import io.ripen.channels.Keywords;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.TouchRef;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Keeps what people write, and that they opened a messenger to us. */
@Component
@Profile("engine")
final class KeepWords {

  private static final Logger LOG = LoggerFactory.getLogger(KeepWords.class);

  private final InboundJdbc table;
  private final Contacts contacts;
  private final KeepOptIns optIns;
  private final EventOutbox outbox;
  private final SignedLinks links;

  KeepWords(
      InboundJdbc table,
      Contacts contacts,
      KeepOptIns optIns,
      EventOutbox outbox,
      SignedLinks links) {
    this.table = table;
    this.contacts = contacts;
    this.optIns = optIns;
    this.outbox = outbox;
    this.links = links;
  }

  /** A yes that confirms is no reply. */
  void keep(Inbound.Said said) {
    if (!optIns.isConsent(said)) {
      said(said);
    }
  }

  /** Who came by a link of ours is that lead from now on, and the contact is theirs. */
  void keep(Inbound.Opened opened) {
    Whose whose =
        links
            .openContact(opened.token())
            .map(lead -> new Whose(lead, Whose.contact(opened.from())))
            .orElseGet(() -> new Whose(null, Whose.contact(opened.from())));
    contacts.identify(opened, whose);
    optIns.opened(opened, whose);
    outbox.put(InboundEvents.ofPerson(opened, "Messenger Opened", whose, null, Map.of()));
  }

  /** No reply: a program has answered it. */
  void keep(Inbound.AskedForHelp asked) {
    contacts
        .whose(asked)
        .ifPresent(
            whose ->
                outbox.put(
                    InboundEvents.ofPerson(
                        asked, "Help Asked", whose, null, Map.of("text", asked.wording()))));
  }

  private void said(Inbound.Said said) {
    Optional<TouchRef> answered =
        table.byMessage(said.answerTo()).or(() -> table.byProvider(said.answerTo()));
    if (answered.isPresent() && isStop(said)) {
      optIns.stopped(said, answered.get());
      return;
    }
    Optional<Whose> whose =
        answered.map(touch -> Whose.lead(touch.leadId())).or(() -> contacts.whose(said));
    if (whose.isEmpty()) {
      LOG.info("{} is from nobody that we know", said.id());
      return;
    }
    Optional<TouchRef> touch = answered.or(() -> contacts.latest(said, whose.get()));
    outbox.put(
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
}
