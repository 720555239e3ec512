package io.ripen.engine.touches;

import io.ripen.channels.email.EmailMessage;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.content.MessageCatalog;
import io.ripen.engine.content.RenderedMessage;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.links.LinkRewriter;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.links.TouchRef;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Makes the e-mail of a touch: content rendered, links ours, the same Message-ID each time. */
@Component
@Profile("workers")
final class EmailComposer {

  private final MessageCatalog catalog;
  private final SignedLinks links;
  private final LinkRewriter rewriter;
  private final String domain;

  EmailComposer(
      MessageCatalog catalog,
      SignedLinks links,
      LinkRewriter rewriter,
      RipenProperties properties) {
    this.catalog = catalog;
    this.links = links;
    this.rewriter = rewriter;
    this.domain = Objects.requireNonNullElse(properties.publicUrl().getHost(), "localhost");
  }

  /**
   * Composes the e-mail.
   *
   * @throws ContentProblem when the flow has no such message, or it cannot be rendered
   */
  Composed compose(Touch touch, String channel, Facts facts) throws ContentProblem {
    TouchRef ref =
        new TouchRef(
            touch.key(),
            touch.leadId(),
            channel,
            touch.purpose(),
            touch.place().flow(),
            touch.place().element());
    // What a person ordered has to reach them: there is nothing to unsubscribe from.
    String unsubscribe = touch.purpose().equals("marketing") ? links.unsubscribe(ref) : null;
    RenderedMessage message =
        catalog.render(
            touch.place().flow(), touch.message(), facts.locale(), facts(facts, unsubscribe));
    return new Composed(
        new EmailMessage(
            messageId(touch),
            Objects.requireNonNull(facts.email(), "the gate lets no lead without address pass"),
            facts.firstName(),
            message.subject(),
            rewriter.html(message.html(), ref),
            rewriter.text(message.text(), ref),
            unsubscribe),
        message.locale());
  }

  /** With the lead's id, as a broker that lost its data hands its keys out again. */
  private String messageId(Touch touch) {
    return "%d.%s@%s".formatted(touch.key(), touch.leadId(), domain);
  }

  private static Map<String, @Nullable Object> facts(Facts facts, @Nullable String unsubscribe) {
    Map<String, @Nullable Object> tree = new HashMap<>(facts.tree());
    Map<String, @Nullable Object> links = new HashMap<>();
    links.put("unsubscribe", unsubscribe);
    tree.put("links", links);
    return tree;
  }

  /** An e-mail and the locale that it is written in. */
  record Composed(EmailMessage email, String locale) {}
}
