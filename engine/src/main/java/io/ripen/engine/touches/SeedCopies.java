package io.ripen.engine.touches;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.email.EmailMessage;
import io.ripen.channels.email.ReturnPath;
import io.ripen.engine.content.ContentProblem;
import io.ripen.engine.content.MessageCatalog;
import io.ripen.engine.content.RenderedMessage;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Sends the first of each message on a day to addresses of the company's own as well, with an
 * invented lead's facts, so that somebody sees how it arrives. A copy that does not go out is not
 * tried again: there is another the next day.
 */
@Component
@Profile("workers")
final class SeedCopies {

  private static final Logger LOG = LoggerFactory.getLogger(SeedCopies.class);

  private final List<String> seeds;
  private final MessageCatalog catalog;
  private final Channel<EmailMessage> channel;
  private final @Nullable ReturnPath returnPath;
  private final JdbcClient jdbc;
  private final Clock clock;

  /** What this process knows to have gone out, and when. */
  private final Map<List<String>, LocalDate> sent = new ConcurrentHashMap<>();

  SeedCopies(
      EmailProperties properties,
      MessageCatalog catalog,
      Channel<EmailMessage> channel,
      ObjectProvider<ReturnPath> returnPath,
      JdbcClient jdbc,
      Clock clock) {
    this.seeds = properties.seeds();
    this.catalog = catalog;
    this.channel = channel;
    this.returnPath = returnPath.getIfAvailable();
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * Called when a message has gone out to a lead.
   *
   * @param domain behind the {@code @} of Message-IDs
   */
  void sent(String flow, String message, String locale, String domain) {
    if (!seeds.isEmpty() && isNew(flow, message, locale)) {
      // The lead's own touch is not settled yet, and must not wait for this.
      Thread.ofVirtual().name("seeds").start(() -> copy(flow, message, locale, domain));
    }
  }

  private boolean isNew(String flow, String message, String locale) {
    LocalDate today = LocalDate.now(clock);
    return !today.equals(sent.put(List.of(flow, message, locale), today));
  }

  private void copy(String flow, String message, String locale, String domain) {
    try {
      if (!isFirst(flow, message, locale)) {
        return;
      }
      RenderedMessage rendered = catalog.preview(flow, message, locale);
      for (String seed : seeds) {
        SendResult result = channel.send(copy(seed, rendered, domain), () -> {});
        if (!(result instanceof SendResult.Accepted)) {
          LOG.warn("The copy of {}/{} for a seed address was not sent: {}", flow, message, result);
        }
      }
    } catch (ContentProblem | RuntimeException e) {
      LOG.warn("The copies of {}/{} for the seed addresses were not sent", flow, message, e);
    }
  }

  /** As a lead's, but that it is no touch: so nothing comes of its links and bounces. */
  private EmailMessage copy(String seed, RenderedMessage message, String domain)
      throws ContentProblem {
    String id = "0.%s@%s".formatted(UUID.randomUUID(), domain);
    return new EmailMessage(
        id,
        seed,
        null,
        message.subject(),
        message.html(),
        message.text(),
        "https://%s/unsubscribe/preview".formatted(domain),
        returnPath == null ? null : returnPath.of(id, seed),
        EmailSender.attachments(message.attachments()));
  }

  /** Whether no other process has sent it today. */
  private boolean isFirst(String flow, String message, String locale) {
    return jdbc.sql("insert into seed_copy values (?, ?, ?, ?) on conflict do nothing")
            .params(flow, message, locale, LocalDate.now(clock))
            .update()
        == 1;
  }
}
