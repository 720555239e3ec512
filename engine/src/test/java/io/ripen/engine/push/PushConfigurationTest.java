package io.ripen.engine.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.channels.Channel;
import io.ripen.channels.webpush.PushKeys;
import io.ripen.engine.guards.Guards;
import io.ripen.engine.links.Links;
import io.ripen.engine.links.SignedLinks;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which settings bring the channel. */
class PushConfigurationTest {

  private static final PushKeys KEYS = PushKeys.generate("mailto:ops@shop.example");
  private static final Map<String, Object> SET =
      Map.of(
          "ripen.push.public-key", KEYS.publicKey(),
          "ripen.push.private-key", KEYS.privateKey(),
          "ripen.push.subject", KEYS.subject());

  @Test
  void with_keys_workers_have_the_channel() {
    try (var context = context(SET, "workers")) {
      assertThat(context.getBean(Channel.class).name()).isEqualTo("push");
    }
  }

  @Test
  void without_keys_there_is_none_and_on_the_local_server_the_mailbox_has_it() {
    try (var context = context(Map.of(), "workers")) {
      assertThat(context.getBeansOfType(Channel.class)).isEmpty();
    }
    try (var context = context(SET, "workers", "local")) {
      assertThat(context.getBeansOfType(Channel.class)).isEmpty();
    }
  }

  @Test
  void half_a_pair_is_told_at_the_start() {
    Map<String, Object> half = new HashMap<>(SET);
    half.remove("ripen.push.private-key");
    assertThatThrownBy(() -> context(half, "workers"))
        .rootCause()
        .hasMessage("ripen.push.private-key is not set (expected: as ./ripen push keys prints it)");
  }

  @Test
  void a_service_that_is_no_host_is_told_at_the_start() {
    Map<String, Object> wrong = new HashMap<>(SET);
    wrong.put("ripen.push.services", "fcm.googleapis.com,*");
    assertThatThrownBy(() -> context(wrong, "workers"))
        .rootCause()
        .hasMessageContaining("the push service \"*\" is no host");
  }

  private static AnnotationConfigApplicationContext context(
      Map<String, Object> settings, String... profiles) {
    var context = new AnnotationConfigApplicationContext();
    context.getEnvironment().setActiveProfiles(profiles);
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("set", settings));
    context.registerBean(Clock.class, Clock::systemUTC);
    context.registerBean(SignedLinks.class, () -> Links.signedAt(Clock.systemUTC()));
    context.registerBean(PushJdbc.class, () -> new PushJdbc(new JdbcTemplate()));
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
    context.register(Guards.class);
    context.register(PushConfiguration.class, PushChannels.class);
    context.refresh();
    return context;
  }
}
