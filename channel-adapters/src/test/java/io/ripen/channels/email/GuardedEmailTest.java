package io.ripen.channels.email;

import static io.ripen.channels.email.Emails.anEmail;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SettableClock;
import io.ripen.channels.guarded.Guarded;
import io.ripen.channels.guarded.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** E-mail as workers send it: behind a guard, over a real socket. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GuardedEmailTest {

  private static final int FAILURES = 4;
  private static final Duration OPEN_FOR = Duration.ofSeconds(30);

  private final ScriptedSmtpServer server = new ScriptedSmtpServer();
  private final SettableClock clock = new SettableClock();
  private final EmailChannel channel =
      new EmailChannel(
          Emails.plain(server.port(), Duration.ofSeconds(1)),
          new SmtpPool(2, 100, Duration.ofMinutes(1)),
          Emails.SHOP,
          Emails.CLOCK);
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void stop() throws IOException {
    channel.close();
    server.close();
  }

  private Guarded<EmailMessage> guarded(int messages, Duration per, Duration longestWait) {
    return new Guarded<>(
        channel, new Limits(messages, per, 2, longestWait, FAILURES, OPEN_FOR), clock);
  }

  private Guarded<EmailMessage> guarded() {
    return guarded(1_000_000, Duration.ofSeconds(1), Duration.ofMinutes(1));
  }

  private SendResult send(Channel<EmailMessage> guarded) {
    return guarded.send(anEmail(), begun::incrementAndGet);
  }

  @ParameterizedTest
  @CsvSource({
    "GREETING, cut",
    "GREETING, 421 4.3.2 too busy",
    "EHLO, silence",
    "MAIL, 451 4.7.1 too many messages",
    "DATA, cut",
    "DOT, 451 4.3.0 scanner is down"
  })
  void a_server_that_fails_is_left_alone_and_then_tried_by_one_message(
      String stage, String answer) {
    Guarded<EmailMessage> guarded = guarded();
    server.answering(stage, answer);
    for (int i = 0; i < FAILURES; i++) {
      assertThat(send(guarded)).isInstanceOf(Retryable.class);
    }
    int connections = server.connections();
    int commands = server.commands().size();
    server.healthyAt(stage);

    assertThat(guarded.isHeld()).isTrue();
    assertThat(send(guarded))
        .isEqualTo(
            new Retryable(
                "email fails again and again, so nothing is sent for a while",
                OPEN_FOR,
                Scope.CHANNEL));
    assertThat(server.connections()).as("nobody has knocked").isEqualTo(connections);
    assertThat(server.commands()).hasSize(commands);

    clock.advance(OPEN_FOR.plusMillis(1));
    assertThat(send(guarded)).isInstanceOf(Accepted.class);
    assertThat(send(guarded)).isInstanceOf(Accepted.class);
    assertThat(guarded.isHeld()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user",
    "RCPT, 450 4.2.0 greylisted",
    "RCPT, 552 5.2.2 mailbox full",
    "DOT, 554 5.7.1 looks like spam"
  })
  void what_is_one_recipients_matter_stops_nobody_else(String stage, String answer) {
    Guarded<EmailMessage> guarded = guarded();
    server.answering(stage, answer);
    for (int i = 0; i < 3 * FAILURES; i++) {
      assertThat(send(guarded)).isInstanceOfAny(Rejected.class, Retryable.class);
    }
    server.healthyAt(stage);

    assertThat(guarded.isHeld()).isFalse();
    assertThat(send(guarded)).isInstanceOf(Accepted.class);
  }

  @Test
  void a_provider_whose_limit_for_a_day_is_reached_is_left_alone_and_it_is_said_why() {
    Guarded<EmailMessage> guarded = guarded();
    server.answering("DOT", "550 5.4.5 Daily user sending limit exceeded");
    assertThat(send(guarded)).isInstanceOf(Retryable.class);
    int connections = server.connections();
    int commands = server.commands().size();

    assertThat(send(guarded))
        .isInstanceOfSatisfying(
            Retryable.class, r -> assertThat(r.backoff()).isGreaterThan(Duration.ofMinutes(14)));
    assertThat(server.connections()).as("nobody has knocked").isEqualTo(connections);
    assertThat(server.commands()).hasSize(commands);
    assertThat(guarded.providers())
        .singleElement()
        .satisfies(email -> assertThat(email.heldBecause()).contains("Daily user sending limit"));
  }

  @Test
  void a_backlog_goes_out_at_the_pace_that_was_set() {
    Guarded<EmailMessage> guarded = guarded(5, Duration.ofMillis(200), Duration.ofMinutes(1));
    long start = System.nanoTime();

    List<CompletableFuture<SendResult>> backlog = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      backlog.add(CompletableFuture.supplyAsync(() -> send(guarded)));
    }

    assertThat(backlog).allSatisfy(each -> assertThat(each.join()).isInstanceOf(Accepted.class));
    assertThat(server.messages()).hasSize(30);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(800));
  }

  @Test
  void who_would_wait_too_long_is_told_before_anything_is_handed_over() {
    Guarded<EmailMessage> guarded = guarded(1, Duration.ofHours(1), Duration.ZERO);
    send(guarded);

    assertThat(send(guarded))
        .isInstanceOfSatisfying(
            Retryable.class, r -> assertThat(r.backoff()).isEqualTo(Duration.ofHours(1)));
    assertThat(begun).hasValue(1);
    assertThat(server.messages()).hasSize(1);
  }
}
