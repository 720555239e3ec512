package io.ripen.engine.guards;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.guarded.Limits;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GuardsTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private SendResult answer = new Accepted("1");

  private final Channel<String> channel =
      new Guards(meters)
          .guard(
              new Channel<>() {
                @Override
                public String name() {
                  return "sms";
                }

                @Override
                public SendResult send(String message, HandOver handOver) {
                  return answer;
                }
              },
              Limits.perSecond(1000));

  @Test
  void operators_see_what_came_of_messages() {
    channel.send("hello", () -> {});
    channel.send("hello", () -> {});
    answer = new Rejected("no such number");
    channel.send("hello", () -> {});

    assertThat(count("accepted")).isEqualTo(2);
    assertThat(count("rejected")).isEqualTo(1);
    assertThat(channel.isHeld()).isFalse();
  }

  @Test
  void operators_see_that_nothing_is_sent_for_now() {
    answer = new Retryable("429", Duration.ofMinutes(5), Scope.CHANNEL);

    channel.send("hello", () -> {});

    assertThat(channel.isHeld()).isTrue();
    assertThat(count("retryable")).isEqualTo(1);
  }

  @Test
  void what_never_reached_the_provider_is_no_message_to_it() {
    answer = new Retryable("429", Duration.ofMinutes(5), Scope.CHANNEL);
    channel.send("hello", () -> {});
    answer = new Accepted("1");

    assertThat(channel.send("hello", () -> {})).isInstanceOf(Retryable.class);

    assertThat(count("retryable")).isEqualTo(1);
    assertThat(count("accepted")).isZero();
  }

  private double count(String result) {
    return meters
        .get("ripen.channel.messages")
        .tag("channel", "sms")
        .tag("result", result)
        .counter()
        .count();
  }
}
