package io.ripen.engine.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.audience.SegmentsJdbc.Recomputes;
import io.ripen.engine.rules.RuleSet;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.ScoringTables;
import io.ripen.engine.segments.Segment;
import io.ripen.engine.segments.Segments;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What segments go by at one moment: their conditions, and for those that ask for points or
 * temperature also what makes these. Where that changes, who comes in has not changed themselves.
 */
final class Conditions {

  private final Segments segments;
  private final boolean arePointsChanging;

  /** A line for each segment with a condition, which tells it from what it went by before. */
  private final Map<String, String> lines = new LinkedHashMap<>();

  private Conditions(Segments segments, String points, Recomputes recomputes) {
    this.segments = segments;
    this.arePointsChanging = recomputes.isUnderWay();
    String madeBy = points + " " + recomputes.lastEnded();
    for (Segment segment : segments.byFacts()) {
      String by = segment.condition() + (segment.goesByPoints() ? "\n" + madeBy : "");
      lines.put(segment.id(), segment.id() + "=" + UUID.nameUUIDFromBytes(by.getBytes(UTF_8)));
    }
  }

  /**
   * @param points what they and temperatures are made by, in any words
   */
  static Conditions of(Segments segments, String points, Recomputes recomputes) {
    return new Conditions(segments, points, recomputes);
  }

  static Conditions of(RuleSet rules, Decay decay, Recomputes recomputes) {
    String points = rules.get(ScoringTables.FILE).points().digest() + " " + decay.halfLife();
    return new Conditions(rules.get(Segments.FILE), points, recomputes);
  }

  Segments segments() {
    return segments;
  }

  Set<String> lines() {
    return new TreeSet<>(lines.values());
  }

  /** Whether everybody was looked at for it, where they were for these lines; a list needs none. */
  boolean isSettled(Segment segment, Set<String> settled) {
    String line = lines.get(segment.id());
    return line == null || settled.contains(line);
  }

  /**
   * What a look at everybody looks at, when these are settled: the others, and what time changes.
   */
  List<Segment> toLookAt(Set<String> settled) {
    return segments.byFacts().stream()
        .filter(segment -> segment.changesWithTime() || !isSettled(segment, settled))
        .toList();
  }

  /**
   * Those that nobody is to be written to for, as the rules have changed, when these are settled.
   */
  Set<Segment> quiet(Set<String> settled) {
    Set<Segment> quiet = new HashSet<>(changing());
    segments.byFacts().stream().filter(segment -> !isSettled(segment, settled)).forEach(quiet::add);
    return quiet;
  }

  /** Those whose points are being made anew just now. */
  Set<Segment> changing() {
    return arePointsChanging
        ? segments.byFacts().stream().filter(Segment::goesByPoints).collect(Collectors.toSet())
        : Set.of();
  }
}
