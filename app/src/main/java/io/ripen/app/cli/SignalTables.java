package io.ripen.app.cli;

import io.ripen.engine.signals.SignalTable;
import io.ripen.engine.tables.InvalidTable;
import java.nio.file.Path;
import java.util.List;

/** Signal tables, read as the engine reads its own. */
final class SignalTables {

  private SignalTables() {}

  /** What is wrong with one, line by line, without the name of the file. */
  static List<String> problems(Path file) {
    try {
      SignalTable.check(file);
      return List.of();
    } catch (InvalidTable e) {
      String message = String.valueOf(e.getMessage());
      String prefix = file + ": ";
      String problems = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
      return problems.lines().map(String::strip).toList();
    }
  }
}
