package io.ripen.engine.splits;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one test.
 *
 * @param element the split's id in the diagram
 * @param test what the marketer calls it; empty where they do not
 * @param goal as people say it: {@code ordered within 14 days}
 * @param within the time for the goal, as people say it
 * @param firstVersion of the flow, the oldest that it ran in
 * @param finding what can be said, in sentences
 * @param decision null before the rule has looked, and where there is none
 */
public record SplitResult(
    String element,
    String test,
    String goal,
    String within,
    Instant beganAt,
    int firstVersion,
    int lastVersion,
    List<Variant> variants,
    String finding,
    @Nullable Decision decision) {

  /**
   * One variant. Rates, shares and bounds are parts of 1; intervals are of 95 %.
   *
   * @param share how much of the leads comes into it
   * @param leads whose time for the goal is over, and who came into it by chance
   * @param reached how many of them reached the goal
   * @param underWay whose time is not over yet
   * @param afterDecision who got it because it had won
   * @param rate null without leads
   * @param difference how much more than the first variant; null for that one, without leads, and
   *     as long as the rule has not looked
   */
  public record Variant(
      String name,
      double share,
      long leads,
      long reached,
      long underWay,
      long afterDecision,
      @Nullable Double rate,
      @Nullable Interval interval,
      @Nullable Interval difference) {}

  /**
   * What the rule has decided.
   *
   * @param winner null where no variant did better than all others
   * @param numbers which it went by
   */
  public record Decision(Instant at, @Nullable String winner, List<Seen> numbers) {}

  /** A variant as it was seen at the time of the decision. */
  public record Seen(String variant, long leads, long reached) {}
}
