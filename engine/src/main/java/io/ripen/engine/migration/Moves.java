package io.ripen.engine.migration;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How an instance came to where it is, the oldest move first. One that Zeebe has not answered may
 * have happened or not.
 */
record Moves(List<Move> all) {

  static final Moves NONE = new Moves(List.of());

  /**
   * A move to another version.
   *
   * @param elements the new ids of what has others there
   */
  record Move(int from, int to, Map<String, String> elements, Outcome outcome) {}

  /** What became of it. */
  enum Outcome {
    MOVED,
    /** Zeebe was asked a moment ago, and the move may be under way. */
    UNDER_WAY,
    /** Zeebe never answered; where the instance is says what came of it. */
    UNKNOWN
  }

  /**
   * The ids that a step of one version can have in another: more than one where nobody can tell
   * which moves came after it, none where no move leads there.
   */
  Set<String> names(String element, int version, int now) {
    Map<Integer, Set<String>> names = new HashMap<>();
    names.put(version, Set.of(element));
    for (Move move : all) {
      Set<String> there = new TreeSet<>(names.getOrDefault(move.to(), Set.of()));
      names
          .getOrDefault(move.from(), Set.of())
          .forEach(id -> there.add(move.elements().getOrDefault(id, id)));
      names.put(move.to(), there);
    }
    return names.getOrDefault(now, Set.of());
  }

  /** Why nobody can be sure that the instance is on the version that the read model tells. */
  Optional<String> unsettled(int version) {
    if (all.isEmpty() || all.getLast().to() == version) {
      return Optional.empty();
    }
    int to = all.getLast().to();
    return switch (all.getLast().outcome()) {
      case MOVED ->
          Optional.of(
              "it was moved to version %d already; if that is not seen a minute later, another program has moved it since, and it has to stay"
                  .formatted(to));
      case UNDER_WAY ->
          Optional.of(
              "Zeebe was asked to move it to version %d and has not said whether it did; try again in a minute"
                  .formatted(to));
      case UNKNOWN -> Optional.empty();
    };
  }
}
