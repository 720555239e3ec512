package io.ripen.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.SendResult;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.telegram.TelegramBot;
import io.ripen.channels.telegram.TelegramChannel;
import io.ripen.channels.twilio.TwilioAccount;
import io.ripen.channels.twilio.TwilioFacebook;
import io.ripen.channels.twilio.TwilioSender;
import io.ripen.channels.twilio.TwilioSms;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** The sink answers as the providers do, so that what is measured is what would be sent. */
class HttpSinkTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void what_each_provider_is_told_is_taken_and_counted() throws Exception {
    try (SmtpSink mails = new SmtpSink()) {
      URI sink = URI.create("http://127.0.0.1:" + new HttpSink(mails).port());
      var account =
          new TwilioAccount(BareTwilio.ACCOUNT, null, BareTwilio.SECRET, sink, SOON, SOON);
      var sms =
          new TwilioSms(account, new TwilioSender(BareTwilio.NUMBER, null), Clock.systemUTC());
      var facebook =
          new TwilioFacebook(
              account,
              new TwilioSender("messenger:" + BareTwilio.PAGE, null),
              address -> Optional.of(Instant.now()),
              Clock.systemUTC());
      var telegram = new TelegramChannel(new TelegramBot("1:" + "t".repeat(35), sink, SOON, SOON));

      assertThat(sms.send(messageTo("+36201234567"), () -> {}))
          .isInstanceOf(SendResult.Accepted.class);
      assertThat(facebook.send(messageTo("messenger:100001"), () -> {}))
          .isInstanceOf(SendResult.Accepted.class);
      assertThat(telegram.send(messageTo("telegram:4711"), () -> {}))
          .isInstanceOf(SendResult.Accepted.class);

      assertThat(ask(sink, "taken")).isEqualTo("3");
      assertThat(ask(sink, "post")).as("the first").contains("Body=Your+cart");
      ask(sink, "clear/0");
      assertThat(ask(sink, "taken")).isEqualTo("0");
    }
  }

  @Test
  void callers_do_each_number_once() throws Exception {
    var done = new ConcurrentLinkedQueue<Integer>();

    Callers.virtual(3).run(10, (caller, number) -> done.add(number));

    assertThat(done).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  private static String ask(URI sink, String what) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(sink.resolve("/control/" + what)).build(),
              BodyHandlers.ofString())
          .body();
    }
  }

  private static ShortMessage messageTo(String address) {
    return new ShortMessage(
        "1.lead", address, "", "Your cart", List.of(), Map.of(), Instant.now(), false);
  }
}
