package io.ripen.engine.gate;

import io.ripen.engine.gate.OtherTouch.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a lead has room for one more touch: caps by channel and over all, and a minimum gap.
 *
 * <p>Two workers may look at the same moment. Each has claimed its touch before it looks for the
 * last time, so at least one of them sees the other's, counts it, and comes back a little later;
 * the more important one sooner.
 */
final class Room {

  /** Who waits longer than this is in nobody's way: much may happen until then. */
  private static final Duration ABOUT_NOW = Duration.ofMinutes(10);

  private final GateRules rules;

  Room(GateRules rules) {
    this.rules = rules;
  }

  /** How far back it looks. */
  Duration horizon() {
    return rules.minimumGap().compareTo(Cap.WEEK) > 0 ? rules.minimumGap() : Cap.WEEK;
  }

  /** Why there is no room now, and until when; null where there is. */
  @Nullable Wait waitFor(Medium medium, Priority priority, List<OtherTouch> others, Instant now) {
    List<OtherTouch> sent = others.stream().filter(o -> o.is(Standing.SENT)).toList();
    Wait full = full(medium, sent, now);
    if (full != null) {
      return full;
    }
    List<OtherTouch> underWay = others.stream().filter(o -> o.is(Standing.UNDER_WAY)).toList();
    if (!underWay.isEmpty() && full(medium, with(sent, underWay), now) != null) {
      return new Wait(
          now.plus(comeBack(priority)), "under-way", "Another message to the lead is under way.");
    }
    return moreImportant(medium, priority, sent, others, now);
  }

  /**
   * The same of what has no other cap: so much of it is sent by a flow only that loops.
   *
   * @param sent when others of its kind went out
   * @param what they are, as in "chat messages"
   */
  @Nullable Wait runaway(List<Instant> sent, Instant now, String what) {
    Wait full = rules.runaway().waitFor(sent, now, what);
    return full == null
        ? null
        : new Wait(full.until(), "runaway", full.reason() + " A flow may be running away.");
  }

  /** Whether one that is more important and due about now would find no room after this one. */
  private @Nullable Wait moreImportant(
      Medium medium,
      Priority priority,
      List<OtherTouch> sent,
      List<OtherTouch> others,
      Instant now) {
    List<OtherTouch> after =
        with(sent, List.of(new OtherTouch(medium, Standing.SENT, now, priority)));
    return others.stream()
            .filter(other -> other.is(Standing.WAITING))
            .filter(other -> other.priority().compareTo(priority) > 0)
            .filter(other -> isAbout(other.at(), now))
            .anyMatch(other -> isInTheWay(other, sent, after, now))
        ? new Wait(
            now.plus(ABOUT_NOW), "priority", "A more important message to the lead goes first.")
        : null;
  }

  /** Whether the other one would find room when it is due, and would not after this one. */
  private boolean isInTheWay(
      OtherTouch other, List<OtherTouch> sent, List<OtherTouch> after, Instant now) {
    Instant due = other.at().isAfter(now) ? other.at() : now;
    return full(other.medium(), sent, due) == null && full(other.medium(), after, due) != null;
  }

  private static boolean isAbout(Instant at, Instant now) {
    return at.isAfter(now.minus(ABOUT_NOW)) && at.isBefore(now.plus(ABOUT_NOW));
  }

  private @Nullable Wait full(Medium medium, List<OtherTouch> sent, Instant now) {
    List<Instant> same = times(sent.stream().filter(other -> other.medium() == medium));
    Wait own = rules.cap(medium).waitFor(same, now, medium.plural());
    if (medium == Medium.CHAT) {
      return Wait.later(own, runaway(same, now, medium.plural()));
    }
    if (medium.isOnSite()) {
      return own;
    }
    List<Instant> all = times(sent.stream().filter(other -> !other.medium().isOnSite()));
    Wait overall = rules.overall().waitFor(all, now, "messages");
    return Wait.later(Wait.later(own, overall), gap(all, now));
  }

  private @Nullable Wait gap(List<Instant> sent, Instant now) {
    return sent.stream()
        .map(at -> at.plus(rules.minimumGap()))
        .filter(until -> until.isAfter(now))
        .max(Instant::compareTo)
        .map(until -> new Wait(until, "gap", "The lead got another message just now."))
        .orElse(null);
  }

  private static Duration comeBack(Priority priority) {
    return switch (priority) {
      case HIGH -> Duration.ofSeconds(3);
      case NORMAL -> Duration.ofSeconds(10);
      case LOW -> Duration.ofSeconds(30);
    };
  }

  private static List<Instant> times(Stream<OtherTouch> touches) {
    return touches.map(OtherTouch::at).toList();
  }

  private static List<OtherTouch> with(List<OtherTouch> some, List<OtherTouch> others) {
    List<OtherTouch> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }
}
