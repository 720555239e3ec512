package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.channels.email.SmtpServer;
import io.ripen.channels.email.SmtpServer.Encryption;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MailServerPropertiesTest {

  private static Binder binder(String... properties) {
    Map<String, String> map = new HashMap<>();
    map.put("spring.mail.host", "smtp.example.com");
    for (String property : properties) {
      int equals = property.indexOf('=');
      map.put(property.substring(0, equals), property.substring(equals + 1));
    }
    return new Binder(new MapConfigurationPropertySource(map));
  }

  private static EmailProperties email(String... properties) {
    return binder(properties).bindOrCreate("ripen.email", EmailProperties.class);
  }

  private static SmtpServer server(String... properties) {
    return binder(properties)
        .bindOrCreate("spring.mail", MailServerProperties.class)
        .server(email(properties));
  }

  @Test
  void springs_own_names_are_understood() {
    SmtpServer server =
        server(
            "spring.mail.port=587",
            "spring.mail.username=shop",
            "spring.mail.password=secret",
            "spring.mail.properties.mail.smtp.starttls.required=true",
            "spring.mail.properties.mail.smtp.localhost=shop.example.com");

    assertThat(server.port()).isEqualTo(587);
    assertThat(server.username()).isEqualTo("shop");
    assertThat(server.encryption()).isEqualTo(Encryption.STARTTLS_REQUIRED);
    assertThat(server.properties()).containsEntry("mail.smtp.localhost", "shop.example.com");
    assertThat(server.toString()).doesNotContain("secret");
  }

  @Test
  void encryption_follows_the_properties() {
    assertThat(server().encryption()).isEqualTo(Encryption.STARTTLS_IF_OFFERED);
    assertThat(server("spring.mail.ssl.enabled=true").encryption()).isEqualTo(Encryption.TLS);
    assertThat(server("spring.mail.protocol=smtps").port()).isEqualTo(465);
    assertThat(server("spring.mail.properties.mail.smtp.starttls.enable=false").encryption())
        .isEqualTo(Encryption.NONE);
  }

  @Test
  void times_and_policy_have_defaults_that_fit_together() {
    TouchPolicy policy =
        new TouchesProperties(Duration.ofHours(48), Map.of("sms", WhenUncertain.RESEND))
            .policy(email());

    assertThat(policy.resends(Medium.EMAIL)).isFalse();
    assertThat(policy.resends(Medium.SMS)).isTrue();
    assertThat(policy.answerLease()).isGreaterThan(email().answerTimeout().multipliedBy(2));
  }

  @Test
  void a_policy_for_a_channel_that_does_not_exist_is_told() {
    assertThatThrownBy(
            () ->
                new TouchesProperties(Duration.ofHours(1), Map.of("fax", WhenUncertain.RESEND))
                    .policy(email()))
        .hasMessage(
            "ripen.touches.when-uncertain names \"fax\" (expected: one of"
                + " [email, sms, messenger, chat, popup, push])");
  }

  @Test
  void a_missing_host_is_told_by_its_name() {
    assertThatThrownBy(() -> server("spring.mail.host="))
        .hasMessageStartingWith("spring.mail.host is not set");
  }
}
