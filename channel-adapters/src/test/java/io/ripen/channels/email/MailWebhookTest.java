package io.ripen.channels.email;

import static io.ripen.channels.email.Received.ANNA;
import static io.ripen.channels.email.Received.ID;
import static io.ripen.channels.email.Received.PATH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.Inbound;
import io.ripen.channels.Webhook;
import io.ripen.channels.Webhook.Answer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailWebhookTest {

  private static final String SECRET = "sixteen letters or more";
  private static final String BOUNCE =
      Received.bounce(PATH.of(ID, ANNA), "failed", "5.1.1", "smtp; no", ANNA);

  private final MailWebhook webhook = new MailWebhook(SECRET, new Inbox(PATH, Emails.CLOCK));

  private Answer receive(String method, String authorization, String body) {
    return webhook.receive(
        new Webhook.Request(
            method,
            "https://shop.example.com/hooks/channels/email",
            Map.of("authorization", List.of(authorization)),
            body));
  }

  @Test
  void takes_a_whole_message() {
    assertThat(receive("POST", "Bearer " + SECRET, BOUNCE))
        .isInstanceOfSatisfying(
            Answer.Taken.class,
            taken ->
                assertThat(taken.inbound())
                    .singleElement()
                    .isInstanceOf(Inbound.Undelivered.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer ", "Bearer wrong", "Basic sixteen letters or more"})
  void whoever_does_not_know_the_secret_is_refused(String authorization) {
    assertThat(receive("POST", authorization, BOUNCE))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(401);
              assertThat(refused.reason()).doesNotContain(SECRET);
            });
  }

  @Test
  void what_nobody_understands_is_taken_so_that_it_does_not_come_for_ever() {
    assertThat(receive("POST", "Bearer " + SECRET, "hello")).isEqualTo(new Answer.Taken(List.of()));
    assertThat(receive("GET", "Bearer " + SECRET, ""))
        .isInstanceOfSatisfying(
            Answer.Refused.class, refused -> assertThat(refused.status()).isEqualTo(405));
  }

  @Test
  void a_short_secret_is_refused() {
    assertThatThrownBy(() -> new MailWebhook("short", new Inbox(null, Emails.CLOCK)))
        .hasMessageContaining("16 or more");
  }
}
