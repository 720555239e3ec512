package io.ripen.engine.leads;

import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.Score;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The points of one lead while a batch is worked on. */
final class Points {

  private Score score = Score.NONE;

  /** Those that a later event may meet again, and all that the batch adds. */
  private final Map<ScoreEntry.Key, ScoreEntry> entries = new HashMap<>();

  private final Set<ScoreEntry.Key> changed = new LinkedHashSet<>();

  /** The sum of all, also of entries that were not read. */
  Score score() {
    return score;
  }

  void know(Score sum) {
    score = sum;
  }

  /** An entry that is part of the sum. */
  void know(ScoreEntry entry) {
    entries.put(entry.key(), entry);
  }

  /** Returns whether anything has changed. */
  boolean add(ScoreEntry entry, Decay decay) {
    ScoreEntry known = entries.get(entry.key());
    if (known != null && !entry.isBefore(known)) {
      return false;
    }
    if (known != null) {
      score = score.plus(-known.points(), known.at(), decay);
    }
    score = score.plus(entry.points(), entry.at(), decay);
    entries.put(entry.key(), entry);
    changed.add(entry.key());
    return true;
  }

  /** Takes over all of another lead's, who turned out to be the same person. */
  void absorb(Points other, Decay decay) {
    score = score.plus(other.score, decay);
    for (ScoreEntry entry : other.entries.values()) {
      ScoreEntry known = entries.get(entry.key());
      if (known != null) {
        ScoreEntry later = entry.isBefore(known) ? known : entry;
        score = score.plus(-later.points(), later.at(), decay);
      }
      entries.put(entry.key(), known == null || entry.isBefore(known) ? entry : known);
      changed.add(entry.key());
    }
    other.entries.clear();
    other.changed.clear();
  }

  /** What has to be written. */
  Collection<ScoreEntry> changed() {
    return changed.isEmpty()
        ? List.of()
        : changed.stream().map(key -> Objects.requireNonNull(entries.get(key))).toList();
  }
}
