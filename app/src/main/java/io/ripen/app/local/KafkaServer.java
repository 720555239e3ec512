package io.ripen.app.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** One Kafka broker that is its own controller (KRaft). */
final class KafkaServer implements Server {

  private static final int REQUEST_TIMEOUT_MILLIS = 10_000;

  private final Path jars;
  private final Path data;
  private final Path log;
  private final Path archive;
  private final LocalSettings.Kafka settings;

  KafkaServer(Path jars, DataFolder folder, LocalSettings.Kafka settings) {
    this.jars = jars;
    this.data = folder.of(Part.KAFKA);
    this.log = folder.log(Part.KAFKA);
    this.archive = jars.resolveSibling(jars.getFileName() + ".jsa");
    this.settings = settings;
  }

  @Override
  public Part part() {
    return Part.KAFKA;
  }

  String address() {
    return "127.0.0.1:" + settings.port();
  }

  /**
   * The voters stand in the configuration, not in the log: so the ports may change any day. The
   * session is twice as long as usual: on a machine that is busy with other things the one broker
   * must not be fenced, for then nothing can be created or written.
   */
  @Override
  public void prepare() throws IOException {
    Files.createDirectories(data);
    Files.writeString(
        configuration(),
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        log.dirs=%3$s
        num.partitions=4
        default.replication.factor=1
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        group.initial.rebalance.delay.ms=0
        broker.session.timeout.ms=18000
        log.segment.bytes=67108864
        log.retention.hours=168
        num.network.threads=2
        num.io.threads=4
        """
            .formatted(settings.port(), settings.controllerPort(), data.resolve("log")));
    if (!Files.exists(data.resolve("log/meta.properties"))) {
      OneShot.run(
          "Kafka's StorageTool",
          command(
              null,
              "kafka.tools.StorageTool",
              "format",
              "--cluster-id",
              Uuid.randomUuid().toString(),
              "--config",
              configuration().toString(),
              "--ignore-formatted"),
          ChildEnvironment.basic(),
          log);
    }
  }

  @Override
  public Launch launch() {
    return new Launch(
        command(archive, "kafka.Kafka", configuration().toString()),
        JavaProgram.executable(),
        data,
        ChildEnvironment.basic());
  }

  private List<String> command(@Nullable Path shared, String... mainAndArguments) {
    return JavaProgram.command(
        java.util.stream.Stream.concat(
                settings.jvmOptions().stream(),
                java.util.stream.Stream.of(
                    "-Dorg.slf4j.simpleLogger.logFile=System.out",
                    "-Dorg.slf4j.simpleLogger.showDateTime=true",
                    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
                    "-Dorg.slf4j.simpleLogger.log.kafka=warn",
                    "-Dorg.slf4j.simpleLogger.log.org.apache.kafka=warn",
                    "-Dorg.slf4j.simpleLogger.log.kafka.server=info"))
            .toList(),
        shared,
        jars + "/*",
        List.of(mainAndArguments));
  }

  private Path configuration() {
    return data.resolve("server.properties");
  }

  @Override
  public String stopSignal() {
    return "TERM";
  }

  /** A broker listens before it is let into its cluster, so it is asked. */
  @Override
  public Optional<String> missing() {
    if (!Tcp.listens(settings.port())) {
      return Optional.of("nobody listens on port " + settings.port());
    }
    Map<String, Object> client =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            address(),
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
            REQUEST_TIMEOUT_MILLIS,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            2 * REQUEST_TIMEOUT_MILLIS);
    try (Admin admin = Admin.create(client)) {
      boolean none = admin.describeCluster().nodes().get().isEmpty();
      return none ? Optional.of("the cluster has no broker") : Optional.empty();
    } catch (ExecutionException e) {
      return Optional.of(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }
}
