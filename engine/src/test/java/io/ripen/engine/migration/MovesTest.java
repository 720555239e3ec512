package io.ripen.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.migration.Moves.Move;
import io.ripen.engine.migration.Moves.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MovesTest {

  @Test
  void who_never_moved_has_the_steps_of_the_only_version() {
    assertThat(Moves.NONE.names("a", 1, 1)).containsExactly("a");
    assertThat(Moves.NONE.names("a", 1, 2)).isEmpty();
  }

  @Test
  void a_step_goes_by_the_id_that_each_move_gave_it() {
    Moves moves = moves(moved(1, 2, Map.of("a", "b")), moved(2, 3, Map.of("b", "c", "x", "y")));

    assertThat(moves.names("a", 1, 3)).containsExactly("c");
    assertThat(moves.names("x", 2, 3)).containsExactly("y");
    assertThat(moves.names("a", 3, 3)).containsExactly("a");
    assertThat(moves.names("a", 3, 2)).as("no way back").isEmpty();
  }

  @Test
  void there_and_back_again_it_can_be_either() {
    Moves moves = moves(moved(1, 2, Map.of("a", "b")), moved(2, 1, Map.of()));

    assertThat(moves.names("a", 1, 1)).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void a_move_that_may_not_have_happened_leaves_both_ways_open() {
    Moves moves =
        moves(new Move(1, 2, Map.of("a", "b"), Outcome.UNKNOWN), moved(1, 2, Map.of("a", "c")));

    assertThat(moves.names("a", 1, 2)).containsExactlyInAnyOrder("b", "c");
    assertThat(moves.unsettled(2)).isEmpty();
    assertThat(moves.unsettled(1).orElse("")).startsWith("it was moved to version 2 already");
  }

  private static Move moved(int from, int to, Map<String, String> elements) {
    return new Move(from, to, elements, Outcome.MOVED);
  }

  private static Moves moves(Move... moves) {
    return new Moves(List.of(moves));
  }
}
