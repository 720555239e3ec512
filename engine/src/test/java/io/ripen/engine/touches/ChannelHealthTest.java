package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.Channel;
import io.ripen.channels.Messengers;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.guarded.Guarded;
import io.ripen.channels.guarded.Limits;
import io.ripen.engine.gate.Medium;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.availability.ApplicationAvailabilityBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

class ChannelHealthTest {

  private static final String WRONG = "Twilio answered 401: it does not take our credentials";
  private static final ShortMessage HELLO =
      new ShortMessage("1.2", "whatsapp:+36301234567", "", "Hello", List.of());

  private final MovableClock clock = new MovableClock();
  private SendResult answer = new Accepted("1");
  private final Channel<ShortMessage> whatsApp =
      new Guarded<>(new Fake("whatsapp"), Limits.perSecond(1000), clock);
  private final Messengers messengers =
      new Messengers(Map.of("telegram", new Fake("telegram"), "whatsapp", whatsApp));
  private final CompositeHealthContributor health =
      ChannelHealth.ofAll(
          Map.of(Medium.SMS, new Fake("sms")::providers, Medium.MESSENGER, messengers::providers));

  @Test
  void each_channel_tells_who_takes_its_messages() {
    assertThat(status("sms")).isEqualTo(Status.UP);
    assertThat(details("sms")).containsExactlyEntriesOf(Map.of("providers", List.of("sms")));
    assertThat(status("messenger")).isEqualTo(Status.UP);
    assertThat(details("messenger"))
        .containsExactlyEntriesOf(Map.of("providers", List.of("telegram", "whatsapp")));
  }

  @Test
  void one_whose_provider_is_left_alone_is_held_with_the_reason_and_for_as_long() {
    breaks();

    assertThat(status("messenger")).isEqualTo(ChannelHealth.HELD);
    assertThat(details("messenger"))
        .containsEntry("held", Map.of("whatsapp", WRONG))
        .containsEntry("providers", List.of("telegram", "whatsapp"));
    assertThat(status("sms")).isEqualTo(Status.UP);

    clock.move(Duration.ofMinutes(5));
    assertThat(status("messenger")).isEqualTo(Status.UP);
  }

  @Test
  void a_provider_takes_no_process_out_of_service() {
    breaks();
    new WebApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                HealthContributorRegistryAutoConfiguration.class,
                HealthEndpointAutoConfiguration.class,
                AvailabilityProbesAutoConfiguration.class))
        .withBean(ApplicationAvailabilityBean.class)
        .withBean("channelsHealthContributor", CompositeHealthContributor.class, () -> health)
        .withPropertyValues(
            "management.endpoint.health.probes.enabled=true",
            "management.endpoint.health.show-details=always")
        .run(
            context -> {
              AvailabilityChangeEvent.publish(context, LivenessState.CORRECT);
              AvailabilityChangeEvent.publish(context, ReadinessState.ACCEPTING_TRAFFIC);
              HealthEndpoint endpoint = context.getBean(HealthEndpoint.class);
              assertThat(endpoint.health().getStatus()).isEqualTo(Status.UP);
              assertThat(
                      ((IndicatedHealthDescriptor) endpoint.healthForPath("channels", "messenger"))
                          .getStatus())
                  .isEqualTo(ChannelHealth.HELD);
              for (String group : Set.of("readiness", "liveness")) {
                assertThat(endpoint.healthForPath(group))
                    .isInstanceOfSatisfying(
                        CompositeHealthDescriptor.class,
                        probe ->
                            assertThat(probe.getComponents()).containsOnlyKeys(group + "State"));
              }
            });
  }

  private void breaks() {
    answer = new Retryable(WRONG, Duration.ofMinutes(5), Scope.CHANNEL);
    SendResult unused = messengers.send(HELLO, () -> {});
  }

  private Status status(String channel) {
    return of(channel).getStatus();
  }

  private Map<String, Object> details(String channel) {
    return of(channel).getDetails();
  }

  private Health of(String channel) {
    return ((ChannelHealth) health.getContributor(channel)).health();
  }

  private final class Fake implements Channel<ShortMessage> {
    private final String name;

    Fake(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public SendResult send(ShortMessage message, HandOver handOver) {
      handOver.begin();
      return answer;
    }
  }
}
