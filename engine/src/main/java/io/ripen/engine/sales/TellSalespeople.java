package io.ripen.engine.sales;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.email.EmailMessage;
import io.ripen.engine.sales.SalesMailJdbc.Due;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.util.HtmlUtils;

/**
 * Tells salespeople by e-mail of what the inbox has noted: what it is about and where it is, and
 * nothing of the lead. The flow has gone on long before; while the mail server is away they wait.
 */
final class TellSalespeople {

  /** A reminder of this morning helps nobody tonight; the note is in the inbox. */
  static final Duration OF_USE = Duration.ofHours(4);

  private static final Duration FIRST_REST = Duration.ofSeconds(30);
  private static final int MOST_DOUBLED = 5;
  private static final Logger LOG = LoggerFactory.getLogger(TellSalespeople.class);

  private final SalesMailJdbc table;
  private final Channel<EmailMessage> channel;
  private final TransactionTemplate transaction;
  private final String console;
  private final Clock clock;

  /**
   * @param console where people's browsers reach it, without a slash at its end
   */
  TellSalespeople(
      SalesMailJdbc table,
      Channel<EmailMessage> channel,
      TransactionTemplate transaction,
      String console,
      Clock clock) {
    this.table = table;
    this.channel = channel;
    this.transaction = transaction;
    this.console = console;
    this.clock = clock;
  }

  /**
   * Tells one of those whose time has come. The row is held meanwhile, so that nobody else tells
   * them, too.
   *
   * @return whether there was one
   */
  boolean one() {
    return Boolean.TRUE.equals(
        transaction.execute(
            status -> {
              Optional<Due> next = table.next(clock.instant());
              next.ifPresent(this::tell);
              return next.isPresent();
            }));
  }

  private void tell(Due due) {
    if (due.email() == null || due.isTaken()) {
      table.done(due);
      return;
    }
    if (clock.instant().isAfter(due.notedAt().plus(OF_USE))) {
      LOG.warn(
          "Somebody of sales was not told of step {}: for {} the mail server took no e-mail",
          due.stepKey(),
          OF_USE);
      table.done(due);
      return;
    }
    switch (channel.send(message(due, due.email()), () -> {})) {
      case SendResult.Accepted accepted -> {
        LOG.info("Somebody of sales was told of step {}", due.stepKey());
        table.done(due);
      }
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
      case SendResult.Retryable retryable -> {
        Instant until = clock.instant().plus(rest(due.attempts(), retryable.backoff()));
        LOG.info(
            "Somebody of sales is told of step {} at {} or later: {}",
            due.stepKey(),
            until,
            retryable.cause());
        table.putOff(due, until);
      }
    }
  }

  private static Duration rest(int attempts, Duration atLeast) {
    Duration rest = FIRST_REST.multipliedBy(1L << Math.min(attempts, MOST_DOUBLED));
    return rest.compareTo(atLeast) < 0 ? atLeast : rest;
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
        messageId(), email, null, "Sales inbox: " + due.note(), html, text, null);
  }

  /** As no touch has it, so that nothing is made of bounces. */
  private String messageId() {
    return "0.%s@%s"
        .formatted(
            UUID.randomUUID(),
            Objects.requireNonNullElse(URI.create(console).getHost(), "localhost"));
  }
}
