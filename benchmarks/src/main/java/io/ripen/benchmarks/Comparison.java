package io.ripen.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rounds in which several did as much of the same thing in turn: first Ripen, then the limit. */
final class Comparison {

  private final String unit;
  private final List<String> contenders;
  private final List<List<Measured>> rounds = new ArrayList<>();

  /**
   * @param unit what is counted, for the headings
   */
  Comparison(String unit, String... contenders) {
    this.unit = unit;
    this.contenders = List.of(contenders);
  }

  void add(List<Measured> round) {
    rounds.add(round);
  }

  void print(Report report) {
    report.table(summary());
    report.table(cpu());
    report.table(byRound());
  }

  /** Medians of all rounds. */
  private Table summary() {
    Table table = new Table("median of " + rounds.size() + " rounds", unit + "/s", "Ripen does");
    for (int i = 0; i < contenders.size(); i++) {
      int other = i;
      table.row(
          contenders.get(i),
          Table.number(median(i, Measured::perSecond)),
          i == 0 ? "" : Table.percent(median(rounds.stream().mapToDouble(r -> ratio(r, other)))));
    }
    return table;
  }

  private Table cpu() {
    List<String> programs = List.copyOf(rounds.getFirst().getFirst().cpuSeconds().keySet());
    Table table =
        new Table(
            Stream.concat(Stream.of("CPU seconds per 1000 " + unit), programs.stream())
                .toArray(String[]::new));
    for (int i = 0; i < contenders.size(); i++) {
      int contender = i;
      table.row(
          Stream.concat(
                  Stream.of(contenders.get(i)),
                  programs.stream()
                      .map(
                          program ->
                              Table.number(
                                  median(contender, each -> each.cpuPerThousand(program)))))
              .toArray());
    }
    return table;
  }

  private Table byRound() {
    Table table = new Table("round", unit + "/s", "limit", "ratio");
    for (int i = 0; i < rounds.size(); i++) {
      List<Measured> round = rounds.get(i);
      table.row(
          i + 1,
          Table.number(round.get(0).perSecond()),
          Table.number(round.get(1).perSecond()),
          Table.percent(ratio(round, 1)));
    }
    return table;
  }

  private static double ratio(List<Measured> round, int other) {
    return round.getFirst().perSecond() / round.get(other).perSecond();
  }

  private double median(int contender, ToDoubleFunction<Measured> value) {
    return median(rounds.stream().map(round -> round.get(contender)).mapToDouble(value));
  }

  static double median(java.util.stream.DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return IntStream.of((sorted.length - 1) / 2, sorted.length / 2)
        .mapToDouble(i -> sorted[i])
        .average()
        .orElse(Double.NaN);
  }
}
