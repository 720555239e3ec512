package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.app.local.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** {@code ripen server local}, as a user starts it. */
final class LocalRipen implements Ripen {

  private static final String EVENTS = "ripen.events";
  private static final Path SHIPPED = Build.root().resolve("bpmn");
  private static final List<String> PORTS =
      List.of(
          "server.port",
          "ripen.local.zeebe.grpc-port",
          "ripen.local.zeebe.rest-port",
          "ripen.local.zeebe.actuator-port",
          "ripen.local.zeebe.command-port",
          "ripen.local.zeebe.internal-port",
          "ripen.local.kafka.port",
          "ripen.local.kafka.controller-port",
          "ripen.local.postgres.port",
          "ripen.local.smtp.port");

  private final Path data;
  private final Path flows;
  private final List<Integer> ports;
  private final Http http;
  private final Child launcher;
  private @Nullable Admin events;
  private final long began = System.nanoTime();
  private Duration startTook = Duration.ZERO;

  private LocalRipen(Path data, Path flows, List<Integer> ports, List<String> command) {
    this.data = data;
    this.flows = flows;
    this.ports = ports;
    this.http = new Http(ports.getFirst());
    this.launcher = Child.start("local", command, Map.of());
  }

  static LocalRipen in(Path data, List<Integer> ports) {
    return ready(new LocalRipen(data, SHIPPED, ports, command(data, ports)));
  }

  /** The same, started so that {@link Child#pressCtrlC} reaches it. */
  static LocalRipen onTerminal(Path data, List<Integer> ports) {
    return ready(new LocalRipen(data, SHIPPED, ports, Child.onTerminal(command(data, ports))));
  }

  /**
   * Starts one in a new data folder, with flows in which a test may write, and waits until it is
   * ready.
   */
  static LocalRipen startWith(String... options) {
    Path data = newDataFolder();
    Path flows = Build.flowsIn(newDataFolder());
    List<Integer> ports = freePorts();
    List<String> command = new ArrayList<>(command(data, ports));
    command.add("--ripen.bpmn=" + flows);
    command.addAll(List.of(options));
    return ready(new LocalRipen(data, flows, ports, command));
  }

  private static LocalRipen ready(LocalRipen ripen) {
    try {
      ripen.launcher.awaitOrFail("ready", Duration.ofSeconds(180), ripen::ready);
      ripen.launcher.awaitOrFail(
          "summary",
          Duration.ofSeconds(30),
          () -> ripen.launcher.output().contains("Ctrl-C stops everything"));
      ripen.startTook = Duration.ofNanos(System.nanoTime() - ripen.began);
      // Events are read once all flows are known.
      ripen.launcher.awaitOrFail(
          "flows",
          Duration.ofSeconds(90),
          () -> ripen.http.get("/flows/unfinished-registration").statusCode() == 200);
      return ripen;
    } catch (RuntimeException | Error e) {
      ripen.launcher.close();
      throw e;
    }
  }

  /** The command that starts it with these ports; one that should fail is run by the test. */
  static List<String> command(Path data, List<Integer> ports) {
    List<String> command = new ArrayList<>(command(ports));
    command.addAll(List.of("--data", data.toString()));
    return command;
  }

  /** The same without a data folder, which is to be told in another way. */
  static List<String> command(List<Integer> ports) {
    List<String> arguments = new ArrayList<>(List.of("server", "local"));
    for (int i = 0; i < ports.size(); i++) {
      arguments.add("--%s=%d".formatted(PORTS.get(i), ports.get(i)));
    }
    arguments.add("--ripen.push.services=" + PushServer.here().origin());
    arguments.addAll(Twilio.here().options());
    // Tests run at night, too.
    arguments.add("--ripen.gate.quiet-hours.channels=");
    arguments.add("--ripen.email.inbox.secret=" + Http.MAIL_SECRET);
    // They live for minutes, two cores are all that they have.
    for (String server : List.of("zeebe", "kafka")) {
      arguments.add(
          "--ripen.local.%s.jvm-options=-Xms64m,-Xmx512m,-XX:+UseSerialGC,-XX:TieredStopAtLevel=1"
              .formatted(server));
    }
    return Build.ripen(List.of("-Xmx512m"), arguments);
  }

