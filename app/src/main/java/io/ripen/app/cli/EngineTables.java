package io.ripen.app.cli;

import io.ripen.engine.sales.RoutingTable;
import io.ripen.engine.scoring.ScoreTable;
import io.ripen.engine.scoring.TemperatureTable;
import io.ripen.engine.signals.SignalTable;
import io.ripen.engine.tables.InvalidTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The engine's own tables, read as it reads them when it starts. */
final class EngineTables {

  private EngineTables() {}

  /** What is wrong with one, line by line, without the name of the file. */
  static List<String> problems(Path file) {
    if (file.endsWith(RoutingTable.FILE)) {
      return problems(file, RoutingTable::check);
    }
    return file.endsWith(ScoreTable.FILE)
        ? problems(file, ScoreTable::check, TemperatureTable::check)
        : problems(file, SignalTable::check);
  }

  @SafeVarargs
  private static List<String> problems(Path file, Consumer<Path>... checks) {
    List<String> problems = new ArrayList<>();
    for (Consumer<Path> check : checks) {
      try {
        check.accept(file);
      } catch (InvalidTable e) {
        String message = String.valueOf(e.getMessage());
        String prefix = file + ": ";
        String told = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        told.lines()
            .map(String::strip)
            .filter(line -> !problems.contains(line))
            .forEach(problems::add);
      }
    }
    return problems;
  }
}
