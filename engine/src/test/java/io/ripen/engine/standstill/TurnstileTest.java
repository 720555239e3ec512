package io.ripen.engine.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnstileTest {

  private final Turnstile turnstile = new Turnstile();

  @Test
  void who_has_begun_is_counted_until_the_end() throws Exception {
    turnstile.enter();
    assertThat(turnstile.enter(Duration.ZERO)).isTrue();
    turnstile.close();
    assertThat(turnstile.inside()).isEqualTo(2);
    turnstile.leave();
    turnstile.leave();
    assertThat(turnstile.inside()).isZero();
  }

  @Test
  void rounds_are_left_out_while_all_stand_still() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    var round = turnstile.round(() -> rounds.incrementAndGet() > 0);
    turnstile.close();
    assertThat(round.run()).isFalse();
    turnstile.open();
    assertThat(round.run()).isTrue();
    assertThat(rounds).hasValue(1);
    assertThat(turnstile.inside()).isZero();
  }

  @Test
  void threads_wait_with_their_work_and_do_it_afterwards() throws Exception {
    CountDownLatch isDone = new CountDownLatch(1);
    turnstile.close();
    Thread thread = turnstile.threads(Thread.ofVirtual().factory()).newThread(isDone::countDown);
    thread.start();
    assertThat(turnstile.inside()).isZero();
    assertThat(isDone.getCount()).isEqualTo(1);
    turnstile.open();
    thread.join();
    assertThat(isDone.getCount()).isZero();
    assertThat(turnstile.inside()).isZero();
  }

  @Test
  void a_thread_that_is_interrupted_before_it_begins_never_does() throws Exception {
    AtomicInteger done = new AtomicInteger();
    turnstile.close();
    Thread thread =
        turnstile.threads(Thread.ofVirtual().factory()).newThread(done::incrementAndGet);
    thread.start();
    thread.interrupt();
    thread.join();
    turnstile.open();
    assertThat(done).hasValue(0);
    assertThat(turnstile.inside()).isZero();
  }

  @Test
  void who_waits_when_the_process_ends_is_sent_away() throws Exception {
    AtomicInteger done = new AtomicInteger();
    turnstile.close();
    Thread thread =
        turnstile.threads(Thread.ofVirtual().factory()).newThread(done::incrementAndGet);
    thread.start();
    turnstile.end();
    thread.join();
    assertThat(done).hasValue(0);
    assertThat(turnstile.enter(Duration.ofMinutes(1))).isFalse();
  }

  @Test
  void work_that_fails_is_over_too() throws Exception {
    Thread thread =
        turnstile
            .threads(Thread.ofVirtual().factory())
            .newThread(
                () -> {
                  throw new IllegalStateException("a test");
                });
    thread.setUncaughtExceptionHandler((any, thrown) -> {});
    thread.start();
    thread.join();
    assertThat(turnstile.inside()).isZero();
  }
}
