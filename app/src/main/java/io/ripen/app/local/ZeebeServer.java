package io.ripen.app.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One Zeebe broker with its gateway, whose clock can be moved. */
final class ZeebeServer implements Server {

  private final Path home;
  private final Path data;
  private final Path archive;
  private final LocalSettings.Zeebe settings;
  private final Map<String, String> chosen;
  private final ZeebeClock clock;
  private final LocalClock time;
  private final SharedTime shared;

  /**
   * @param chosen the environment that makes the broker what this stack wants
   */
  ZeebeServer(
      Path home,
      DataFolder folder,
      LocalSettings.Zeebe settings,
      Map<String, String> chosen,
      LocalClock time) {
    this.home = home;
    this.data = folder.of(Part.ZEEBE);
    this.archive = home.resolveSibling(home.getFileName() + ".jsa");
    this.settings = settings;
    this.chosen = chosen;
    this.clock = new ZeebeClock(actuator());
    this.time = time;
    this.shared = new SharedTime(time, clock);
  }

  /** What makes the broker load our exporter, or nothing where there is no Kafka to export to. */
  static Map<String, String> exporter(Path jar, @Nullable String bootstrapServers) {
    return bootstrapServers == null
        ? Map.of()
        : Map.of(
            "ZEEBE_BROKER_EXPORTERS_RIPEN_CLASSNAME",
            "io.ripen.exporter.KafkaExporter",
            "ZEEBE_BROKER_EXPORTERS_RIPEN_JARPATH",
            jar.toString(),
            "ZEEBE_BROKER_EXPORTERS_RIPEN_ARGS_TOPIC",
            "ripen.zeebe",
            "ZEEBE_BROKER_EXPORTERS_RIPEN_ARGS_BOOTSTRAPSERVERS",
            bootstrapServers);
  }

  @Override
  public Part part() {
    return Part.ZEEBE;
  }

  URI grpc() {
    return URI.create("http://127.0.0.1:" + settings.grpcPort());
  }

  URI rest() {
    return URI.create("http://127.0.0.1:" + settings.restPort());
  }

  URI actuator() {
    return URI.create("http://127.0.0.1:" + settings.actuatorPort());
  }

  /** Its time and ours. */
  SharedTime time() {
    return shared;
  }

  @Override
  public void prepare() throws IOException {
    Files.createDirectories(data);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = ChildEnvironment.basic();
    environment.putAll(loopback());
    environment.putAll(chosen);
    environment.put("ZEEBE_BROKER_DATA_DIRECTORY", data.toString());
    environment.put("ZEEBE_CLOCK_CONTROLLED", "true");
    environment.putAll(ChildEnvironment.startingWith("ZEEBE_BROKER_"));
    environment.putAll(settings.environment());
    return environment;
  }

  @Override
  public Launch launch() {
    return new Launch(
        JavaProgram.command(
            Stream.concat(settings.jvmOptions().stream(), configuration()).toList(),
            archive,
            home.resolve("lib") + "/*",
            List.of("io.camunda.application.StandaloneBroker")),
        JavaProgram.executable(),
        data,
        environment());
  }

  /** Not by the class path: a JVM keeps no classes where a folder is on it. */
  private Stream<String> configuration() {
    Path config = home.resolve("config");
    return Stream.of(
        "-Dbasedir=" + home,
        "-Dspring.config.additional-location=" + config.toUri(),
        "-Dlogging.config=" + config.resolve("log4j2.xml").toUri(),
        "-Dlog4j2.configurationFile=" + config.resolve("log4j2.xml").toUri());
  }

  /** Fills the empty data folder from the store for backups. */
  void restore(long backup, Path log) throws IOException {
    OneShot.run(
        "Zeebe's restore",
        JavaProgram.command(
            // Its own log goes below app.home, and must not lie where the data come.
            List.of("-Dbasedir=" + home, "-Dapp.home=" + log.getParent()),
            null,
            home.resolve("config") + ":" + home.resolve("lib") + "/*",
            List.of("io.camunda.zeebe.restore.RestoreApp", "--backupId=" + backup)),
        environment(),
        log);
  }

  private Map<String, String> loopback() {
    return Map.of(
        "ZEEBE_BROKER_NETWORK_HOST", "127.0.0.1",
        "ZEEBE_BROKER_NETWORK_COMMANDAPI_PORT", Integer.toString(settings.commandPort()),
        "ZEEBE_BROKER_NETWORK_INTERNALAPI_PORT", Integer.toString(settings.internalPort()),
        "ZEEBE_BROKER_GATEWAY_NETWORK_HOST", "127.0.0.1",
        "ZEEBE_BROKER_GATEWAY_NETWORK_PORT", Integer.toString(settings.grpcPort()),
        "SERVER_ADDRESS", "127.0.0.1",
        "SERVER_PORT", Integer.toString(settings.restPort()),
        "MANAGEMENT_SERVER_ADDRESS", "127.0.0.1",
        "MANAGEMENT_SERVER_PORT", Integer.toString(settings.actuatorPort()));
  }

  /**
   * Two cores and a laptop's disk: one thread for each kind of work, the log written to disk some
   * milliseconds later (a killed process loses nothing by it, a power cut those milliseconds), and
   * room on the disk asked for in megabytes, not in gigabytes.
   */
  static Map<String, String> smallMachine() {
    return Map.of(
        "ZEEBE_BROKER_THREADS_CPUTHREADCOUNT", "1",
        "ZEEBE_BROKER_THREADS_IOTHREADCOUNT", "1",
        "ZEEBE_BROKER_CLUSTER_RAFT_FLUSH_DELAYTIME", "20ms",
        "ZEEBE_BROKER_DATA_LOGSEGMENTSIZE", "32MB",
        "ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING", "300MB",
        "ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION", "200MB",
        "ZEEBE_BROKER_EXPERIMENTAL_ROCKSDB_MEMORYLIMIT", "64MB");
  }

  @Override
  public String stopSignal() {
    return "TERM";
  }

  /** Before it takes requests, its clock is where ours is: no timer may see the time go back. */
  @Override
  public Optional<String> missing() {
    try {
      clock.moveTo(time.offset());
      Http.exchange("GET", actuator().resolve("/actuator/health/readiness"), null);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
