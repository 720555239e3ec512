package io.ripen.engine.touches;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.email.Attachment;
import io.ripen.channels.email.EmailMessage;
import io.ripen.channels.email.ReturnPath;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.content.MessageCatalog;
import io.ripen.engine.content.RenderedMessage;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.links.LinkRewriter;
import io.ripen.engine.links.TouchRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.stereotype.Component;

/** Makes the e-mail of a touch: content rendered, links ours, the same Message-ID each time. */
@Component
@Profile("workers")
final class EmailSender implements Sender {

  private final MessageCatalog catalog;
  private final MessageFacts messageFacts;
  private final LinkRewriter rewriter;
  private final Channel<EmailMessage> channel;
  private final SeedCopies seedCopies;
  private final @Nullable ReturnPath returnPath;
  private final boolean hasPixel;
  private final String domain;

  EmailSender(
      MessageCatalog catalog,
      MessageFacts messageFacts,
      LinkRewriter rewriter,
      Channel<EmailMessage> channel,
      SeedCopies seedCopies,
      ObjectProvider<ReturnPath> returnPath,
      EmailProperties email,
      RipenProperties properties) {
    this.catalog = catalog;
    this.messageFacts = messageFacts;
    this.rewriter = rewriter;
    this.channel = channel;
    this.seedCopies = seedCopies;
    this.returnPath = returnPath.getIfAvailable();
    this.hasPixel = email.openPixel();
    this.domain = Objects.requireNonNullElse(properties.publicUrl().getHost(), "localhost");
  }

  @Override
  public Medium medium() {
    return Medium.EMAIL;
  }

  @Override
  public List<Channel.Provider> providers() {
    return channel.providers();
  }

  @Override
  public Ready prepare(Touch touch, Facts facts, String address, Instant useUntil)
      throws ContentProblem {
    TouchRef ref = MessageFacts.ref(touch, Medium.EMAIL);
    MessageFacts.Said said = messageFacts.of(facts, ref);
    Facts.Person person = facts.person();
    RenderedMessage message =
        catalog.render(touch.place().flow(), touch.message(), person.locale(), said.tree());
    String messageId = "%s@%s".formatted(touch.messageId(), domain);
    String html = rewriter.html(message.html(), ref);
    EmailMessage email =
        new EmailMessage(
            messageId,
            address,
            person.firstName(),
            message.subject(),
            // Of what a person ordered, nobody needs to know whether they read it.
            hasPixel && said.unsubscribe() != null ? rewriter.withPixel(html, ref) : html,
            rewriter.text(message.text(), ref),
            said.unsubscribe(),
            returnPath == null ? null : returnPath.of(messageId, address),
            attachments(message.attachments()));
    return new Ready(
        message.locale(),
        address,
        handOver -> {
          SendResult result = channel.send(email, handOver);
          if (result instanceof SendResult.Accepted) {
            seedCopies.sent(touch.place().flow(), touch.message(), message.locale(), domain);
          }
          return result;
        },
        handedOver -> channel.lookUp(email, handedOver));
  }

  static List<Attachment> attachments(List<Path> files) throws ContentProblem {
    List<Attachment> attachments = new ArrayList<>();
    for (Path file : files) {
      try {
        attachments.add(
            new Attachment(
                String.valueOf(file.getFileName()),
                MediaTypeFactory.getMediaType(new FileSystemResource(file))
                    .orElse(MediaType.APPLICATION_OCTET_STREAM)
                    .toString(),
                Files.readAllBytes(file)));
      } catch (IOException e) {
        throw new ContentProblem(
            String.valueOf(file.getFileName()),
            0,
            "the attachment cannot be read (" + e.getClass().getSimpleName() + ")",
            "see that it is there and may be read");
      }
    }
    return attachments;
  }
}
