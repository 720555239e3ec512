package io.ripen.e2e;

import io.ripen.app.local.LocalStack;
import io.ripen.app.local.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The product as a company runs it: servers, engine and workers apart, each a process that a test
 * may kill, freeze and start again; the mail goes to a server that a test scripts.
 */
final class Deployment implements AutoCloseable {

  /** Zeebe's clock is moved here and the workers' own is not, so days pass in seconds for them. */
  private static final List<String> ANY_TIME =
      List.of(
          "minimum-gap=0s", "caps.all.per-day=0", "caps.email.per-day=0", "quiet-hours.channels=");

  static final String SIGNING_KEY = "a-secret-of-the-tests-0123456789ab";

  private final LocalStack servers;
  private final ScriptedSmtp smtp = new ScriptedSmtp();
  private final int port = Ports.free();
  private final int noMailbox = Ports.free();
  private final Http http = new Http(port);
  private final Database database;
  private Child engine;
  private final List<Child> workers = new ArrayList<>();
  private int workersPort;

  /** Whether the workers have the usual options. */
  private boolean unchanged = true;

  private Deployment(LocalStack servers) {
    this.servers = servers;
    database = new Database(servers.jdbcUrl(), servers.databaseUser(), servers.databasePassword());
  }

  static Deployment start() {
    try {
      return of(LocalStack.in(Files.createTempDirectory(Build.target(), "deployment-"))
              .onFreePorts()
              .shortLived()
              .start())
          .begin();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On these servers, which end with it; neither engine nor workers run yet. */
  static Deployment of(LocalStack servers) {
    return new Deployment(servers);
  }

  /** Starts an engine and workers. */
  Deployment begin() {
    try {
      engine = engine();
      startWorkers(1);
      return this;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  Http http() {
    return http;
  }

  int port() {
    return port;
  }

  ScriptedSmtp smtp() {
    return smtp;
  }

  Database database() {
    return database;
  }

  /** Zeebe's time; that of the processes goes on as usual. */
  void advance(Duration step) {
    try {
      servers.advance(step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As if so much time had gone by for Zeebe and for the claims in the ledger. */
  void letTimePass(Duration step) {
    database.ageClaims(step);
    advance(step);
  }

  /** How many jobs Zeebe has taken back because nobody finished them in time. */
  long timedOutJobs() {
    return zeebeHttp()
        .get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith("zeebe_job_events_total") && line.contains("timed out"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** Where the servers are. */
  Map<String, String> servers() {
    return servers.springProperties();
  }

  /** Puts a record on the topic of events, as another system of the company may. */
  void putEvent(String value) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", servers.kafkaBootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>("ripen.events", value));
    }
  }

  /** What all records of a topic say. */
  List<String> recordsOn(String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                "bootstrap.servers", servers.kafkaBootstrapServers(), "enable.auto.commit", false),
            new StringDeserializer(),
            new StringDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<String> values = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
      }
      return values;
    }
  }

  /** The workers that were started last. */
  Http workersHttp() {
    return new Http(workersPort);
  }

  Http zeebeHttp() {
    return new Http(servers.zeebeActuator().getPort());
  }

  void kill(Part part) {
    servers.kill(part);
  }

  void start(Part part) {
    servers.start(part);
  }

  void freeze(Part part) {
    Child.signal(servers.pid(part), "STOP");
  }

  void resume(Part part) {
    Child.signal(servers.pid(part), "CONT");
  }

  void killEngine() {
    engine.kill();
  }

  void startEngine() {
    engine = engine();
  }

  /** Starts it with these options of the JVM and these variables beside its own. */
  void startEngine(List<String> jvmOptions, Map<String, String> environment) {
    engine = engine(jvmOptions, environment);
  }

  void startWorkers(int count, String... options) {
    unchanged = options.length == 0 && unchanged;
    for (int i = 0; i < count; i++) {
      workersPort = Ports.free();
      workers.add(role("workers", workersPort, List.of(options)));
    }
  }

  void killWorkers() {
    workers.forEach(Child::kill);
    workers.clear();
    unchanged = true;
  }

  /** SIGTERM; they are not waited for. */
  void tellWorkersToEnd() {
    workers.forEach(worker -> Child.signal(worker.pid(), "TERM"));
  }

  /** After they were told to. */
  void awaitWorkersEnd() {
    workers.forEach(worker -> worker.awaitEnd(Duration.ofSeconds(90)));
    workers.clear();
    unchanged = true;
  }

  void freezeWorkers() {
    workers.forEach(Child::freeze);
  }

  void resumeWorkers() {
    workers.forEach(Child::resume);
  }

  /** Ends what a test has left, and begins anew with one worker of the usual kind. */
  void renewWorkers() {
    if (workers.size() != 1 || !unchanged) {
      killWorkers();
      startWorkers(1);
    }
    resumeWorkers();
  }

  private Child engine() {
    return engine(List.of(), Map.of());
  }

  private Child engine(List<String> jvmOptions, Map<String, String> environment) {
    return role(
        "engine",
        port,
        List.of(
            "--ripen.sites.shop.write-key=" + Http.WRITE_KEY,
            // A mailbox that is away, which is told.
            "--ripen.email.inbox.host=127.0.0.1",
            "--ripen.email.inbox.port=" + noMailbox,
            "--ripen.tracking.leave-out-bots=false",
            "--ripen.on-site.beat=2s"),
        jvmOptions,
        environment);
  }

  private Child role(String role, int httpPort, List<String> options) {
    return role(role, httpPort, options, List.of(), Map.of());
  }

  /** The first server of all ends at once and well, by which all later ones start faster. */
  private Child role(
      String role,
      int httpPort,
      List<String> options,
      List<String> jvmOptions,
      Map<String, String> environment) {
    if (!Files.exists(Build.classesOfServers())) {
      start(role, httpPort, options, jvmOptions, environment).close();
    }
    return start(role, httpPort, options, jvmOptions, environment);
  }

  private Child start(
      String role,
      int httpPort,
      List<String> options,
      List<String> jvmOptions,
      Map<String, String> environment) {
    List<String> arguments = new ArrayList<>(List.of("server", role));
    servers
        .springProperties()
        .forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
    ANY_TIME.forEach(setting -> arguments.add("--ripen.gate." + setting));
    Map.of(
            "server.port",
            Integer.toString(httpPort),
            "ripen.public-url",
            "http://localhost:" + port,
            "ripen.signing-key",
            SIGNING_KEY,
            "ripen.bpmn",
            Build.root().resolve("bpmn").toString(),
            "ripen.email.from",
            "shop@example.com",
            "spring.mail.host",
            "127.0.0.1",
            "spring.mail.port",
            Integer.toString(smtp.port()))
        .forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));
    arguments.addAll(options);
    List<String> jvm = new ArrayList<>(List.of("-Xmx320m"));
    jvm.addAll(jvmOptions);
    Child child = Child.start(role, Build.ripen(jvm, arguments), environment);
    Http health = new Http(httpPort);
    child.awaitOrFail(
        "ready",
        Duration.ofSeconds(90),
        () -> health.get("/actuator/health/readiness").statusCode() == 200);
    return child;
  }

  @Override
  public void close() {
    workers.forEach(Child::kill);
    if (engine != null) {
      engine.close();
    }
    smtp.close();
    servers.close();
  }
}
