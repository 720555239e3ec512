package io.ripen.channels.guarded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import io.ripen.channels.Channel;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
class GuardedTest {

  private static final Duration OPEN_FOR = Duration.ofSeconds(30);
  private static final Duration EXACTLY = Duration.ofNanos(1_000);
  private static final SendResult OK = new Accepted("1");
  private static final SendResult DOWN = new Retryable("down", Duration.ZERO, Scope.CHANNEL);

  private final SettableClock clock = new SettableClock();
  private final Provider provider = new Provider();
  private final AtomicInteger begun = new AtomicInteger();

  private Guarded<String> guarded(Limits limits) {
    return new Guarded<>(provider, limits, clock);
  }

  private static Limits wide() {
    return new Limits(1_000_000, Duration.ofSeconds(1), 100, Duration.ofSeconds(60), 4, OPEN_FOR);
  }

  private SendResult send(Guarded<String> channel) {
    return channel.send("hello", begun::incrementAndGet);
  }

  @Test
  void nothing_changes_for_what_the_provider_can_bear() {
    Guarded<String> channel = guarded(wide());

    assertThat(channel.name()).isEqualTo("sms");
    assertThat(send(channel)).isEqualTo(OK);
    assertThat(begun).hasValue(1);
  }

  @Test
  void what_is_too_much_for_this_moment_is_told_when_to_come_back() {
    Guarded<String> channel =
        guarded(new Limits(2, Duration.ofHours(1), 100, Duration.ZERO, 4, OPEN_FOR));
    send(channel);

    assertThat(send(channel))
        .isEqualTo(
            new Retryable(
                "more messages wait for sms than it may send",
                Duration.ofMinutes(30),
                Scope.CHANNEL));
    assertThat(begun).hasValue(1);
  }

