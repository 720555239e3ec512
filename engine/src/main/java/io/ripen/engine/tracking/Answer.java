package io.ripen.engine.tracking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sender is told.
 *
 * @param success whether all events are taken
 * @param message what is wrong, where and what was expected
 * @param accepted of a batch with bad events, how many were taken all the same
 * @param rejected and what is wrong with the others
 */
@JsonInclude(Include.NON_NULL)
record Answer(
    boolean success,
    @Nullable String message,
    @Nullable Integer accepted,
    @Nullable List<String> rejected) {

  private static final int MOST_REASONS = 20;

  static Answer taken() {
    return new Answer(true, null, null, null);
  }

  static Answer refused(@Nullable String message) {
    return new Answer(false, message, null, null);
  }

  static Answer partlyTaken(int events, List<String> problems) {
    return new Answer(
        false,
        problems.getFirst(),
        events - problems.size(),
        List.copyOf(problems.subList(0, Math.min(problems.size(), MOST_REASONS))));
  }
}
