package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.guarded.Guarded;
import io.ripen.channels.guarded.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Hours without a provider, played through: who is sent first when it is back? */
class OutageTest {

  private static final int TOUCHES = 600;

  private final MovableClock clock = new MovableClock();
  private final Instant begin = clock.instant();
  private Instant back = begin;
  private final RetryDelay delay = new RetryDelay(new Random(1));
  private final List<Waiting> sent = new ArrayList<>();
  private int tries;

  private final Guarded<String> channel =
      new Guarded<>(
          new Channel<>() {
            @Override
            public String name() {
              return "sms";
            }

            @Override
            public SendResult send(String message, HandOver handOver) {
              return clock.instant().isBefore(back)
                  ? new Retryable("away", Duration.ZERO, Scope.CHANNEL)
                  : new Accepted("1");
            }
          },
          Limits.perSecond(1_000_000),
          clock);

  /** A touch, and when it is tried next. */
  private record Waiting(Instant planned, boolean isAwaited, Instant next) {}

  private void playWithout(Duration away) {
    back = begin.plus(away);
    PriorityQueue<Waiting> queue = new PriorityQueue<>(Comparator.comparing(Waiting::next));
    for (int i = 0; i < TOUCHES; i++) {
      Instant planned = begin.plus(away.dividedBy(TOUCHES).multipliedBy(i));
      queue.add(new Waiting(planned, i % 20 == 0, planned));
    }
    for (Waiting waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
      clock.move(Duration.between(clock.instant(), waiting.next()));
      tries++;
      if (channel.send("hello", () -> {}) instanceof Retryable failure) {
        Duration age = Duration.between(waiting.planned(), clock.instant());
        double youth = waiting.isAwaited() ? 0 : Claim.youth(age);
        Instant next = clock.instant().plus(delay.whileAway(failure.backoff(), youth));
        queue.add(new Waiting(waiting.planned(), waiting.isAwaited(), next));
      } else {
        sent.add(waiting);
      }
    }
  }

  private long secondsLate(Waiting touch) {
    return Duration.between(back, touch.next()).toSeconds();
  }

  private double meanSecondsLate(List<Waiting> touches) {
    return touches.stream().mapToLong(this::secondsLate).average().orElseThrow();
  }

  @Test
  void what_is_awaited_goes_first_and_then_what_has_waited_longest() {
    playWithout(Duration.ofHours(1));

    List<Waiting> awaited = sent.stream().filter(Waiting::isAwaited).toList();
    List<Waiting> others = sent.stream().filter(touch -> !touch.isAwaited()).toList();
    List<Waiting> byAge = others.stream().sorted(Comparator.comparing(Waiting::planned)).toList();
    double oldest = meanSecondsLate(byAge.subList(0, byAge.size() / 4));
    double newest = meanSecondsLate(byAge.subList(byAge.size() * 3 / 4, byAge.size()));
    assertThat(sent).hasSize(TOUCHES);
    assertThat(awaited).allMatch(touch -> secondsLate(touch) < 6 * 60);
    assertThat(meanSecondsLate(awaited)).isLessThan(oldest);
    assertThat(oldest).isLessThan(newest * 0.75);
    assertThat(sent).allMatch(touch -> secondsLate(touch) < 23 * 60);
  }

  @Test
  void a_night_without_a_provider_costs_each_touch_a_few_tries() {
    playWithout(Duration.ofHours(12));

    assertThat(sent).hasSize(TOUCHES);
    assertThat(tries).isLessThan(TOUCHES * 30);
  }
}
