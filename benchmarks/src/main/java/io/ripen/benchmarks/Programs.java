package io.ripen.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** The processes that are measured, by name. */
final class Programs {

  private final Map<String, ProcessUsage> usages = new LinkedHashMap<>();

  /** Of one process. */
  Programs with(String name, long pid) {
    usages.put(name, new ProcessUsage(pid, false));
    return this;
  }

  /** Of a process and all that it has started. */
  Programs withFamily(String name, long pid) {
    usages.put(name, new ProcessUsage(pid, true));
    return this;
  }

  /** CPU seconds since each was started; NaN where this system does not tell. */
  Map<String, Double> cpuSeconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    usages.forEach((name, usage) -> seconds.put(name, usage.cpuSeconds()));
    return seconds;
  }

  /** What they have used since a former {@link #cpuSeconds()}. */
  Map<String, Double> cpuSecondsSince(Map<String, Double> before) {
    Map<String, Double> seconds = cpuSeconds();
    seconds.replaceAll((name, now) -> now - before.getOrDefault(name, 0.0));
    return seconds;
  }

  Map<String, Double> peakMegabytes() {
    Map<String, Double> megabytes = new LinkedHashMap<>();
    usages.forEach((name, usage) -> megabytes.put(name, usage.peakMegabytes()));
    return megabytes;
  }
}