  @Test
  void who_can_have_a_turn_soon_waits_for_it() {
    Guarded<String> channel =
        guarded(new Limits(1, Duration.ofMillis(200), 100, Duration.ofSeconds(60), 4, OPEN_FOR));
    long start = System.nanoTime();

    for (int i = 0; i < 4; i++) {
      assertThat(send(channel)).isEqualTo(OK);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10, 1", "30, 1", "100, 1", "333, 1", "1000, 1", "20, 60"})
  void no_time_of_that_length_sees_more_than_the_limit_and_a_backlog_hardly_fewer(
      int limit, int seconds) {
    Duration per = Duration.ofSeconds(seconds);
    PlayedTime time = new PlayedTime();
    List<Long> sent = new ArrayList<>();
    Guarded<String> channel =
        new Guarded<>(
            provider,
            new Limits(limit, per, 100, Duration.ofHours(1), 4, OPEN_FOR),
            clock,
            time,
            time);
    Random random = new Random(1);
    for (int burst = 0; burst < 4; burst++) {
      // It may have been quiet for long, or hardly; what was not sent then is not made up for.
      time.passes(per.multipliedBy(random.nextInt(3)).plusNanos(random.nextInt(1_000_000)));
      long begin = time.currentTimeNanos();
      int messages = 3 * limit + 1;
      for (int i = 0; i < messages; i++) {
        assertThat(send(channel)).isEqualTo(OK);
        sent.add(time.currentTimeNanos());
      }
      assertThat(Duration.ofNanos(time.currentTimeNanos() - begin))
          .as("a backlog of three times the limit, and one")
          .isBetween(
              per.multipliedBy(3).minus(EXACTLY),
              per.multipliedBy(3).plus(per.dividedBy(limit)).plus(EXACTLY));
    }
    // And as people come, now and then faster than the limit.
    for (int i = 0; i < 3 * limit; i++) {
      time.passes(per.multipliedBy(random.nextInt(1, 2_000)).dividedBy(1_000L * limit));
      assertThat(send(channel)).isEqualTo(OK);
      sent.add(time.currentTimeNanos());
    }

    int first = 0;
    for (int last = 0; last < sent.size(); last++) {
      while (sent.get(last) - sent.get(first) >= per.minus(EXACTLY).toNanos()) {
        first++;
      }
      assertThat(last - first + 1).as("up to message %d", last).isLessThanOrEqualTo(limit);
    }
  }

  @Test
  void so_many_at_once_and_no_more() {
    Guarded<String> channel =
        guarded(new Limits(1_000_000, Duration.ofSeconds(1), 1, Duration.ZERO, 4, OPEN_FOR));
    provider.blocked();
    CompletableFuture<SendResult> first = CompletableFuture.supplyAsync(() -> send(channel));
    provider.awaitEntered();

    assertThat(send(channel))
        .isEqualTo(
            new Retryable(
                "too many messages are being sent by sms", Duration.ofSeconds(1), Scope.CHANNEL));
    provider.release();
    assertThat(first.join()).isEqualTo(OK);
    assertThat(send(channel)).isEqualTo(OK);
  }

  @Test
  void the_longer_a_provider_is_away_the_less_often_the_others_come() {
    Guarded<String> channel = guarded(wide());
    provider.answers(DOWN);
    for (int i = 0; i < 4; i++) {
      send(channel);
    }
    assertThat(send(channel))
        .isInstanceOfSatisfying(Retryable.class, r -> assertThat(r.backoff()).isEqualTo(OPEN_FOR));

    Duration away = Duration.ofMinutes(24);
    for (Duration passed = Duration.ZERO;
        passed.compareTo(away) < 0;
        passed = passed.plus(OPEN_FOR)) {
      clock.advance(OPEN_FOR.plusMillis(1));
      // One of them tries, and finds it as it was.
      assertThat(send(channel)).isEqualTo(DOWN);
    }
    assertThat(send(channel))
        .isInstanceOfSatisfying(
            Retryable.class,
            r ->
                assertThat(r.backoff())
                    .isBetween(away.dividedBy(12), away.dividedBy(12).plusSeconds(1)));

    clock.advance(OPEN_FOR.plusMillis(1));
    provider.answers(OK);
    assertThat(send(channel)).isEqualTo(OK);
    assertThat(send(channel)).as("it works again").isEqualTo(OK);
  }

  @Test
  void a_thread_that_is_stopped_waits_no_longer() {
    Guarded<String> channel =
        guarded(new Limits(1, Duration.ofMinutes(1), 100, Duration.ofHours(1), 4, OPEN_FOR));
    send(channel);
    Thread.currentThread().interrupt();

    assertThat(send(channel)).isInstanceOf(Retryable.class);
    assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
    assertThat(begun).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void a_provider_that_fails_again_and_again_is_left_alone_for_a_while(boolean uncertain) {
    Guarded<String> channel = guarded(wide());
    provider.answers(uncertain ? new Uncertain("the answer was lost") : DOWN);
    for (int i = 0; i < 4; i++) {
      send(channel);
    }
    assertThat(begun).hasValue(4);
    clock.advance(Duration.ofSeconds(10));

    assertThat(send(channel))
        .isEqualTo(
            new Retryable(
                "sms fails again and again, so nothing is sent for a while",
                Duration.ofSeconds(20),
                Scope.CHANNEL));
    assertThat(begun).hasValue(4);
  }

  @Test
  void then_one_message_tries_how_it_is() {
    Guarded<String> channel = guarded(wide());
    provider.answers(DOWN);
    for (int i = 0; i < 4; i++) {
      send(channel);
    }
    clock.advance(OPEN_FOR.plusMillis(1));
    provider.answers(OK);
    provider.blocked();
    CompletableFuture<SendResult> trying = CompletableFuture.supplyAsync(() -> send(channel));
    provider.awaitEntered();

    assertThat(send(channel))
        .isInstanceOfSatisfying(
            Retryable.class, r -> assertThat(r.backoff()).isEqualTo(Duration.ofSeconds(1)));
    provider.release();
    assertThat(trying.join()).isEqualTo(OK);
    assertThat(send(channel)).isEqualTo(OK);
  }

  @Test
  void a_try_that_fails_closes_it_for_as_long_again() {
    Guarded<String> channel = guarded(wide());
    provider.answers(DOWN);
    for (int i = 0; i < 4; i++) {
      send(channel);
    }
    clock.advance(OPEN_FOR.plusMillis(1));

    assertThat(send(channel)).isEqualTo(DOWN);
    assertThat(send(channel))
        .isInstanceOfSatisfying(Retryable.class, r -> assertThat(r.backoff()).isEqualTo(OPEN_FOR));
  }

  @Test
  void it_is_held_until_a_message_gets_through() {
    Guarded<String> channel = guarded(wide());
    assertThat(channel.isHeld()).isFalse();
    provider.answers(DOWN);
    for (int i = 0; i < 4; i++) {
      send(channel);
    }
    assertThat(channel.isHeld()).isTrue();
    assertThat(channel.providers()).containsExactly(new Channel.Provider("sms", "down"));
    clock.advance(OPEN_FOR.plusMillis(1));
    assertThat(channel.isHeld()).as("nobody has tried yet").isTrue();
    send(channel);
    assertThat(channel.isHeld()).as("the try failed").isTrue();
    clock.advance(OPEN_FOR.plusMillis(1));
    provider.answers(OK);
    send(channel);
    assertThat(channel.isHeld()).isFalse();
    assertThat(channel.providers()).containsExactly(new Channel.Provider("sms", null));
  }

  @Test
  void it_is_not_held_for_ever_where_no_message_comes_to_try() {
    Guarded<String> channel = guarded(wide());
    provider.answers(DOWN);
    for (int i = 0; i < 4; i++) {
      send(channel);
    }
    clock.advance(OPEN_FOR.plus(Gatekeeper.UNTRIED).minusMillis(1));
    assertThat(channel.isHeld()).as("somebody may try yet").isTrue();
    clock.advance(Duration.ofMillis(1));
    assertThat(channel.isHeld()).as("nobody has").isFalse();

    send(channel);
    assertThat(channel.isHeld()).as("the first to come failed").isTrue();
  }

  /** A machine's clock may be set back at any moment. */
  @Test
  void how_long_it_is_left_alone_goes_by_what_time_passes_and_not_by_what_time_it_is() {
    PlayedTime time = new PlayedTime();
    Guarded<String> channel = new Guarded<>(provider, wide(), new SteadyClock(time), time, time);
    provider.answers(DOWN);
    for (int i = 0; i < 4; i++) {
      send(channel);
    }
    assertThat(send(channel)).isNotEqualTo(DOWN);
    time.passes(OPEN_FOR.plusMillis(1));
    provider.answers(new Retryable("429", Duration.ofSeconds(10), Scope.CHANNEL));
    send(channel);
    assertThat(begun).as("one has tried").hasValue(5);

    provider.answers(OK);
    time.passes(Duration.ofSeconds(9));
    assertThat(send(channel)).as("it asked for ten seconds").isNotEqualTo(OK);
    time.passes(Duration.ofSeconds(1));
    assertThat(send(channel)).isEqualTo(OK);
  }

  @Test
  void a_message_that_is_taken_back_says_nothing_of_the_provider() {
    Guarded<String> channel = guarded(wide());
    provider.answers(DOWN);
    for (int i = 0; i < 4; i++) {
      send(channel);
    }
    clock.advance(OPEN_FOR.plusMillis(1));
    provider.answers(OK);

    assertThatThrownBy(
            () ->
                channel.send(
                    "hello",
                    () -> {
                      throw new IllegalStateException("the claim is lost");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the claim is lost");
    assertThat(send(channel)).isEqualTo(OK);
  }

  @Test
  void bad_addresses_and_full_mailboxes_stop_nobody_else() {
    Guarded<String> channel = guarded(wide());
    for (SendResult result :
        new SendResult[] {
          new Rejected("no such number"), new Retryable("mailbox full", Duration.ofMinutes(15))
        }) {
      provider.answers(result);
      for (int i = 0; i < 20; i++) {
        assertThat(send(channel)).isEqualTo(result);
      }
    }
    assertThat(begun).hasValue(40);
  }

  @Test
  void a_provider_that_asks_to_be_left_alone_is_by_all() {
    Guarded<String> channel = guarded(wide());
    provider.answers(new Retryable("429", Duration.ofSeconds(90), Scope.CHANNEL));
    send(channel);
    provider.answers(OK);
    clock.advance(Duration.ofSeconds(30));

    assertThat(send(channel))
        .isEqualTo(
            new Retryable(
                "the provider of sms asked to be left alone",
                Duration.ofSeconds(60),
                Scope.CHANNEL));
    assertThat(begun).hasValue(1);
    assertThat(channel.providers()).containsExactly(new Channel.Provider("sms", "429"));
    clock.advance(Duration.ofSeconds(60));
    assertThat(channel.isHeld()).isFalse();
    assertThat(send(channel)).isEqualTo(OK);
  }

  @Test
  void when_the_time_it_asked_for_is_over_others_need_not_wait_for_the_first() {
    Guarded<String> channel = guarded(wide());
    SendResult later = new Retryable("429", Duration.ofSeconds(90), Scope.CHANNEL);
    provider.answers(later);
    send(channel);
    clock.advance(Duration.ofSeconds(90));

    List<SendResult> meanwhile = new ArrayList<>();
    assertThat(channel.send("hello", () -> meanwhile.add(send(channel)))).isEqualTo(later);
    assertThat(meanwhile).containsExactly(later);
    assertThat(send(channel)).as("it asked again").isNotEqualTo(later);
    assertThat(begun).hasValue(2);
  }

  @Test
  void limits_that_make_no_sense_are_refused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Limits(0, second, 1, second, 1, second))
        .hasMessage("messages: 0 (expected: >= 1)");
    assertThatThrownBy(() -> new Limits(1, Duration.ZERO, 1, second, 1, second))
        .hasMessage("per: PT0S (expected: longer than nothing)");
    assertThatThrownBy(() -> new Limits(1, second, 1, second.negated(), 1, second))
        .hasMessageContaining("longestWait: PT-1S");
  }

  /** Time that goes by only while somebody waits, or the test says so. */
  private static final class PlayedTime implements TimeMeter, BlockingStrategy {
    // As on a machine, it begins anywhere.
    private long now = -Duration.ofDays(2).toNanos();

    void passes(Duration time) {
      now += time.toNanos();
    }

    @Override
    public long currentTimeNanos() {
      return now;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }

    @Override
    public void park(long nanosToPark) {
      now += nanosToPark;
    }
  }

  /** Says what it is told to, and may take its time. */
  private static final class Provider implements Channel<String> {
    private volatile SendResult answer = OK;
    private volatile CountDownLatch entered = new CountDownLatch(0);
    private volatile CountDownLatch released = new CountDownLatch(0);

    void answers(SendResult result) {
      answer = result;
    }

    void blocked() {
      entered = new CountDownLatch(1);
      released = new CountDownLatch(1);
    }

    void awaitEntered() {
      await(entered);
    }

    void release() {
      released.countDown();
    }

    @Override
    public String name() {
      return "sms";
    }

    @Override
    public SendResult send(String message, HandOver handOver) {
      handOver.begin();
      entered.countDown();
      await(released);
      return answer;
    }

    private static void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
