package io.ripen.e2e;

import io.ripen.app.local.JavaProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What the build left for us. */
final class Build {

  private Build() {}

  /** The folder of the repository. */
  static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }

  /** What {@code docker/.env} says: names of images and the like. */
  static Properties compose() {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(root().resolve("docker/.env"))) {
      properties.load(in);
      return properties;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path target() {
    return root().resolve("e2e/target");
  }

  /** A copy of the shipped flows, tables and forms, in which a test may write. */
  static Path flowsIn(Path folder) {
    Path shipped = root().resolve("bpmn");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.toList()) {
        Path copy = folder.resolve(shipped.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jar that {@code ./ripen} runs; its libraries lie beside it. */
  static Path jar() {
    Path target = root().resolve("app/target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(
              file -> file.getFileName().toString().matches("ripen-app-[^-]+(-SNAPSHOT)?\\.jar"))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalStateException(
                      "no ripen-app jar in %s: mvn package".formatted(target)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the image has for traces. */
  static Path agent() {
    return root().resolve("app/target/agent/opentelemetry-javaagent.jar");
  }

  /** The JVM that the tests run on, for those that they start. */
  static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** What the JVM keeps of a server's classes, whatever its role, once one has ended well. */
  static Path classesOfServers() {
    return target().resolve("server.jsa");
  }

  /** Starts {@code ripen} with these arguments, in a JVM that is soon there. */
  static List<String> ripen(List<String> jvmOptions, List<String> arguments) {
    Path classes =
        arguments.getFirst().equals("server")
            ? classesOfServers()
            : target().resolve("command.jsa");
    return Stream.of(
            Stream.of(java().toString()),
            JavaProgram.sharing(classes).stream(),
            Stream.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dripen.home=" + root()),
            jvmOptions.stream(),
            Stream.of("-jar", jar().toString()),
            arguments.stream())
        .flatMap(parts -> parts)
        .toList();
  }
}
