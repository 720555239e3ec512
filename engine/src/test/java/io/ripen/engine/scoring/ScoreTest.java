package io.ripen.engine.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScoreTest {

  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final Decay BY_MONTH = new Decay(Duration.ofDays(30));

  @Test
  void points_stay_where_nothing_else_is_said() {
    Score score = Score.NONE.plus(10, NOON, Decay.NONE).plus(-3, days(400), Decay.NONE);
    assertThat(score.at(days(4000), Decay.NONE)).isEqualTo(7);
  }

  @Test
  void half_of_them_is_left_after_each_half_life() {
    Score score = Score.NONE.plus(40, NOON, BY_MONTH);
    assertThat(score.at(NOON, BY_MONTH)).isEqualTo(40);
    assertThat(score.at(days(30), BY_MONTH)).isEqualTo(20);
    assertThat(score.at(days(60), BY_MONTH)).isEqualTo(10);
    assertThat(score.at(days(6000), BY_MONTH)).isZero();
  }

  @Test
  void points_that_come_in_late_have_faded_already() {
    Score inOrder = Score.NONE.plus(40, NOON, BY_MONTH).plus(10, days(30), BY_MONTH);
    Score late = Score.NONE.plus(10, days(30), BY_MONTH).plus(40, NOON, BY_MONTH);
    assertThat(inOrder.at(days(30), BY_MONTH)).isEqualTo(30);
    assertThat(late).isEqualTo(inOrder);
  }

  @Test
  void what_is_taken_back_leaves_nothing() {
    Score score =
        Score.NONE.plus(40, NOON, BY_MONTH).plus(10, days(45), BY_MONTH).plus(-40, NOON, BY_MONTH);
    assertThat(score.at(days(45), BY_MONTH)).isEqualTo(10);
  }

  @Test
  void the_scores_of_two_leads_add_up() {
    Score one = Score.NONE.plus(40, NOON, BY_MONTH);
    Score other = Score.NONE.plus(10, days(30), BY_MONTH);
    assertThat(one.plus(other, BY_MONTH)).isEqualTo(other.plus(one, BY_MONTH));
    assertThat(one.plus(Score.NONE, BY_MONTH)).isEqualTo(one);
    assertThat(Score.NONE.plus(one, BY_MONTH)).isEqualTo(one);
  }

  private static Instant days(int days) {
    return NOON.plus(Duration.ofDays(days));
  }
}
