package io.ripen.engine.splits;

import org.apache.commons.statistics.distribution.NormalDistribution;

/** How many leads it takes to see a difference, four times of five where there is one. */
final class Needed {

  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double POWER = 0.80;

  private Needed() {}

  /** A difference that would matter at that rate, as a part of 1. */
  static double difference(double rate) {
    if (rate < 0.01) {
      return 0.005;
    }
    return rate < 0.04 ? 0.01 : 0.02;
  }

  /**
   * In each of two variants around that rate.
   *
   * @param error how often the comparison may see what is not there
   */
  static long leads(double rate, double difference, double error) {
    double low = Math.max(0, Math.min(1 - difference, rate - difference / 2));
    double high = low + difference;
    double spread = low * (1 - low) + high * (1 - high);
    double deviations =
        NORMAL.inverseSurvivalProbability(error / 2) + NORMAL.inverseCumulativeProbability(POWER);
    return (long) Math.ceil(Math.pow(deviations / difference, 2) * spread);
  }

  /** To two digits, upwards: nobody knows it better. */
  static long roughly(long number) {
    long step = 1;
    while (number / step >= 100) {
      step *= 10;
    }
    return (number + step - 1) / step * step;
  }
}
