package io.ripen.engine.touches;

import io.ripen.channels.Channel;
import io.ripen.channels.Kept;
import io.ripen.channels.ShortMessage;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.content.MessageCatalog;
import io.ripen.engine.content.ShortText;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.gate.Priority;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.links.LinkRewriter;
import io.ripen.engine.links.TouchRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the short message of a touch: content rendered, links ours. */
final class ShortSender implements Sender {

  private final Medium medium;
  private final MessageCatalog catalog;
  private final MessageFacts messageFacts;
  private final LinkRewriter rewriter;
  private final Channel<ShortMessage> channel;

  /**
   * @throws IllegalArgumentException when the channel has no name that flows know
   */
  ShortSender(
      Channel<ShortMessage> channel,
      MessageCatalog catalog,
      MessageFacts messageFacts,
      LinkRewriter rewriter) {
    Medium named = Medium.named(channel.name());
    if (named == null) {
      throw new IllegalArgumentException(
          "channel %s (expected: one of %s)".formatted(channel.name(), List.of(Medium.values())));
    }
    this.medium = named;
    this.catalog = catalog;
    this.messageFacts = messageFacts;
    this.rewriter = rewriter;
    this.channel = channel;
  }

  @Override
  public Medium medium() {
    return medium;
  }

  @Override
  public List<Channel.Provider> providers() {
    return channel.providers();
  }

  @Override
  public Ready prepare(Touch touch, Facts facts, String address, Instant useUntil)
      throws ContentProblem {
    TouchRef ref = MessageFacts.ref(touch, medium);
    ShortText text =
        catalog.renderShort(
            touch.place().flow(),
            touch.message(),
            facts.person().locale(),
            messageFacts.of(facts, ref).tree());
    ShortMessage message =
        new ShortMessage(
            touch.messageId(),
            address,
            text.title(),
            rewriter.text(text.text(), ref),
            text.buttons().stream()
                .map(
                    button ->
                        new ShortMessage.Button(button.label(), rewriter.link(button.url(), ref)))
                .toList(),
            look(touch, text),
            useUntil,
            touch.priority() == Priority.HIGH,
            template(text.whatsApp(), ref));
    return new Ready(
        text.locale(),
        address,
        handOver -> channel.send(message, handOver),
        handedOver -> channel.lookUp(message, handedOver));
  }

  @Override
  public Optional<Kept> whereIs(Touch touch) {
    return channel.whereIs(touch.messageId());
  }

  private ShortMessage.@Nullable Template template(
      ShortText.@Nullable WhatsApp whatsApp, TouchRef ref) {
    if (whatsApp == null || medium != Medium.MESSENGER) {
      return null;
    }
    SortedMap<String, String> values = new TreeMap<>(whatsApp.values());
    values.replaceAll((name, value) -> rewriter.text(value, ref));
    return new ShortMessage.Template(whatsApp.sid(), values);
  }

  /** A form speaks the language of the words around it. */
  private static Map<String, String> look(Touch touch, ShortText text) {
    if (touch.form() == null) {
      return text.look();
    }
    Map<String, String> look = new HashMap<>(text.look());
    look.put("form", touch.form());
    look.put("lang", text.locale());
    return look;
  }
}
