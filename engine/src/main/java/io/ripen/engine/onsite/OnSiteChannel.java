package io.ripen.engine.onsite;

import io.ripen.channels.Channel;
import io.ripen.channels.Kept;
import io.ripen.channels.SendResult;
import io.ripen.channels.ShortMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * Shows messages to who is on a site now. The message is kept by its id, so it may be handed over
 * again without fear: nobody sees it twice. It is sent when one of the visitor's windows has shown
 * it; what nobody saw in its time is taken back.
 */
final class OnSiteChannel implements Channel<ShortMessage> {

  /** Who is on the site and looks has seen it by then. */
  private static final Duration AT_ONCE_FOR = Duration.ofMinutes(2);

  /** What waits until they are about to leave. */
  private static final Duration EXIT_FOR = Duration.ofMinutes(30);

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration LATER = Duration.ofSeconds(15);

  /** What is filled in where it is shown lives longer as a signal, and so is heard by the flow. */
  private static final Duration SELDOM = Duration.ofSeconds(45);

  private static final Duration DATABASE_BACK = Duration.ofSeconds(10);

  private static final String UNSEEN_YET = "nobody has seen it yet";

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
    try {
      table.add(UUID.fromString(message.to()), kind, message, now, expires(message, now));
      return waiting(message, UNSEEN_YET, waitsForExit(message) ? LATER : SOON);
    } catch (DataIntegrityViolationException e) {
      return new SendResult.Rejected("PostgreSQL does not take it as it is");
    } catch (DataAccessException e) {
      // It may be kept all the same; whoever asks later finds out.
      return waiting(message, "the database is out of reach", DATABASE_BACK);
    }
  }

  private SendResult waiting(ShortMessage message, String cause, Duration backoff) {
    return new SendResult.Waiting(providerId(message.id()), cause, backoff);
  }

  @Override
  public Optional<Kept> whereIs(String messageId) {
    table.takeBackIfOver(messageId, clock.instant());
    return Optional.of(
        table.kept(messageId).map(kept -> outcome(messageId, kept)).orElseGet(Kept.Missing::new));
  }

  private Kept outcome(String messageId, OnSiteJdbc.Kept kept) {
    if (kept.isSeen()) {
      return new Kept.Seen(providerId(messageId));
    }
    return kept.isTakenBack()
        ? new Kept.Unseen(
            "Nobody saw it on the site within %s.".formatted(words(kept.since(), kept.until())))
        : new Kept.Waiting(UNSEEN_YET, again(kept));
  }

  /** Ever longer, so that thousands that wait are asked for seldom; last when its time is over. */
  private Duration again(OnSiteJdbc.Kept kept) {
    Instant now = clock.instant();
    Duration half = Duration.between(kept.since(), now).dividedBy(2);
    Duration left = Duration.between(now, kept.until());
    return Collections.max(List.of(SOON, Collections.min(List.of(half, left, SELDOM))));
  }

  private static Instant expires(ShortMessage message, Instant now) {
    Instant end = now.plus(waitsForExit(message) ? EXIT_FOR : AT_ONCE_FOR);
    Instant useUntil = message.useUntil();
    return useUntil != null && useUntil.isBefore(end) ? useUntil : end;
  }

  private static boolean waitsForExit(ShortMessage message) {
    return "exit".equals(message.look().get("when"));
  }

  private static String words(Instant since, Instant until) {
    long seconds = Math.max(1, Math.round(Duration.between(since, until).toMillis() / 1000.0));
    return seconds < 120
        ? "%d seconds".formatted(seconds)
        : "%d minutes".formatted(Math.round(seconds / 60.0));
  }

  private String providerId(String messageId) {
    return kind + ":" + messageId;
  }
}
