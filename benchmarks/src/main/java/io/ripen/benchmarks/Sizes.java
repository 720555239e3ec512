package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** How much is measured. */
final class Sizes {

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "rounds that count, after one that does not (default: ${DEFAULT-VALUE})")
  private int rounds = 3;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "events in a round (default: ${DEFAULT-VALUE})")
  private int events = 60_000;

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "flow instances in a round (default: ${DEFAULT-VALUE})")
  private int instances = 400;

  @Option(
      names = "--touches",
      paramLabel = "N",
      description = "touches that are sent while processes die (default: ${DEFAULT-VALUE})")
  private int touches = 10_000;

  @Option(
      names = "--when-uncertain",
      paramLabel = "POLICY",
      description =
          "of e-mails whose worker dies with them in its hands: ${COMPLETION-CANDIDATES} (default:"
              + " ${DEFAULT-VALUE})")
  private WhenUncertain whenUncertain = WhenUncertain.ASSUME_SENT;

  @Option(
      names = "--messages",
      paramLabel = "N",
      description = "touches by each channel in a round (default: ${DEFAULT-VALUE})")
  private int messages = 1000;

  @Option(
      names = "--channels",
      paramLabel = "NAME[,NAME…]",
      hideParamSyntax = true,
      split = ",",
      description = "of touches: ${COMPLETION-CANDIDATES} (default: all)")
  private List<TouchChannel> channels = List.of(TouchChannel.values());

  @Option(
      names = "--leads",
      paramLabel = "N",
      description = "leads that the gate decides about (default: ${DEFAULT-VALUE})")
  private int leads = 100_000;

  @Option(
      names = "--windows",
      paramLabel = "N",
      description = "visitors' windows that are open (default: ${DEFAULT-VALUE})")
  private int windows = 10_000;

  @Option(
      names = "--lines",
      paramLabel = "N",
      description =
          "lines that are written in chats a second, each answered (default: ${DEFAULT-VALUE})")
  private int lines = 50;

  @Option(
      names = "--thinks",
      paramLabel = "N[,N…]",
      hideParamSyntax = true,
      split = ",",
      description = "milliseconds that providers take to answer a touch (default: 0,40)")
  private List<Integer> thinks = List.of(0, 40);

  @Option(
      names = "--rate",
      paramLabel = "N[,N…]",
      hideParamSyntax = true,
      split = ",",
      description = "carts a second for latency (default: 10,30)")
  private List<Integer> rates = List.of(10, 30);

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "how long each rate is kept up (default: ${DEFAULT-VALUE})")
  private int seconds = 20;

  @Option(
      names = "--rows",
      paramLabel = "N",
      description =
          "rows of the longer file that is imported, and leads at the most (default:"
              + " ${DEFAULT-VALUE})")
  private int rows = 1_000_000;

  @Option(
      names = "--jvm",
      paramLabel = "OPTIONS",
      hideParamSyntax = true,
      split = " +",
      description =
          "of the JVMs of engine and workers, in quotes (default: -Xmx512m -XX:+UseSerialGC; of the"
              + " engine with many windows -Xmx3g)")
  private List<String> jvm = List.of();

  int rounds() {
    return rounds;
  }

  int events() {
    return events;
  }

  int instances() {
    return instances;
  }

  int touches() {
    return touches;
  }

  WhenUncertain whenUncertain() {
    return whenUncertain;
  }

  int messages() {
    return messages;
  }

  List<TouchChannel> channels() {
    return channels;
  }

  int leads() {
    return leads;
  }

  int windows() {
    return windows;
  }

  int lines() {
    return lines;
  }

  List<Duration> thinks() {
    return thinks.stream().map(Duration::ofMillis).toList();
  }

  List<Integer> rates() {
    return rates;
  }

  int rows() {
    return rows;
  }

  int seconds() {
    return seconds;
  }

  List<String> jvm() {
    return jvm.isEmpty() ? List.of("-Xmx512m", "-XX:+UseSerialGC") : jvm;
  }

  /** Of an engine that keeps a line open to each of these windows, some 100 KB each. */
  List<String> jvmForWindows() {
    return jvm.isEmpty() ? List.of("-Xmx3g", "-XX:+UseSerialGC") : jvm;
  }

  void check() {
    positive("--rounds", rounds);
    positive("--events", events);
    positive("--instances", instances);
    positive("--seconds", seconds);
    positive("--touches", touches);
    positive("--messages", messages);
    positive("--leads", leads);
    positive("--windows", windows);
    positive("--lines", lines);
    positive("--rows", rows);
    thinks.forEach(
        each -> {
          if (each < 0) {
            throw new Failure("--thinks=%d (expected: 0 or more)".formatted(each));
          }
        });
    rates.forEach(rate -> positive("--rate", rate));
  }

  private static void positive(String option, int value) {
    if (value < 1) {
      throw new Failure("%s=%d (expected: 1 or more)".formatted(option, value));
    }
  }
}
