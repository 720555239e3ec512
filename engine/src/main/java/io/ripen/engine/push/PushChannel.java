package io.ripen.engine.push;

import io.ripen.channels.Channel;
import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.webpush.PushMessage;
import io.ripen.channels.webpush.Subscription;
import io.ripen.engine.links.SignedLinks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Sends to all browsers of a lead that take notifications. One that takes it is enough; those that
 * take nothing any more are forgotten.
 */
final class PushChannel implements Channel<ShortMessage> {

  private static final Logger LOG = LoggerFactory.getLogger(PushChannel.class);

  private static final int MOST_BROWSERS = 10;

  /** So that the answers come before the ledger lets others take the touch. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final Duration USUAL = Duration.ofDays(1);

  private final Channel<PushMessage> channel;
  private final PushJdbc table;
  private final String serverKey;
  private final SignedLinks links;
  private final Clock clock;

  /**
   * @param serverKey our public key
   */
  PushChannel(
      Channel<PushMessage> channel,
      PushJdbc table,
      String serverKey,
      SignedLinks links,
      Clock clock) {
    this.channel = channel;
    this.table = table;
    this.serverKey = serverKey;
    this.links = links;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "push";
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    List<Subscription> browsers =
        table.ofLead(UUID.fromString(message.to()), serverKey, MOST_BROWSERS);
    HandOver once = new Once(handOver);
    SendResult best =
        new Rejected(
            "none of the lead's browsers takes notifications any more (or they subscribed to another ripen.push.public-key)");
    Instant end = clock.instant().plus(LONGEST);
    for (Subscription browser : browsers) {
      SendResult result = channel.send(message(message, browser), once);
      if (result instanceof Rejected rejected && rejected.cause() == Cause.NO_SUCH_ADDRESS) {
        forget(browser);
        // It says nothing of the lead, who may take them in another browser later.
        result = new Rejected(rejected.reason());
      }
      best = better(best, result);
      if (clock.instant().isAfter(end)) {
        break;
      }
    }
    return best;
  }

  @Override
  public List<Provider> providers() {
    return channel.providers();
  }

  private PushMessage message(ShortMessage message, Subscription browser) {
    Instant until = message.useUntil();
    Duration left = until == null ? USUAL : Duration.between(clock.instant(), until);
    return new PushMessage(
        message.id(),
        browser,
        message.title(),
        message.text(),
        message.buttons(),
        links.delivered(message.id()),
        left.isNegative() ? Duration.ZERO : left,
        message.urgent());
  }

  /** What one browser has is sent, whatever became of the others. */
  private static SendResult better(SendResult one, SendResult other) {
    return Comparator.comparingInt(PushChannel::rank).compare(one, other) > 0 ? one : other;
  }

  private static int rank(SendResult result) {
    return switch (result) {
      case Accepted accepted -> 3;
      case SendResult.Waiting waiting -> 3;
      case Uncertain uncertain -> 2;
      case Retryable retryable -> 1;
      case Rejected rejected -> 0;
    };
  }

  private void forget(Subscription browser) {
    try {
      table.drop(browser);
    } catch (DataAccessException e) {
      // It will say so again.
      LOG.warn("A subscription that is gone could not be forgotten: {}", e.getClass().getName());
    }
  }

  /** Passes the point of no return with the first browser. */
  private static final class Once implements HandOver {
    private final HandOver handOver;
    private boolean begun;

    Once(HandOver handOver) {
      this.handOver = handOver;
    }

    @Override
    public synchronized void begin() {
      if (!begun) {
        handOver.begin();
        begun = true;
      }
    }
  }
}
