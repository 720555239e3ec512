package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ripen.app.local.FakeActuator.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTimeTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final FakeActuator zeebe;
  private LocalClock ours;
  private SharedTime time;

  SharedTimeTest() throws IOException {
    zeebe = new FakeActuator();
  }

  @BeforeEach
  void begin(@TempDir Path folder) {
    ours = LocalClock.kept(folder.resolve("offset"));
    time = new SharedTime(ours, new ZeebeClock(zeebe.address()));
  }

  @AfterEach
  void end() {
    zeebe.close();
  }

  @Test
  void both_are_moved() throws IOException {
    time.advance(HOUR);
    time.advance(Duration.ofMinutes(30));

    assertThatBothAreAt(HOUR.plusMinutes(30));
  }

  @Test
  void step_whose_answer_was_lost_is_taken_once() throws IOException {
    zeebe.next(Step.TAKEN_WITHOUT_AN_ANSWER);

    time.advance(HOUR);

    assertThatBothAreAt(HOUR);
  }

  @Test
  void step_that_did_not_arrive_is_tried_again() throws IOException {
    zeebe.next(Step.LOST, Step.REFUSED);

    time.advance(HOUR);

    assertThatBothAreAt(HOUR);
  }

  @Test
  void step_that_zeebe_refuses_leaves_both_where_they_were() throws IOException {
    time.advance(HOUR);
    zeebe.next(Step.REFUSED, Step.REFUSED, Step.REFUSED);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> time.advance(HOUR))
        .withMessageContainingAll("no time has passed", "500");
    assertThatBothAreAt(HOUR);
  }

  @Test
  void ours_does_not_go_back_while_nobody_knows_where_zeebe_is() throws IOException {
    zeebe.next(Step.TAKEN_WITHOUT_AN_ANSWER);
    zeebe.fallSilentAfterTheNextStep();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> time.advance(HOUR))
        .withMessageContaining("ours has");
    assertThatBothAreAt(HOUR);

    zeebe.answerAgain();
    time.advance(HOUR);
    assertThatBothAreAt(HOUR.multipliedBy(2));
  }

  @Test
  void next_move_brings_zeebe_along_that_missed_one() throws IOException {
    zeebe.next(Step.LOST);
    zeebe.fallSilentAfterTheNextStep();
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> time.advance(HOUR));
    zeebe.answerAgain();

    time.advance(HOUR);

    assertThatBothAreAt(HOUR.multipliedBy(2));
  }

  @Test
  void ours_follows_a_zeebe_that_is_ahead() throws IOException {
    zeebe.moveBy(HOUR);

    time.advance(HOUR);

    assertThatBothAreAt(HOUR.multipliedBy(2));
  }

  @Test
  void nothing_moves_where_zeebe_cannot_be_reached() {
    zeebe.close();

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> time.advance(HOUR))
        .withMessageContaining("no time has passed");
    assertThat(ours.offset()).isZero();
  }

  @Test
  void no_step_leads_back() {
    assertThatIllegalArgumentException().isThrownBy(() -> time.advance(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> time.advance(HOUR.negated()));
  }

  private void assertThatBothAreAt(Duration offset) {
    Duration accurate = Duration.ofMinutes(1);
    assertThat(ours.offset()).isCloseTo(offset, accurate);
    assertThat(zeebe.offset()).isCloseTo(offset, accurate);
  }
}
