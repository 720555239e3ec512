package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.leads.RecomputeJdbc.Done;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.Score;
import io.ripen.engine.scoring.ScoreRule;
import io.ripen.engine.scoring.ScoreTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The points of a few leads, made from all their events by the rules as they are now: those of
 * {@link ScoreTable}, kept by {@link Points}, as when the events come in.
 */
final class PointsAnew {

  private static final double NOISE = 1e-6;

  private final EventJdbc events;
  private final ScoreJdbc entries;
  private final Decay decay;

  PointsAnew(EventJdbc events, ScoreJdbc entries, Decay decay) {
    this.events = events;
    this.entries = entries;
    this.decay = decay;
  }

  /**
   * Replaces the entries of the leads, and their scores, where they are others now.
   *
   * @param table the rules as they are now
   * @param leads locked by the caller's transaction, and none that was merged into another one
   */
  Done apply(List<LeadState> leads, ScoreTable table) {
    Map<UUID, Points> points =
        leads.stream().collect(Collectors.toMap(l -> l.id, l -> new Points()));
    Map<UUID, Map<ScoreEntry.Key, ScoreEntry>> before = before(points.keySet());
    Set<String> given = given(before, points);
    Set<String> unseen = causes(before);
    events.past(
        points.keySet(),
        (lead, event) -> {
          unseen.remove(event.messageId());
          if (!given.contains(event.messageId())) {
            count(event, table, Objects.requireNonNull(points.get(lead)));
          }
        });
    keep(unseen, before, points);
    return write(leads, before, points);
  }

  private static Set<String> causes(Map<UUID, Map<ScoreEntry.Key, ScoreEntry>> entries) {
    return entries.values().stream()
        .flatMap(lead -> lead.values().stream())
        .map(ScoreEntry::cause)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** What came of events that are forgotten by now: no table can be asked about them any more. */
  private void keep(
      Set<String> forgotten,
      Map<UUID, Map<ScoreEntry.Key, ScoreEntry>> before,
      Map<UUID, Points> points) {
    before.forEach(
        (lead, entries) ->
            entries.values().stream()
                .filter(entry -> forgotten.contains(entry.cause()))
                .forEach(entry -> add(entry, Objects.requireNonNull(points.get(lead)))));
  }

  private Map<UUID, Map<ScoreEntry.Key, ScoreEntry>> before(Set<UUID> leads) {
    Map<UUID, Map<ScoreEntry.Key, ScoreEntry>> before = new HashMap<>();
    for (ScoreJdbc.Row row : entries.readAll(leads)) {
      before
          .computeIfAbsent(row.lead(), lead -> new HashMap<>())
          .put(row.entry().key(), row.entry());
    }
    return before;
  }

  /**
   * What flows and people gave stays: no table says it. The table is not asked about the events
   * that told of it, which are returned.
   */
  private Set<String> given(
      Map<UUID, Map<ScoreEntry.Key, ScoreEntry>> before, Map<UUID, Points> points) {
    return before.entrySet().stream()
        .flatMap(
            lead ->
                lead.getValue().values().stream()
                    .filter(entry -> entry.rule().equals(ScoreTable.POINTS_ADDED))
                    .peek(entry -> add(entry, Objects.requireNonNull(points.get(lead.getKey())))))
        .map(ScoreEntry::cause)
        .collect(Collectors.toSet());
  }

  private void count(Event event, ScoreTable table, Points points) {
    for (ScoreRule rule : table.rules(event)) {
      add(ScoreEntry.of(rule, event), points);
    }
  }

  private void add(ScoreEntry entry, Points points) {
    boolean unused = points.add(entry, decay);
  }

  private Done write(
      List<LeadState> leads,
      Map<UUID, Map<ScoreEntry.Key, ScoreEntry>> before,
      Map<UUID, Points> points) {
    List<ScoreJdbc.Row> added = new ArrayList<>();
    List<ScoreJdbc.Row> replaced = new ArrayList<>();
    List<ScoreJdbc.Row> removed = new ArrayList<>();
    List<ScoreJdbc.Sum> sums = new ArrayList<>();
    for (LeadState lead : leads) {
      Map<ScoreEntry.Key, ScoreEntry> old = before.getOrDefault(lead.id, new HashMap<>());
      Points now = Objects.requireNonNull(points.get(lead.id));
      int same = 0;
      for (ScoreEntry entry : now.changed()) {
        ScoreEntry known = old.remove(entry.key());
        if (known == null) {
          added.add(new ScoreJdbc.Row(lead.id, entry));
        } else if (!known.equals(entry)) {
          replaced.add(new ScoreJdbc.Row(lead.id, entry));
        } else {
          same++;
        }
      }
      old.values().forEach(entry -> removed.add(new ScoreJdbc.Row(lead.id, entry)));
      boolean isSame = old.isEmpty() && same == now.changed().size();
      if (!isSame || differ(lead.points.score(), now.score())) {
        sums.add(new ScoreJdbc.Sum(lead.id, now.score()));
      }
    }
    entries.delete(removed);
    entries.write(added);
    entries.write(replaced);
    entries.writeSums(sums);
    return new Done(0, sums.size(), added.size(), replaced.size(), removed.size());
  }

  /** More than the last digits, which depend on the order in which fading points were added up. */
  private boolean differ(Score one, Score other) {
    if (one.at() == null || other.at() == null) {
      return !Objects.equals(one.at(), other.at());
    }
    Score difference = one.plus(new Score(-other.points(), other.at()), decay);
    return Math.abs(difference.points()) > NOISE;
  }
}