  static List<Integer> freePorts() {
    return Ports.free(PORTS.size());
  }

  static Path newDataFolder() {
    try {
      return Files.createTempDirectory(Build.target(), "local-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean ready() {
    return http.get("/actuator/health/readiness").statusCode() == 200;
  }

  @Override
  public Http http() {
    return http;
  }

  Path data() {
    return data;
  }

  /** The folder with its flows, messages, forms and tables. */
  Path flows() {
    return flows;
  }

  List<Integer> ports() {
    return ports;
  }

  int zeebeGrpcPort() {
    return ports.get(1);
  }

  int zeebeRestPort() {
    return ports.get(2);
  }

  int kafkaPort() {
    return ports.get(6);
  }

  Child launcher() {
    return launcher;
  }

  /** From the start of the process to the summary that ends it. */
  Duration startTook() {
    return startTook;
  }

  /** Moves the time on, for Zeebe and for Ripen. */
  @Override
  public void advance(Duration step) {
    int status =
        http.post("/api/local/clock", "application/json", "{\"advance\":\"" + step + "\"}")
            .statusCode();
    if (status != 200) {
      throw new AssertionError("the clock answered " + status);
    }
  }

  /** Where Kafka listens. */
  String kafka() {
    return "127.0.0.1:" + port("ripen.local.kafka.port");
  }

  /** How many events wait on the topic for the engine. */
  long unreadEvents() {
    if (events == null) {
      events = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka()));
    }
    try {
      Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
      events
          .describeTopics(List.of(EVENTS))
          .allTopicNames()
          .get()
          .get(EVENTS)
          .partitions()
          .forEach(
              each -> ends.put(new TopicPartition(EVENTS, each.partition()), OffsetSpec.latest()));
      Map<TopicPartition, OffsetAndMetadata> read =
          events.listConsumerGroupOffsets("ripen-leads").partitionsToOffsetAndMetadata().get();
      long unread = 0;
      for (var end : events.listOffsets(ends).all().get().entrySet()) {
        OffsetAndMetadata until = read.get(end.getKey());
        unread += end.getValue().offset() - (until == null ? 0 : until.offset());
      }
      return unread;
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException("Kafka was not asked", e);
    }
  }

  /** Zeebe's port of this name. */
  int port(String property) {
    return ports.get(PORTS.indexOf(property));
  }

  /** Puts an event about a lead on the topic, as only Ripen itself and who may write there can. */
  void tell(String name, String leadId, Map<String, Object> properties) {
    Map<String, Object> event =
        Map.of(
            "type", "track",
            "event", name,
            "messageId", UUID.randomUUID().toString(),
            "leadId", leadId,
            "properties", properties);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(
          new ProducerRecord<>(EVENTS, leadId, JsonMapper.shared().writeValueAsString(event)));
    }
  }

  /** The process ids of the servers that it runs. */
  List<Long> serverPids() {
    return Arrays.stream(Part.values()).map(this::pid).toList();
  }

  long pid(Part part) {
    return firstNumber(data.resolve("run").resolve(part.id() + ".pid"));
  }

  private static long firstNumber(Path file) {
    try {
      return Long.parseLong(Files.readString(file).strip().split("\\s")[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As its tables say it. */
  @Override
  public Database database() {
    try {
      return new Database(
          "jdbc:postgresql://127.0.0.1:%d/ripen".formatted(ports.get(8)),
          "ripen",
          Files.readString(data.resolve("database-password")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the system asks for the end, which must leave nothing behind. */
  @Override
  public void close() {
    if (events != null) {
      events.close(Duration.ZERO);
    }
    List<Long> servers = launcher.alive() ? serverPids() : List.of();
    launcher.close();
    assertThat(servers).as("servers that outlive it").noneMatch(LocalRipen::runs);
  }

  static boolean runs(long pid) {
    return ProcessHandle.of(pid).isPresent();
  }
}
