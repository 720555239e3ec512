package io.ripen.engine.audience;

import io.ripen.engine.segments.Segments;
import io.ripen.engine.steps.FlowNotStarted;
import io.ripen.engine.steps.StartFlow;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads the members of a segment into a flow, in the order of their ids. Members are those who are
 * in the segment when their turn comes. Each start is noted before Zeebe is asked, so whoever dies
 * on the way, or begins again where another one died, starts the flow once for each lead.
 */
final class Broadcasts {

  private static final Logger LOG = LoggerFactory.getLogger(Broadcasts.class);

  /** Between two looks at whether somebody has stopped it. */
  private static final int AT_ONCE = 20;

  private final BroadcastsJdbc table;
  private final SegmentsJdbc members;
  private final Supplier<Segments> segments;
  private final StartFlow startFlow;
  private final Clock clock;
  private final Map<Long, Pace> paces = new HashMap<>();

  Broadcasts(
      BroadcastsJdbc table,
      SegmentsJdbc members,
      Supplier<Segments> segments,
      StartFlow startFlow,
      Clock clock) {
    this.table = table;
    this.members = members;
    this.segments = segments;
    this.startFlow = startFlow;
    this.clock = clock;
  }

  /** Why it cannot be done; empty when it can. */
  Optional<String> obstacle(String flow, String segment, @Nullable Integer perHour) {
    Segments now = segments.get();
    if (now.named(segment).isEmpty()) {
      return Optional.of(
          "there is no segment %s (expected: one of %s)"
              .formatted(segment, now.all().stream().map(each -> each.id()).toList()));
    }
    if (perHour != null && perHour < 1) {
      return Optional.of("perHour is %d (expected: 1 or more)".formatted(perHour));
    }
    return startFlow.obstacle(flow);
  }

  /** How many members the segment has by now. */
  long members(String segment) {
    return members.counts().getOrDefault(segment, 0L);
  }

  /** Begins one, or joins the one that is under way from this flow to this segment. */
  Broadcast begin(String flow, String segment, @Nullable Integer perHour) {
    while (true) {
      table.begin(flow, segment, perHour, clock.instant());
      Optional<Broadcast> running = table.running(flow, segment);
      // It may have ended already.
      if (running.isPresent()) {
        return running.get();
      }
    }
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

  boolean isAnyRunning() {
    return !table.running().isEmpty();
  }

  /**
   * Lets the next members of each broadcast in.
   *
   * @return whether there is more to do at once
   */
  boolean round() {
    boolean more = false;
    for (Broadcast broadcast : table.running()) {
      more |= round(broadcast);
    }
    return more;
  }

  private boolean round(Broadcast broadcast) {
    Integer perHour = broadcast.perHour();
    Pace pace =
        perHour == null
            ? null
            : paces.computeIfAbsent(broadcast.id(), id -> new Pace(perHour, System::nanoTime));
    int most = pace == null ? AT_ONCE : Math.min(AT_ONCE, pace.allowed());
    List<UUID> next = table.next(broadcast.id(), Math.max(1, most));
    if (next.isEmpty()) {
      table.end(broadcast.id(), "done", null, clock.instant());
      paces.remove(broadcast.id());
      return false;
    }
    for (UUID lead : next.subList(0, Math.min(most, next.size()))) {
      if (!start(broadcast, lead)) {
        return false;
      }
      if (pace != null) {
        pace.spend();
      }
    }
    return most > 0;
  }

  private boolean start(Broadcast broadcast, UUID lead) {
    try {
      StartFlow.Outcome outcome =
          startFlow.start("broadcast " + broadcast.id(), lead, broadcast.flow());
      table.advance(broadcast.id(), lead, outcome == StartFlow.Outcome.STARTED);
      return true;
    } catch (FlowNotStarted e) {
      LOG.error("Broadcast {} ends: {}", broadcast.id(), e.getMessage());
      table.end(broadcast.id(), "failed", String.valueOf(e.getMessage()), clock.instant());
      return false;
    }
  }
}
