package io.ripen.engine.touches;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.consents.DoubleOptIn;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.content.MessageLinks;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.links.Magnets;
import io.ripen.engine.links.MessengerLinks;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.TouchRef;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** What the messages of a touch can say: the facts, and the links that only this touch has. */
@Component
@Profile("workers")
final class MessageFacts {

  private final SignedLinks links;
  private final MessengerLinks messengers;
  private final Magnets magnets;

  MessageFacts(SignedLinks links, MessengerLinks messengers, RipenProperties properties) {
    this.links = links;
    this.messengers = messengers;
    this.magnets = new Magnets(properties.bpmn().toPath());
  }

  /** What is said, and where one unsubscribes; null where there is nothing to unsubscribe from. */
  record Said(Map<String, @Nullable Object> tree, @Nullable String unsubscribe) {}

  Said of(Facts facts, TouchRef ref) {
    // What a person ordered or asked for has to reach them.
    String unsubscribe = Purposes.isAwaited(ref.purpose()) ? null : links.unsubscribe(ref);
    Map<String, @Nullable Object> tree = new HashMap<>(facts.tree());
    tree.put(
        "links",
        MessageLinks.tree(
            unsubscribe,
            links.preferences(ref),
            links.confirm(ref, DoubleOptIn.by(ref.channel()).purpose()),
            magnet(facts, ref),
            messengers.telegram(facts.leadId()),
            (question, answer) -> links.answer(ref, question, answer)));
    return new Said(tree, unsubscribe);
  }

  /** For who asked for one, where it is there: messages have other words where it is not. */
  private @Nullable String magnet(Facts facts, TouchRef ref) {
    return facts.tree().get("event") instanceof Map<?, ?> event
            && event.get("properties") instanceof Map<?, ?> properties
            && properties.get("magnet") instanceof String magnet
            && magnets.find(ref.flow(), magnet).isPresent()
        ? links.download(ref, magnet)
        : null;
  }

  static TouchRef ref(Touch touch, Medium medium) {
    return new TouchRef(
        touch.key(),
        touch.leadId(),
        medium.lower(),
        touch.purpose(),
        touch.place().flow(),
        touch.place().element());
  }
}
