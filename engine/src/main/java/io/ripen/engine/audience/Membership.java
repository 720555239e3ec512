package io.ripen.engine.audience;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.leads.Decisions;
import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.FactsOfMany;
import io.ripen.engine.leads.SegmentChange;
import io.ripen.engine.segments.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees which conditions hold for some leads by now, and changes only what is different. */
final class Membership {

  private static final Logger LOG = LoggerFactory.getLogger(Membership.class);

  private final FactsOfMany facts;
  private final Feel feel;
  private final Decisions decisions;
  private final Counter looks;
  private final Counter changed;

  /** Segments whose condition failed once already; said once each. */
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  Membership(FactsOfMany facts, Feel feel, Decisions decisions, MeterRegistry meters) {
    this.facts = facts;
    this.feel = feel;
    this.decisions = decisions;
    this.looks =
        Counter.builder("ripen.segments.leads")
            .description("Leads whose segments were looked at")
            .register(meters);
    this.changed =
        Counter.builder("ripen.segments.changes")
            .description("Leads that came into a segment or dropped out of it")
            .register(meters);
  }

  /**
   * Looks at these leads anew.
   *
   * @param segments those to look at; none of them a list
   * @param quiet those of them for which no flow is to start: not who comes in has changed
   * @return how many changes there were
   */
  int renew(Collection<UUID> leads, List<Segment> segments, Set<Segment> quiet) {
    if (leads.isEmpty()) {
      return 0;
    }
    List<SegmentChange> told = new ArrayList<>();
    List<SegmentChange> untold = new ArrayList<>();
    String conditions = conditions(segments);
    for (Facts lead : facts.readAll(leads)) {
      List<@Nullable Boolean> hold = hold(conditions, segments, lead.tree());
      for (int i = 0; i < segments.size(); i++) {
        Segment segment = segments.get(i);
        add(lead, segment, hold.get(i), quiet.contains(segment) ? untold : told);
      }
    }
    change(told, "its condition", false);
    change(untold, "its new condition", true);
    looks.increment(leads.size());
    changed.increment(told.size() + untold.size());
    return told.size() + untold.size();
  }

  private void change(List<SegmentChange> changes, String by, boolean quietly) {
    // A new id each time: who drops out of a segment may come back.
    decisions
        .changeSegments("segment-" + UUID.randomUUID(), changes, by, quietly)
        .ifPresent(problem -> LOG.error("Some segments could not be changed: {}", problem));
  }

  private static void add(
      Facts lead, Segment segment, @Nullable Boolean holds, List<SegmentChange> changes) {
    if (holds != null && holds != isIn(lead, segment)) {
      changes.add(new SegmentChange(lead.leadId(), segment.id(), holds));
    }
  }

  private static boolean isIn(Facts lead, Segment segment) {
    return lead.tree().get("lead") instanceof Map<?, ?> facts
        && facts.get("segments") instanceof List<?> segments
        && segments.contains(segment.id());
  }

  /** All conditions as one list, as the facts are made ready for FEEL once for each expression. */
  private static String conditions(List<Segment> segments) {
    return segments.stream()
        .map(segment -> "(" + segment.condition() + "\n)")
        .collect(Collectors.joining(", ", "[", "]"));
  }

  /** In the order of the segments; null where a condition fails, so that all stays as it is. */
  private List<@Nullable Boolean> hold(
      String conditions, List<Segment> segments, Map<String, @Nullable Object> tree) {
    try {
      if (feel.value(conditions, tree) instanceof List<?> values
          && values.size() == segments.size()) {
        return values.stream().<@Nullable Boolean>map(Boolean.TRUE::equals).toList();
      }
    } catch (InvalidFeel e) {
      // One of them fails: which, is found by each alone.
    }
    return segments.stream().<@Nullable Boolean>map(segment -> holds(segment, tree)).toList();
  }

  /** What cannot be said, as of a fact that is not known, is a no; null where the rule fails. */
  private @Nullable Boolean holds(Segment segment, Map<String, @Nullable Object> tree) {
    try {
      return Boolean.TRUE.equals(feel.value(Objects.requireNonNull(segment.condition()), tree));
    } catch (InvalidFeel e) {
      if (failed.add(segment.id())) {
        LOG.error(
            "Segment {} stays as it is for some leads: {}",
            segment.id(),
            String.valueOf(e.getMessage()));
      }
      return null;
    }
  }
}
