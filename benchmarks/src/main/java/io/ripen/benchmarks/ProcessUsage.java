package io.ripen.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a process has used, as Linux tells in {@code /proc}; NaN on other systems.
 *
 * @param family whether those count that it has started, also those that have ended
 */
record ProcessUsage(long pid, boolean family) {

  /** USER_HZ, the same on every Linux that Java runs on. */
  private static final double TICKS_A_SECOND = 100;

  /** Where the times stand behind the name in brackets: utime, stime, cutime, cstime. */
  private static final int USER_TIME = 11;

  private static final Pattern MEMORY =
      Pattern.compile("(VmHWM|VmRSS|RssShmem|RssFile):\\s*(\\d+) kB");

  private static final double A_MEGABYTE = 1024;

  double cpuSeconds() {
    return processes().mapToDouble(this::cpuSeconds).sum();
  }

  private double cpuSeconds(long process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      int last = USER_TIME + (family ? 4 : 2);
      double ticks = 0;
      for (int i = USER_TIME; i < last; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks / TICKS_A_SECOND;
    } catch (IOException e) {
      return gone(process);
    }
  }

  /** Of the process alone, what it has now. */
  double megabytes() {
    Map<String, Long> status = status(pid);
    return status.isEmpty() ? Double.NaN : kilobytes(status, "VmRSS") / A_MEGABYTE;
  }

  /** What processes of a family share is counted once. */
  double peakMegabytes() {
    List<Map<String, Long>> all = processes().mapToObj(ProcessUsage::status).toList();
    if (all.stream().anyMatch(Map::isEmpty)) {
      return Double.NaN;
    }
    double own = all.stream().mapToDouble(each -> kilobytes(each, "VmHWM") - shared(each)).sum();
    double shared = all.stream().mapToDouble(this::shared).max().orElse(0);
    return (own + shared) / A_MEGABYTE;
  }

  private double shared(Map<String, Long> status) {
    return family ? kilobytes(status, "RssShmem") + kilobytes(status, "RssFile") : 0;
  }

  private static long kilobytes(Map<String, Long> status, String name) {
    return status.getOrDefault(name, 0L);
  }

  private static Map<String, Long> status(long process) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(process), "status"))) {
      return lines
          .map(MEMORY::matcher)
          .filter(Matcher::matches)
          .collect(Collectors.toMap(line -> line.group(1), line -> Long.valueOf(line.group(2))));
    } catch (IOException e) {
      return Map.of();
    }
  }

  private LongStream processes() {
    Stream<ProcessHandle> children =
        family
            ? ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants)
            : Stream.empty();
    return LongStream.concat(LongStream.of(pid), children.mapToLong(ProcessHandle::pid));
  }

  /** A child that has just ended is in its parent's account. */
  private double gone(long process) {
    return process == pid ? Double.NaN : 0;
  }
}
