package io.ripen.app.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Command lines for Java programs, run by the Java that runs us. */
final class JavaProgram {

  private JavaProgram() {}

  static Path executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /**
   * A command line.
   *
   * @param archive where the JVM keeps the classes that it has parsed, for the next start; it makes
   *     the file itself, and makes it anew when it does not fit; none for what runs once
   */
  static List<String> command(
      List<String> jvmOptions,
      @Nullable Path archive,
      String classPath,
      List<String> mainAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(executable().toString());
    command.addAll(sharing(archive));
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dfile.encoding=UTF-8");
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(classPath);
    command.addAll(mainAndArguments);
    return command;
  }

  private static List<String> sharing(@Nullable Path archive) {
    return archive == null
        ? List.of()
        : List.of(
            "-XX:+AutoCreateSharedArchive",
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off");
  }
}
