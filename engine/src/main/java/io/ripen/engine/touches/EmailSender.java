package io.ripen.engine.touches;

import io.ripen.channels.Channel;
import io.ripen.channels.email.EmailMessage;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.content.MessageCatalog;
import io.ripen.engine.content.RenderedMessage;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.links.LinkRewriter;
import io.ripen.engine.links.TouchRef;
import java.util.Objects;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Makes the e-mail of a touch: content rendered, links ours, the same Message-ID each time. */
@Component
@Profile("workers")
final class EmailSender implements Sender {

  private final MessageCatalog catalog;
  private final MessageFacts messageFacts;
  private final LinkRewriter rewriter;
  private final Channel<EmailMessage> channel;
  private final String domain;

  EmailSender(
      MessageCatalog catalog,
      MessageFacts messageFacts,
      LinkRewriter rewriter,
      Channel<EmailMessage> channel,
      RipenProperties properties) {
    this.catalog = catalog;
    this.messageFacts = messageFacts;
    this.rewriter = rewriter;
    this.channel = channel;
    this.domain = Objects.requireNonNullElse(properties.publicUrl().getHost(), "localhost");
  }

  @Override
  public Medium medium() {
    return Medium.EMAIL;
  }

  @Override
  public Ready prepare(Touch touch, Facts facts, String address) throws ContentProblem {
    TouchRef ref = MessageFacts.ref(touch, Medium.EMAIL);
    MessageFacts.Said said = messageFacts.of(facts, ref);
    Facts.Person person = facts.person();
    RenderedMessage message =
        catalog.render(touch.place().flow(), touch.message(), person.locale(), said.tree());
    EmailMessage email =
        new EmailMessage(
            messageId(touch),
            address,
            person.firstName(),
            message.subject(),
            rewriter.html(message.html(), ref),
            rewriter.text(message.text(), ref),
            said.unsubscribe());
    return new Ready(message.locale(), handOver -> channel.send(email, handOver));
  }

  /** With the lead's id, as a broker that lost its data hands its keys out again. */
  private String messageId(Touch touch) {
    return "%d.%s@%s".formatted(touch.key(), touch.leadId(), domain);
  }
}
