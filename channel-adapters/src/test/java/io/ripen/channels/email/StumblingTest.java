package io.ripen.channels.email;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.channels.email.Stumbling.Filed;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StumblingTest {

  // As on a machine, it begins anywhere.
  private final AtomicLong now = new AtomicLong(-Duration.ofDays(2).toNanos());
  private final Stumbling stumbling = new Stumbling(now::get);
  private final Filed letter = filed(1);

  private static Filed filed(long uid) {
    try {
      return new Filed(uid, Received.mime("Subject: hello"));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void breaksAfter(Duration time) {
    now.addAndGet(time.toNanos());
    stumbling.brokeAt(letter);
  }

  @Test
  void three_breaks_with_ten_minutes_and_other_letters_between_are_too_often() {
    for (int i = 0; i < 3; i++) {
      assertThat(stumbling.isTooOften(letter)).isFalse();
      stumbling.readOne();
      breaksAfter(Duration.ofMinutes(10));
    }

    assertThat(stumbling.isTooOften(letter)).isTrue();
    assertThat(stumbling.isTooOften(filed(2))).isFalse();
  }

  @Test
  void many_within_ten_minutes_count_as_one() {
    for (int i = 0; i < 239; i++) {
      stumbling.readOne();
      breaksAfter(Duration.ofSeconds(5));
    }

    assertThat(stumbling.isTooOften(letter))
        .as("less than twenty minutes after the first")
        .isFalse();
    stumbling.readOne();
    breaksAfter(Duration.ofSeconds(10));
    assertThat(stumbling.isTooOften(letter)).isTrue();
  }

  @Test
  void while_no_letter_can_be_read_only_the_first_one_counts() {
    stumbling.readOne();
    for (int i = 0; i < 100; i++) {
      breaksAfter(Duration.ofHours(1));
    }

    assertThat(stumbling.isTooOften(letter)).isFalse();
    for (int i = 0; i < 2; i++) {
      assertThat(stumbling.isTooOften(letter)).isFalse();
      stumbling.readOne();
      breaksAfter(Duration.ZERO);
      breaksAfter(Duration.ofHours(1));
    }
    assertThat(stumbling.isTooOften(letter)).isTrue();
  }
}
