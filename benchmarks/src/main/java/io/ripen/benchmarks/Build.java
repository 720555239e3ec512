package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build left for us; the launcher says where. */
final class Build {

  private Build() {}

  /** The folder of the repository. */
  static Path root() {
    String home = System.getProperty("ripen.home");
    if (home == null) {
      throw new Failure("the property ripen.home is not set: start this by ./ripen benchmark");
    }
    return Path.of(home);
  }

  static Path target() {
    return root().resolve("benchmarks/target");
  }

  /** The command that runs {@code ripen} on the Java that runs us. */
  static List<String> ripen(List<String> jvmOptions, List<String> arguments) {
    return Stream.of(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            Stream.of("--enable-native-access=ALL-UNNAMED", "-Dripen.home=" + root()),
            jvmOptions.stream(),
            Stream.of("-jar", jar().toString()),
            arguments.stream())
        .flatMap(parts -> parts)
        .toList();
  }

  /** The command that runs a program of ours, as small as can be, on the Java that runs us. */
  static List<String> ours(Class<?> program, List<String> jvmOptions, String... arguments) {
    return Stream.of(
            Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
            Stream.of("-Xmx256m", "-XX:+UseSerialGC"),
            jvmOptions.stream(),
            Stream.of("-cp", System.getProperty("java.class.path"), program.getName()),
            Stream.of(arguments))
        .flatMap(parts -> parts)
        .toList();
  }

  private static Path jar() {
    String jar = System.getProperty("ripen.jar", "");
    if (!Files.isRegularFile(Path.of(jar))) {
      throw new Failure("ripen.jar: %s (expected: the jar that ./ripen runs)".formatted(jar));
    }
    return Path.of(jar);
  }
}
