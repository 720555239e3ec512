package io.ripen.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/** Times, all of them kept, so that a percentile is one that was measured. */
final class Percentiles {

  private final double[] sorted;

  /**
   * @param times at least one
   */
  Percentiles(Collection<Double> times) {
    sorted = times.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
  }

  /** The smallest that so many of a hundred are not above. */
  double at(int percent) {
    return sorted[Math.max(0, Math.ceilDiv(percent * sorted.length, 100) - 1)];
  }

  double max() {
    return sorted[sorted.length - 1];
  }
}
