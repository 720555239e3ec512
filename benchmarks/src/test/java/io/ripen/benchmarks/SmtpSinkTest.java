package io.ripen.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.SendResult;
import io.ripen.channels.email.EmailChannel;
import io.ripen.channels.email.EmailMessage;
import io.ripen.channels.email.Sender;
import io.ripen.channels.email.SmtpPool;
import io.ripen.channels.email.SmtpServer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmtpSinkTest {

  @Test
  void keeps_when_the_mail_of_each_came() throws Exception {
    try (SmtpSink sink = new SmtpSink();
        EmailChannel channel = channel(sink)) {
      long before = System.nanoTime();

      SendResult result = channel.send(mailTo("anna@example.com"), () -> {});
      sink.await(1, Duration.ofSeconds(10));

      assertThat(result).isInstanceOf(SendResult.Accepted.class);
      assertThat(sink.arrivals()).containsOnlyKeys("anna@example.com");
      assertThat(sink.arrivals().get("anna@example.com"))
          .singleElement()
          .satisfies(when -> assertThat(when).isBetween(before, System.nanoTime()));
    }
  }

  private static EmailMessage mailTo(String address) {
    return new EmailMessage(
        "1@shop.example", address, null, "Your cart", "<p>.</p>", "Still there\n.\n", null);
  }

  private static EmailChannel channel(SmtpSink sink) {
    return new EmailChannel(
        new SmtpServer(
            "127.0.0.1",
            sink.port(),
            null,
            null,
            SmtpServer.Encryption.NONE,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Map.of()),
        new SmtpPool(1, 10, Duration.ofSeconds(10)),
        new Sender("shop@shop.example", null, null),
        Clock.systemUTC());
  }
}
