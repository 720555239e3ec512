package io.ripen.engine.splits;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * How many of some leads reached the goal.
 *
 * @param leads one or more
 */
record Proportion(long reached, long leads) {

  /** How often an interval may miss the true value: one of 95 %. */
  static final double ERROR = 0.05;

  Proportion {
    if (leads < 1 || reached < 0 || reached > leads || leads > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d of %d (expected: some of one or more)".formatted(reached, leads));
    }
  }

  double rate() {
    return (double) reached / leads;
  }

  /** By Wilson's score, which holds for few leads and for rates near 0, too. */
  Interval interval(double error) {
    var interval =
        BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate((int) leads, (int) reached, error);
    // Rounding alone would leave the rate outside, where nobody or everybody reached it.
    return new Interval(
        Math.min(rate(), Math.max(0, interval.getLowerBound())),
        Math.max(rate(), Math.min(1, interval.getUpperBound())));
  }

  /**
   * How much more this is than the other: Newcombe's hybrid score interval, method 10 in "Interval
   * estimation for the difference between independent proportions", Statistics in Medicine 17
   * (1998), 873-890.
   */
  Interval moreThan(Proportion other, double error) {
    Interval mine = interval(error);
    Interval theirs = other.interval(error);
    double difference = rate() - other.rate();
    return new Interval(
        difference - Math.hypot(rate() - mine.low(), theirs.high() - other.rate()),
        difference + Math.hypot(mine.high() - rate(), other.rate() - theirs.low()));
  }
}
