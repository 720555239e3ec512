package io.ripen.app.local;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.channels.webpush.PushKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Real PostgreSQL, Kafka and Zeebe as child processes, with their data in one folder.
 *
 * <p>Tests and benchmarks start one by {@link #in}, on free ports, and may kill and start each part
 * while others go on. Safe for use by many threads. What it has started ends with it, also when
 * this JVM is killed.
 */
public final class LocalStack implements AutoCloseable {

  private final DataFolder data;
  private final Secrets secrets;
  private final LocalClock clock;
  private final Map<Part, Server> servers;
  private final Children children;

  private LocalStack(
      DataFolder data,
      Secrets secrets,
      LocalClock clock,
      Map<Part, Server> servers,
      Children children) {
    this.data = data;
    this.secrets = secrets;
    this.clock = clock;
    this.servers = servers;
    this.children = children;
  }

  /** A stack to be, that keeps its data in this folder. */
  public static LocalStackBuilder in(Path dataFolder) {
    return new LocalStackBuilder(dataFolder);
  }

  /** Takes the folder, and gets ready what is to be run in it; nothing is started yet. */
  static LocalStack prepare(LocalStackBuilder options) {
    Terminal terminal = options.terminal;
    DataFolder data = DataFolder.open(options.dataFolder);
    try {
      Leftovers.end(data, terminal);
      // Before anything is fetched, which may take minutes.
      Port.requireFree(options.ports());
      Secrets secrets = Secrets.of(data.root());
      LocalClock clock = LocalClock.kept(data.root().resolve("clock-offset"));
      Map<Part, Server> servers = Servers.of(options, data, secrets, clock);
      return new LocalStack(
          data,
          secrets,
          clock,
          servers,
          new Children(data, terminal, options.settings.readyWithin()));
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /**
   * Starts these parts side by side, those of them that run here, and returns when all are ready.
   */
  void start(Set<Part> parts) {
    children.start(servers.values().stream().filter(each -> parts.contains(each.part())).toList());
  }

  /** Starts a part that was stopped or killed, on the same port with the same data. */
  public void start(Part part) {
    children.start(List.of(server(part)));
  }

  /**
   * Has Zeebe, which has never run here, begin with a backup that its settings lead to.
   *
   * @param backup the id by which Zeebe knows it
   */
  public void restoreZeebe(long backup) throws IOException {
    zeebe().restore(backup, data.log(Part.ZEEBE));
  }

  /** Ends a part the clean way. */
  public void stop(Part part) {
    children.stop(server(part));
  }

  /** SIGKILL, to the part and to what it has started itself. */
  public void kill(Part part) {
    children.kill(server(part));
  }

  /** Whether it runs here, and not at an address that was given. */
  public boolean runs(Part part) {
    return servers.containsKey(part);
  }

  /** The process id of a part that runs. */
  public long pid(Part part) {
    return children.pid(server(part));
  }

  /** Tells of a part that ends though nobody has asked it to. */
  void onDeath(Consumer<Failure> listener) {
    children.onDeath(listener);
  }

  /** The properties that make Ripen use what runs here. */
  public Map<String, String> springProperties() {
    Map<String, String> properties = new LinkedHashMap<>();
    if (runs(Part.POSTGRES)) {
      properties.put("spring.datasource.url", jdbcUrl());
      properties.put("spring.datasource.username", databaseUser());
      properties.put("spring.datasource.password", databasePassword());
    }
    if (runs(Part.KAFKA)) {
      properties.put("spring.kafka.bootstrap-servers", kafkaBootstrapServers());
    }
    if (runs(Part.ZEEBE)) {
      properties.put("camunda.client.grpc-address", zeebeGrpc().toString());
      properties.put("camunda.client.rest-address", zeebeRest().toString());
      properties.put("ripen.zeebe.management-address", zeebeActuator().toString());
    }
    return properties;
  }

  public String jdbcUrl() {
    return ((PostgresServer) server(Part.POSTGRES)).url();
  }

  public String databaseUser() {
    return PostgresServer.USER;
  }

  public String databasePassword() {
    return secrets.databasePassword();
  }

  public String kafkaBootstrapServers() {
    return ((KafkaServer) server(Part.KAFKA)).address();
  }

  public URI zeebeGrpc() {
    return zeebe().grpc();
  }

  public URI zeebeRest() {
    return zeebe().rest();
  }

  public URI zeebeActuator() {
    return zeebe().actuator();
  }

  private ZeebeServer zeebe() {
    return (ZeebeServer) server(Part.ZEEBE);
  }

  /** The secret that signs links; made by the first start in this folder. */
  public String signingKey() {
    return secrets.signingKey();
  }

  /** What notifications to browsers are signed with; made by the first start in this folder. */
  public PushKeys pushKeys() {
    return secrets.pushKeys();
  }

  public Path dataFolder() {
    return data.root();
  }

  /** The logs of the parts, {@code <part>.log} each. */
  public Path logs() {
    return data.logs();
  }

  /** The time that the stack lives in; Zeebe's clock and this one are moved together. */
  public LocalClock clock() {
    return clock;
  }

  /**
   * Moves the time on, for good: it stays so when the stack is started again in this folder.
   *
   * @throws IllegalArgumentException when the step is not positive, or longer than ten years
   * @throws IOException when Zeebe did not take it; the message says whether ours has moved
   */
  public void advance(Duration step) throws IOException {
    zeebe().time().advance(step);
  }

  private Server server(Part part) {
    @Nullable Server server = servers.get(part);
    if (server == null) {
      throw new IllegalStateException(
          "%s is not run here: %s was given".formatted(part.title(), part.addressProperty()));
    }
    return server;
  }

  /** Ends all parts the clean way: Zeebe, Kafka, PostgreSQL. */
  @Override
  public void close() {
    children.close();
    data.close();
  }
}
