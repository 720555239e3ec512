package io.ripen.engine.onsite;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.ShortMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.dao.DataAccessException;

/**
 * Shows messages to who is on a site now. The message is kept by its id, so it may be handed over
 * again without fear: nobody sees it twice.
 */
final class OnSiteChannel implements Channel<ShortMessage> {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final String kind;
  private final OnSiteJdbc table;
  private final Clock clock;

  /**
   * @param kind {@code popup} or {@code chat}, which is the channel's name too
   */
  OnSiteChannel(String kind, OnSiteJdbc table, Clock clock) {
    this.kind = kind;
    this.table = table;
    this.clock = clock;
  }

  @Override
  public String name() {
    return kind;
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    handOver.begin();
    Instant now = clock.instant();
    Instant expires = kind.equals("popup") ? now.plus(OnSiteJdbc.POPUP_FOR) : null;
    try {
      table.add(UUID.fromString(message.to()), kind, message, now, expires);
      return new SendResult.Accepted(kind + ":" + message.id());
    } catch (DataAccessException e) {
      return new SendResult.Retryable("the database is out of reach", SOON);
    }
  }
}
