package io.ripen.benchmarks;

import java.time.Duration;
import java.util.Map;

/**
 * How long so many of something took, and what was used for them.
 *
 * @param cpuSeconds by program
 */
record Measured(long count, Duration took, Map<String, Double> cpuSeconds) {

  /** What is measured. */
  @FunctionalInterface
  interface Work {

    /** Does it, and tells when it was done, by {@link System#nanoTime()}. */
    long run() throws Exception;
  }

  static Measured of(Programs programs, long count, Work work) throws Exception {
    Map<String, Double> before = programs.cpuSeconds();
    long start = System.nanoTime();
    long end = work.run();
    return new Measured(count, Duration.ofNanos(end - start), programs.cpuSecondsSince(before));
  }

  double perSecond() {
    return count * 1e9 / took.toNanos();
  }

  /** CPU seconds of a program per thousand. */
  double cpuPerThousand(String program) {
    return cpuSeconds.getOrDefault(program, Double.NaN) * 1000 / count;
  }
}
