package io.ripen.engine.audience;

import io.camunda.client.api.command.ClientException;
import io.ripen.engine.segments.Segments;
import io.ripen.engine.steps.FlowNotStarted;
import io.ripen.engine.steps.StartFlow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the members of a segment into a flow, in the order of their ids. Members are those who are
 * in the segment when their turn comes; while everybody is still looked at for its condition,
 * nobody has it. Each start is noted before Zeebe is asked, so whoever dies on the way, or begins
 * again where another one died, starts the flow once for each lead.
 */
final class Broadcasts {

  private static final Logger LOG = LoggerFactory.getLogger(Broadcasts.class);

  /** Between two looks at whether somebody has stopped it. */
  private static final int AT_ONCE = 20;

  private static final Duration SHORTEST_REST = Duration.ofSeconds(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(5);

  private static final String FAILED = "failed";

  private final BroadcastsJdbc table;
  private final SegmentsJdbc members;
  private final Supplier<Conditions> conditions;
  private final StartFlow startFlow;
  private final Clock clock;

  /** Grows while nobody can tell what becomes of starts, as each of them uses up a lead. */
  private Duration rest = Duration.ZERO;

  private Instant restsUntil = Instant.MIN;

  Broadcasts(
      BroadcastsJdbc table,
      SegmentsJdbc members,
      Supplier<Conditions> conditions,
      StartFlow startFlow,
      Clock clock) {
    this.table = table;
    this.members = members;
    this.conditions = conditions;
    this.startFlow = startFlow;
    this.clock = clock;
  }

  /** Why it cannot be done; empty when it can. */
  Optional<String> obstacle(String flow, String segment, @Nullable Integer perHour) {
    Segments now = conditions.get().segments();
    if (now.named(segment).isEmpty()) {
      return Optional.of(
          "there is no segment %s (expected: one of %s)"
              .formatted(segment, now.all().stream().map(each -> each.id()).toList()));
    }
    if (perHour != null && perHour < 0) {
      return Optional.of(
          "perHour is %d (expected: 1 or more, or 0 for as many as Zeebe takes)"
              .formatted(perHour));
    }
    return startFlow.obstacle(flow);
  }

  /** Whether nobody can say yet who is in it, as its condition, or what makes points, is new. */
  boolean isBeingCounted(String segment) {
    Conditions now = conditions.get();
    Set<String> settled = members.sweep().map(SegmentsJdbc.Sweep::settled).orElse(Set.of());
    return now.segments()
        .named(segment)
        .filter(each -> now.changing().contains(each) || !now.isSettled(each, settled))
        .isPresent();
  }

  /** What {@link #begin} would do. */
  BroadcastPlan plan(String flow, String segment, @Nullable Integer perHour, boolean again) {
    Broadcast last = table.newest(flow, segment).orElse(null);
    BroadcastPlan.Does does = BroadcastPlan.Does.of(last, again);
    long leads =
        switch (does) {
          case BEGINS -> table.members(segment);
          case GOES_ON -> table.left(Objects.requireNonNull(last).id());
          case NOTHING -> 0;
        };
    Integer pace = perHour;
    if (pace == null && last != null && does == BroadcastPlan.Does.GOES_ON) {
      pace = last.perHour();
    }
    Integer most = pace == null || pace == 0 ? null : pace;
    Long seconds = most == null ? null : leads * Duration.ofHours(1).toSeconds() / most;
    return new BroadcastPlan(
        flow, segment, does, leads, most, seconds, isBeingCounted(segment), last);
  }

  /**
   * Begins one. Where the same flow is on its way to the same segment, or was stopped on it or
   * failed, goes on with that; where it is done, changes nothing, however long ago: asking twice
   * sends nothing twice.
   *
   * @param perHour the most starts in an hour, 0 for as many as Zeebe takes; null for no other pace
   *     than it has
   * @param again whether to begin anew all the same, unless it is on its way
   * @return the one that runs now, or the one that has ended
   */
  Broadcast begin(String flow, String segment, @Nullable Integer perHour, boolean again) {
    Instant now = clock.instant();
    Broadcast last = table.newest(flow, segment).orElse(null);
    switch (BroadcastPlan.Does.of(last, again)) {
      case BEGINS -> {
        table.begin(flow, segment, perHour, now);
        if (!isBeingCounted(segment)) {
          table.count(segment);
        }
      }
      case GOES_ON -> table.goOn(Objects.requireNonNull(last).id(), perHour, now);
      case NOTHING -> {
        // It is done.
      }
    }
    return table.newest(flow, segment).orElseThrow();
  }

  Optional<Broadcast> find(long id) {
    return table.find(id);
  }

  List<Broadcast> newest(int most) {
    return table.newest(most);
  }

  void stop(long id) {
    table.end(id, "stopped", null, clock.instant());
  }

  /** Stops the one of this flow to this segment; empty where none is on its way. */
  Optional<Broadcast> stop(String flow, String segment) {
    Optional<Broadcast> running =
        table.newest(flow, segment).filter(last -> last.state().equals(Broadcast.RUNNING));
    running.ifPresent(last -> stop(last.id()));
    return running.flatMap(last -> table.find(last.id()));
  }

  boolean isAnyDue() {
    return !isResting() && !due().isEmpty();
  }

  private List<Broadcast> due() {
    return table.due(clock.instant()).stream()
        .filter(broadcast -> !isBeingCounted(broadcast.segment()))
        .toList();
  }

  private boolean isResting() {
    return clock.instant().isBefore(restsUntil);
  }

  /**
   * Lets the next members of each broadcast in.
   *
   * @return whether there is more to do at once
   */
  boolean round() {
    if (isResting()) {
      return false;
    }
    boolean more = false;
    startFlow.checkZeebe();
    for (Broadcast broadcast : due()) {
      more |= round(broadcast);
    }
    return more;
  }

  private boolean round(Broadcast broadcast) {
    if (broadcast.leads() == 0) {
      table.count(broadcast.segment());
    }
    List<UUID> next = table.next(broadcast.id(), broadcast.perHour() == null ? AT_ONCE : 1);
    if (next.isEmpty()) {
      table.end(broadcast.id(), Broadcast.DONE, null, clock.instant());
    }
    for (UUID lead : next) {
      if (!start(broadcast, lead)) {
        return false;
      }
    }
    return !next.isEmpty();
  }

  private boolean start(Broadcast broadcast, UUID lead) {
    try {
      // One that is known was started by us, who died before it was counted.
      StartFlow.Outcome outcome =
          startFlow.start("broadcast " + broadcast.id(), lead, broadcast.flow());
      table.advance(broadcast.id(), lead, outcome != StartFlow.Outcome.UNSURE, clock.instant());
      if (outcome == StartFlow.Outcome.STARTED) {
        rest = Duration.ZERO;
      }
      return true;
    } catch (FlowNotStarted e) {
      LOG.error("Broadcast {} ends: {}", broadcast.id(), e.getMessage());
      table.end(broadcast.id(), FAILED, String.valueOf(e.getMessage()), clock.instant());
      return false;
    } catch (ClientException e) {
      if (StartFlow.isUnclear(e)) {
        restLonger();
      }
      throw e;
    }
  }

  private void restLonger() {
    Duration longer = rest.isZero() ? SHORTEST_REST : rest.multipliedBy(2);
    rest = longer.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : longer;
    restsUntil = clock.instant().plus(rest);
  }
}
