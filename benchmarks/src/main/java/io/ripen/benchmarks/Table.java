package io.ripen.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table in Markdown that can be read as it is. The first column holds words, the rest numbers.
 */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    rows.add(List.of(headings));
  }

  Table row(Object... cells) {
    rows.add(Arrays.stream(cells).map(String::valueOf).toList());
    return this;
  }

  /** With as many digits as say something. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "not measured here";
    }
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
  }

  @Override
  public String toString() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .map(width -> Math.max(width, 3))
            .toArray();
    List<String> lines = new ArrayList<>(rows.stream().map(row -> line(row, widths)).toList());
    lines.add(
        1,
        IntStream.range(0, widths.length)
            .mapToObj(column -> rule(column, widths[column]))
            .collect(Collectors.joining("|", "|", "|")));
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(
            column ->
                (column == 0 ? " %-" + widths[0] + "s " : " %" + widths[column] + "s ")
                    .formatted(row.get(column)))
        .collect(Collectors.joining("|", "|", "|"));
  }

  private static String rule(int column, int width) {
    return column == 0 ? "-".repeat(width + 2) : "-".repeat(width + 1) + ":";
  }
}
