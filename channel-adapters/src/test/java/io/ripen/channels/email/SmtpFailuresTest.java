package io.ripen.channels.email;

import static io.ripen.channels.email.Emails.anEmail;
import static io.ripen.channels.email.ScriptedSmtpServer.CUT;
import static io.ripen.channels.email.ScriptedSmtpServer.SILENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SendResult.Uncertain;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each way of failing means, on a real socket. */
class SmtpFailuresTest {

  private final ScriptedSmtpServer server = new ScriptedSmtpServer();
  private final EmailChannel channel = Emails.channel(server.port());
  private final AtomicInteger begun = new AtomicInteger();

  @AfterEach
  void stop() throws IOException {
    channel.close();
    server.close();
  }

  private SendResult send() {
    return channel.send(anEmail(), begun::incrementAndGet);
  }

  private SendResult sendImpatiently() {
    try (EmailChannel impatient = impatient()) {
      return impatient.send(anEmail(), begun::incrementAndGet);
    }
  }

  /** Waits for each answer a second long. */
  private EmailChannel impatient() {
    return new EmailChannel(
        Emails.plain(server.port(), Duration.ofSeconds(1)),
        Emails.onePooled(),
        Emails.SHOP,
        Emails.CLOCK);
  }

  @Test
  void a_healthy_server_accepts_and_the_hand_over_begins_once() {
    assertThat(send()).isEqualTo(new Accepted(anEmail().messageId()));
    assertThat(begun).hasValue(1);
    assertThat(server.messages()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "GREETING, 421 4.3.2 too busy",
    "GREETING, 554 5.7.1 your network is blocked",
    "EHLO,     550 5.7.1 who are you",
    "MAIL,     451 4.3.0 try later",
    "MAIL,     530 5.7.0 log in first",
    "MAIL,     550 5.7.1 sender not allowed",
    "MAIL,     421 4.4.2 idle too long",
    "RCPT,     450 4.2.0 greylisted",
    "RCPT,     451 4.7.1 greylisted",
    "RCPT,     452 4.2.2 mailbox full",
    "RCPT,     552 5.2.2 mailbox full",
    "RCPT,     421 4.3.2 shutting down",
    "RCPT,     530 5.7.0 log in first",
    "RCPT,     554 5.7.1 <anna@example.org>: Relay access denied",
    "RCPT,     503 5.5.1 bad sequence",
    "DATA,     451 4.3.0 try later",
    "DATA,     503 5.5.1 bad sequence",
  })
  void certainly_not_sent_and_worth_another_try(String stage, String reply) {
    server.answering(stage, reply);

    assertThat(send()).isInstanceOf(Retryable.class);
    assertThat(begun).hasValue(0);
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user",
    "RCPT, 551 user not local",
    "RCPT, 553 mailbox name not allowed",
    "RCPT, 501 5.1.3 bad address",
    "RCPT, 556 domain takes no mail",
    "DATA, 554 5.5.1 no valid recipients",
  })
  void rejected_for_good_before_the_hand_over(String stage, String reply) {
    server.answering(stage, reply);

    assertThat(send()).isInstanceOf(Rejected.class);
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user,                NO_SUCH_ADDRESS",
    "RCPT, 550 5.1.1 <a@privaterelay.appleid.com>: User unknown, NO_SUCH_ADDRESS",
    "RCPT, 550 5.1.1 <a@b.c>: Recipient address rejected: User unknown in relay recipient table, NO_SUCH_ADDRESS",
    "RCPT, 556 5.1.10 domain takes no mail,       NO_SUCH_ADDRESS",
    "RCPT, 550 5.2.1 mailbox disabled,            NO_SUCH_ADDRESS",
    "RCPT, 550 5.7.1 your network is on a list,   FILTERED",
    "DOT,  554 5.7.1 looks like spam,             FILTERED",
    "DOT,  554 5.6.0 bad content,",
    "RCPT, 550 no such user or we do not like you,",
  })
  void a_rejection_tells_of_the_address_what_the_server_surely_says(
      String stage, String reply, Cause cause) {
    server.answering(stage, reply);

    assertThat(send())
        .isInstanceOfSatisfying(Rejected.class, r -> assertThat(r.cause()).isEqualTo(cause));
  }

  @Test
  void what_is_no_address_will_never_be_one() {
    assertThat(channel.send(Emails.to("nowhere", "Anna"), begun::incrementAndGet))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.cause()).isEqualTo(Cause.NO_SUCH_ADDRESS));
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "550 5.7.1 looks like spam,        false",
    "554 5.6.0 bad content,            false",
    "552 5.3.4 message too large,      false",
    "552 5.2.2 mailbox full,           true",
    "451 4.3.0 content scanner is down, true",
    "452 4.3.1 disk full,              true",
    "421 4.3.2 shutting down,          true",
  })
  void an_answer_to_the_message_itself_settles_it(String reply, boolean retryable) {
    server.answering("DOT", reply);

    assertThat(send()).isInstanceOf(retryable ? Retryable.class : Rejected.class);
    assertThat(begun).hasValue(1);
  }

  @Test
  void any_success_counts_as_accepted() {
    server.answering("DOT", "251 will forward");

    assertThat(send()).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA"})
  void cut_before_the_dot_is_certainly_not_sent(String stage) {
    server.answering(stage, CUT);

    assertThat(send()).isInstanceOf(Retryable.class);
    assertThat(begun).hasValue(0);
    assertThat(server.messages()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA"})
  void silence_before_the_dot_is_certainly_not_sent(String stage) {
    server.answering(stage, SILENCE);

    assertThat(sendImpatiently())
        .isInstanceOfSatisfying(
            Retryable.class, r -> assertThat(r.cause()).contains("no answer in time"));
    assertThat(begun).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {CUT, SILENCE, "nonsense", "354 what"})
  void an_answer_that_is_lost_after_the_dot_leaves_it_uncertain(String answer) {
    server.answering("DOT", answer);

    assertThat(answer.equals(SILENCE) ? sendImpatiently() : send()).isInstanceOf(Uncertain.class);
    assertThat(begun).hasValue(1);
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void a_refusal_followed_by_a_cut_is_still_a_refusal() {
    server.answering("DOT", "550 5.7.1 spam").answering("RSET", CUT);

    assertThat(send()).isInstanceOf(Rejected.class);
  }

  @Test
  void greylisting_advises_to_wait() {
    server.answering("RCPT", "450 4.2.0 greylisted");

    assertThat(send())
        .isInstanceOfSatisfying(
            Retryable.class,
            r -> assertThat(r.backoff()).isGreaterThanOrEqualTo(Duration.ofMinutes(1)));
  }

  @Test
  void nobody_listening_is_worth_another_try() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (EmailChannel nowhere = Emails.channel(port)) {
      assertThat(nowhere.send(anEmail(), begun::incrementAndGet))
          .isInstanceOfSatisfying(
              Retryable.class,
              r ->
                  assertThat(r.cause())
                      .isEqualTo(
                          "no connection to the SMTP server 127.0.0.1:%d: connection refused"
                              .formatted(port)));
    }
  }

  @Test
  void a_hand_over_that_is_refused_takes_the_message_back() {
    assertThatThrownBy(
            () ->
                channel.send(
                    anEmail(),
                    () -> {
                      throw new IllegalStateException("the claim is lost");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the claim is lost");
    assertThat(server.messages()).isEmpty();

    assertThat(send()).isInstanceOf(Accepted.class);
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void the_server_sees_nothing_of_the_end_before_the_hand_over() {
    channel.send(anEmail(), () -> assertThat(server.messages()).isEmpty());

    assertThat(server.messages()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "GREETING, 421 4.3.2 too busy,              CHANNEL",
    "MAIL,     451 4.7.1 too many messages,     CHANNEL",
    "MAIL,     550 5.7.1 sender not allowed,    CHANNEL",
    "RCPT,     530 5.7.0 log in first,          CHANNEL",
    "RCPT,     554 5.7.1 relay access denied,   CHANNEL",
    "RCPT,     550 relaying denied,             CHANNEL",
    "RCPT,     421 4.3.2 shutting down,         CHANNEL",
    "DOT,      452 4.3.1 disk full,             CHANNEL",
    "DOT,      451 4.3.0 scanner is down,       CHANNEL",
    "RCPT,     450 4.2.0 greylisted,            MESSAGE",
    "RCPT,     450 4.1.1 unknown in relay table, MESSAGE",
    "RCPT,     451 4.7.1 greylisted,            MESSAGE",
    "RCPT,     452 4.2.2 mailbox full,          MESSAGE",
    "RCPT,     552 5.2.2 mailbox full,          MESSAGE",
    "RCPT,     503 5.5.1 bad sequence,          MESSAGE",
    "DOT,      450 4.7.1 odd content,           MESSAGE",
    "RCPT,     451 mailbox quota exceeded today, MESSAGE",
    "RCPT,     451 the recipient has a daily quota, MESSAGE",
    "RCPT,     452 4.2.2 the daily quota is exceeded, MESSAGE",
    "RCPT,     450 4.2.1 who sends here is over the limit, MESSAGE",
    "RCPT,     450 4.1.1 unknown to us: sender over quota, MESSAGE",
    "RCPT,     451 4.7.1 greylisted: sender within the time limit, MESSAGE",
    "DOT,      452 4.3.4 larger than the limit for those who send, CHANNEL",
  })
  void what_the_server_says_of_itself_holds_for_all(String stage, String reply, Scope scope) {
    server.answering(stage, reply);

    assertThat(send())
        .isInstanceOfSatisfying(Retryable.class, r -> assertThat(r.scope()).isEqualTo(scope));
  }

  @ParameterizedTest
  @CsvSource({
    "DATA, 550 5.4.5 Daily user sending limit exceeded.",
    "DOT,  550 5.4.5 Daily user sending limit exceeded.",
    "DOT,  550 5.7.1 Daily SMTP relay limit exceeded for customer.",
    "DOT,  552 Message would take you over your relay quota",
    "DOT,  554 5.7.1 You have exceeded your hourly limit",
    "DOT,  554 This domain has exceeded the max emails per hour (150/150 (100%)) allowed.",
    "RCPT, 554 5.7.1 Sender address rejected: message quota exceeded",
    "RCPT, 554 5.7.1 Daily recipient limit exceeded",
    "DATA, 550 5.1.90 You have reached your daily limit for message recipients",
    "DATA, 550 5.7.1 Your hourly sending limits are reached",
    "MAIL, 451 4.7.1 Hourly sending quota exceeded",
    "RCPT, 450 4.7.1 Sender address rejected: message quota exceeded",
    "RCPT, 451 Your domain has exceeded its hourly quota",
    "RCPT, 421 4.7.0 Daily sending limit exceeded",
    "DATA, 451 4.7.1 Outgoing quota exceeded",
    "DATA, 454 Throttling failure: Daily message quota exceeded.",
    "DOT,  452 4.4.5 Daily user sending limit exceeded.",
    "DOT,  552 5.3.1 disk full",
    "DATA, 554 5.3.2 not now",
  })
  void who_has_sent_as_much_as_they_may_waits_with_all_messages(String stage, String reply) {
    server.answering(stage, reply);

    assertThat(send())
        .isInstanceOfSatisfying(
            Retryable.class,
            r -> {
              assertThat(r.scope()).isEqualTo(Scope.CHANNEL);
              assertThat(r.backoff()).isBetween(Duration.ofMinutes(15), Duration.ofHours(1));
              assertThat(r.cause()).contains(reply.substring(0, 9));
            });
    assertThat(server.messages()).hasSize(begun.get());
  }

  @ParameterizedTest
  @CsvSource({
    "552 5.3.4 message exceeds the size that you may send by your daily limit",
    "552 message size exceeds our limit for sending",
    "552 5.2.3 it is longer than the limit for those who send",
    "554 5.4.6 hop limit exceeded",
    "554 too much spam: sender is over the limit",
    "552 too large",
  })
  void what_is_too_much_of_one_message_is_refused(String reply) {
    server.answering("DOT", reply);

    assertThat(send()).isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "554 5.7.1 <anna@example.org>: Recipient address rejected: quota per day exceeded",
        "554 5.7.1 <anna@example.org>: the recipient's daily quota is exceeded",
        "554 5.7.1 <list@example.org>: sender refused, as posting is limited to members",
        "554 5.7.1 <list@example.org>: sender refused, as of the limit for members",
        "554 5.7.1 sender refused by our limitations",
        "554 5.6.0 sender exceeds the limit of 998 characters in a line",
      })
  void what_one_recipient_or_list_does_not_take_is_refused_and_stops_no_other(String reply) {
    server.answering("RCPT", reply);

    assertThat(send()).isInstanceOf(Rejected.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"550 5.3.0 something is wrong", "554 5.3.3 not supported"})
  void what_may_be_of_the_server_or_of_one_message_stops_no_other(String reply) {
    server.answering("DOT", reply);

    assertThat(send())
        .isInstanceOfSatisfying(
            Retryable.class,
            r -> {
              assertThat(r.scope()).isEqualTo(Scope.MESSAGE);
              assertThat(r.backoff()).isPositive();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"GREETING", "MAIL", "DATA"})
  void a_lost_connection_says_that_others_would_fare_alike(String stage) {
    server.answering(stage, CUT);

    assertThat(send())
        .isInstanceOfSatisfying(
            Retryable.class, r -> assertThat(r.scope()).isEqualTo(Scope.CHANNEL));
  }

  @Test
  void a_cut_in_the_middle_of_the_message_is_certainly_not_sent() {
    server.cutsAfterLines(3);
    String line = "A line of some length, as there are many in a message.\r\n";
    EmailMessage e = anEmail();

    // More than the buffers of both sides hold.
    SendResult result =
        channel.send(
            new EmailMessage(
                e.messageId(),
                e.to(),
                e.toName(),
                e.subject(),
                e.html(),
                line.repeat(300_000),
                e.unsubscribeUrl()),
            begun::incrementAndGet);

    assertThat(result).isInstanceOf(Retryable.class);
    assertThat(begun).hasValue(0);
    assertThat(server.messages()).isEmpty();
  }

  @Test
  void a_server_that_takes_its_time_for_each_answer_is_waited_for() {
    server.slow(Duration.ofMillis(200));

    assertThat(send()).isInstanceOf(Accepted.class);
    assertThat(begun).hasValue(1);
  }

  @Test
  void a_connection_whose_other_end_is_gone_without_a_word_is_replaced() {
    try (EmailChannel impatient = impatient()) {
      impatient.send(anEmail(), begun::incrementAndGet);
      server.forgetAll();

      assertThat(impatient.send(anEmail(), begun::incrementAndGet)).isInstanceOf(Accepted.class);
    }
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.messages()).hasSize(2);
    assertThat(begun).hasValue(2);
  }

  @Test
  void one_that_goes_without_a_word_after_the_dot_leaves_it_uncertain() {
    try (EmailChannel impatient = impatient()) {
      assertThat(impatient.send(anEmail(), server::forgetAll)).isInstanceOf(Uncertain.class);
    }
    assertThat(server.messages()).hasSize(1);
  }

  @Test
  void connections_are_used_again() {
    send();
    send();

    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.messages()).hasSize(2);
  }

  @Test
  void a_connection_is_used_again_after_a_rejected_address() {
    server.answering("RCPT", "550 5.1.1 no such user");
    send();
    server.healthyAt("RCPT");

    assertThat(send()).isInstanceOf(Accepted.class);
    assertThat(server.connections()).isEqualTo(1);
  }

  @Test
  void a_connection_that_died_in_the_pool_is_replaced_at_once() {
    send();
    server.cutAll();

    assertThat(send()).isInstanceOf(Accepted.class);
    assertThat(server.connections()).isEqualTo(2);
    assertThat(server.messages()).hasSize(2);
    assertThat(begun).hasValue(2);
  }

  @Test
  void a_connection_that_the_server_gives_up_is_replaced_at_once() {
    send();
    server.answering("MAIL", "421 4.4.2 idle too long");

    assertThat(send()).isInstanceOf(Retryable.class);
    assertThat(server.connections()).as("one fresh connection, not an endless row").isEqualTo(2);
  }

  @Test
  void a_connection_carries_so_many_messages_and_no_more() {
    try (EmailChannel few =
        new EmailChannel(
            Emails.plain(server.port()),
            new SmtpPool(1, 2, Duration.ofMinutes(1)),
            Emails.SHOP,
            Emails.CLOCK)) {
      for (int i = 0; i < 5; i++) {
        assertThat(few.send(anEmail(), () -> {})).isInstanceOf(Accepted.class);
      }
    }
    assertThat(server.connections()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "550 5.1.1 <anna@example.org>: no such user",
        "550-no mailbox for ANNA here\r\n550 sorry, Kovács",
        "550 anna@example.org unknown",
      })
  void reasons_hold_no_personal_data(String reply) {
    server.answering("RCPT", reply);

    assertThat(send())
        .isInstanceOfSatisfying(
            Rejected.class,
            r ->
                assertThat(r.reason())
                    .startsWith("the SMTP server answered RCPT TO with 550")
                    .doesNotContainIgnoringCase("anna")
                    .doesNotContainIgnoringCase("kovács")
                    .doesNotContain("example.org"));
  }
}
