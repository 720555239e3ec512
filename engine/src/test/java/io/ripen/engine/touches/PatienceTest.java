package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

class PatienceTest {

  private final AtomicLong time = new AtomicLong();
  private final AtomicInteger tries = new AtomicInteger();
  private final Patience patience =
      new Patience(Duration.ofMinutes(4), time::get, pause -> time.addAndGet(pause.toNanos()));

  private Runnable failing(DataAccessException failure) {
    return () -> {
      tries.incrementAndGet();
      throw failure;
    };
  }

  @Test
  void it_ends_with_its_time_after_a_last_try() {
    var away = new DataAccessResourceFailureException("away");
    assertThatThrownBy(() -> patience.write(failing(away))).isSameAs(away);
    assertThat(Duration.ofNanos(time.get())).isEqualTo(Duration.ofMinutes(4));
    assertThat(tries.get()).isBetween(40, 100);
  }

  @Test
  void an_interrupt_ends_it_at_once_and_is_not_lost() {
    var interrupted =
        new Patience(
            Duration.ofMinutes(4),
            time::get,
            pause -> {
              throw new InterruptedException();
            });
    assertThatThrownBy(
            () -> interrupted.write(failing(new DataAccessResourceFailureException("away"))))
        .isInstanceOf(DataAccessResourceFailureException.class);
    assertThat(tries).hasValue(1);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void what_the_database_refuses_for_good_is_not_tried_again() {
    assertThatThrownBy(() -> patience.write(failing(new DataIntegrityViolationException("no"))))
        .isInstanceOf(DataIntegrityViolationException.class);
    assertThat(tries).hasValue(1);
  }
}
