package io.ripen.engine.sales;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.email.EmailMessage;
import io.ripen.engine.sales.SalesMailJdbc.Due;
import io.ripen.engine.sales.SalesMailJdbc.Lead;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.util.HtmlUtils;

/**
 * Tells salespeople by e-mail of what the inbox has noted: what it is about and where it is, and
 * nothing of the lead. The flow has gone on long before; while the mail server is away they wait.
 */
final class TellSalespeople {

  /** A reminder of this morning helps nobody tonight; the note is in the inbox. */
  static final Duration OF_USE = Duration.ofHours(4);

  /** Longer than a mail server should take. */
  static final Duration LEASE = Duration.ofMinutes(10);

  private static final Duration FIRST_REST = Duration.ofSeconds(30);
  private static final int MOST_DOUBLED = 5;
  private static final Logger LOG = LoggerFactory.getLogger(TellSalespeople.class);

  private final SalesMailJdbc table;
  private final Channel<EmailMessage> channel;
  private final String console;

  /**
   * @param console where people's browsers reach it, without a slash at its end
   */
  TellSalespeople(SalesMailJdbc table, Channel<EmailMessage> channel, String console) {
    this.table = table;
    this.channel = channel;
    this.console = console;
  }

  /**
   * Tells one of those whose time has come. Nothing is locked meanwhile: an erasure does not wait
   * for a mail server.
   *
   * @return whether there was one
   */
  boolean one() {
    Optional<Due> next = table.take(LEASE, OF_USE);
    next.ifPresent(this::tell);
    return next.isPresent();
  }

  private void tell(Due due) {
    String email = due.email();
    if (email == null || due.lead() == Lead.WAITS_NO_MORE) {
      table.done(due);
    } else if (due.isLate()) {
      LOG.warn(
          "Somebody of sales was not told of step {}: after {} it is of no more use",
          due.stepKey(),
          OF_USE);
      table.done(due);
    } else if (due.lead() == Lead.BETWEEN_TASKS) {
      table.putOff(due, due.attempts(), FIRST_REST);
    } else {
      send(due, email);
    }
  }

  private void send(Due due, String email) {
    switch (channel.send(message(due, email), () -> {})) {
      case SendResult.Accepted accepted -> {
        LOG.info("Somebody of sales was told of step {}", due.stepKey());
        table.done(due);
      }
      case SendResult.Waiting waiting -> table.done(due);
      case SendResult.Rejected rejected -> {
        LOG.warn(
            "Somebody of sales cannot be told of step {}: {}", due.stepKey(), rejected.reason());
        table.done(due);
      }
      case SendResult.Uncertain uncertain -> {
        LOG.warn(
            "Whether somebody of sales was told of step {} nobody knows: {}",
            due.stepKey(),
            uncertain.cause());
        table.done(due);
      }
      case SendResult.Retryable retryable -> putOff(due, retryable);
    }
  }

  private void putOff(Due due, SendResult.Retryable failure) {
    LOG.info("Somebody of sales is told of step {} later: {}", due.stepKey(), failure.cause());
    int attempts = due.attempts();
    switch (failure.scope()) {
      case MESSAGE -> {
        Duration rest = FIRST_REST.multipliedBy(1L << Math.min(attempts, MOST_DOUBLED));
        table.putOff(due, attempts + 1, atLeast(failure.backoff(), rest));
      }
      // That says nothing of this mail.
      case CHANNEL -> table.putOff(due, attempts, atLeast(failure.backoff(), FIRST_REST));
    }
  }

  private static Duration atLeast(Duration least, Duration rest) {
    return rest.compareTo(least) < 0 ? least : rest;
  }

  private EmailMessage message(Due due, String email) {
    String link = console + (due.task() == null ? "/sales" : "/sales/" + due.task());
    String me = console + "/sales/me";
    String text =
        """
        %s: a lead waits in the sales inbox.

        %s

        You get this as you left your address there. Take it out, or change it: %s
        """
            .formatted(due.note(), link, me);
    String html =
        """
        <p>%s: a lead waits in the sales inbox.</p>
        <p><a href="%s">Open it</a></p>
        <p>You get this as you left your address there. <a href="%s">Take it out, or change it.</a></p>
        """
            .formatted(
                HtmlUtils.htmlEscape(due.note()),
                HtmlUtils.htmlEscape(link),
                HtmlUtils.htmlEscape(me));
    return new EmailMessage(
        messageId(due), email, null, "Sales inbox: " + due.note(), html, text, null);
  }

  /**
   * As no touch has it, so that nothing is made of bounces; and the same for a mail that is sent
   * again because whoever sent it died.
   */
  private String messageId(Due due) {
    String mail = "%d %s %s".formatted(due.stepKey(), due.salesperson(), due.notedAt());
    return "0.%s@%s"
        .formatted(
            UUID.nameUUIDFromBytes(mail.getBytes(StandardCharsets.UTF_8)),
            Objects.requireNonNullElse(URI.create(console).getHost(), "localhost"));
  }
}
