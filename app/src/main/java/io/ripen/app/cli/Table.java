package io.ripen.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of text in columns. */
final class Table {

  private static final String BETWEEN = "  ";

  private Table() {}

  /**
   * @param rows all with the same number of cells; a column without any text is left out
   * @param numbers the columns that are aligned to the right
   */
  static List<String> lines(List<List<String>> rows, int... numbers) {
    int columns = rows.getFirst().size();
    Set<Integer> right = IntStream.of(numbers).boxed().collect(Collectors.toSet());
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < columns; column++) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      lines.add(
          IntStream.range(0, columns)
              .filter(column -> widths[column] > 0)
              .mapToObj(column -> cell(row.get(column), widths[column], right.contains(column)))
              .collect(Collectors.joining(BETWEEN))
              .stripTrailing());
    }
    return lines;
  }

  private static String cell(String text, int width, boolean right) {
    String space = " ".repeat(width - text.length());
    return right ? space + text : text + space;
  }
}
