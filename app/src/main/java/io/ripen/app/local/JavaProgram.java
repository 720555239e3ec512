package io.ripen.app.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Command lines for Java programs, run by the Java that runs us. */
public final class JavaProgram {

  private JavaProgram() {}

  static Path executable() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /**
   * A command line.
   *
   * @param archive for {@link #sharing}; none for what runs once
   */
  static List<String> command(
      List<String> jvmOptions,
      @Nullable Path archive,
      String classPath,
      List<String> mainAndArguments) {
    List<String> command = new ArrayList<>();
    command.add(executable().toString());
    if (archive != null) {
      command.addAll(sharing(archive));
    }
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-Dfile.encoding=UTF-8");
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(classPath);
    command.addAll(mainAndArguments);
    return command;
  }

  /**
   * Options by which a program starts in about half the time.
   *
   * @param archive where the JVM keeps the classes that it has parsed, for the next start; it makes
   *     the file itself when it ends well, and makes it anew when it does not fit
   */
  public static List<String> sharing(Path archive) {
    return List.of(
        "-XX:+AutoCreateSharedArchive",
        "-XX:SharedArchiveFile=" + archive,
        "-Xlog:cds=off",
        "-Xlog:cds+dynamic=off");
  }
}
