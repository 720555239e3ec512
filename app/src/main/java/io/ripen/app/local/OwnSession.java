package io.ripen.app.local;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the terminal's Ctrl-C, which goes to every process of the foreground, away from a child: it
 * would end at once, and not when its turn has come.
 */
final class OwnSession {

  private static final boolean SETSID = onPath("setsid");

  private OwnSession() {}

  /** The command, started so that it keeps its process id. */
  static List<String> of(List<String> command) {
    List<String> wrapped =
        new ArrayList<>(
            SETSID ? List.of("setsid") : List.of("sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
    wrapped.addAll(command);
    return wrapped;
  }

  static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.of(path.split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
