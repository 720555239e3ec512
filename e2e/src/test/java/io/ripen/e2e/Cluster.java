package io.ripen.e2e;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.response.BrokerInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.containers.Network;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.MountableFile;

/**
 * The product as a company runs it that has outgrown one machine: two engines, two workers, three
 * Zeebe brokers that replicate, Kafka and PostgreSQL, each in a container of its own. The waits of
 * the flow for abandoned carts last seconds; the mail goes to a server of the test's.
 */
final class Cluster implements AutoCloseable {

  private static final int BROKERS = 3;
  private static final int PARTITIONS = 2;

  /** All live for minutes, and each is started again. */
  private static final String QUICK_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  private static final String PASSWORD = "a-password-of-the-tests";
  private static final String THIS_MACHINE = "host.docker.internal";

  private final Properties images = Build.compose();
  private final Network network = Network.newNetwork();
  private final ScriptedSmtp smtp = ScriptedSmtp.onAllAddresses();
  private final Path flows = flowsWithShortWaits();
  private final Box postgres = new Box(image("POSTGRES"), network, "postgres");
  private final Box kafka = new Box(image("KAFKA"), network, "kafka");
  private final List<Box> brokers = boxes("ZEEBE", "zeebe", BROKERS);
  private final List<Box> engines = boxes("RIPEN", "engine", 2);
  private final List<Box> workers = boxes("RIPEN", "worker", 2);
  private final Map<String, Http> doors = new ConcurrentHashMap<>();
  private final List<CamundaClient> gateways = new ArrayList<>();
  private final Database database;

  private Cluster(String whenUncertain) {
    database = preparePostgres();
    prepareKafka();
    IntStream.range(0, BROKERS).forEach(this::prepareBroker);
    engines.forEach(this::prepareEngine);
    workers.forEach(worker -> prepareWorker(worker, whenUncertain));
  }

  /**
   * @param whenUncertain what becomes of an e-mail whose worker died with it in its hands
   */
  static Cluster start(String whenUncertain) {
    Cluster cluster = new Cluster(whenUncertain);
    try {
      // Those that keep something first; the others would only be told to come back later.
      cluster.start(Stream.of(List.of(cluster.postgres, cluster.kafka), cluster.brokers));
      cluster.start(Stream.of(cluster.engines, cluster.workers));
      Patience.soon("the flow for abandoned carts")
          .until(
              () -> cluster.door(0).orElseThrow().get("/flows/abandoned-cart").statusCode() == 200);
      return cluster;
    } catch (RuntimeException | Error e) {
      try {
        cluster.close();
      } catch (RuntimeException | Error second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void start(Stream<List<Box>> boxes) {
    List<Box> all = boxes.flatMap(List::stream).toList();
    Startables.deepStart(all).join();
    all.forEach(Box::awaitReady);
  }

  ScriptedSmtp smtp() {
    return smtp;
  }

  Database database() {
    return database;
  }

  Box postgres() {
    return postgres;
  }

  Box kafka() {
    return kafka;
  }

  List<Box> brokers() {
    return brokers;
  }

  List<Box> engines() {
    return engines;
  }

  List<Box> workers() {
    return workers;
  }

  /** Where one of the engines takes events; nowhere while it does not run. */
  Optional<Http> door(int engine) {
    return engines
        .get(engine % engines.size())
        .address()
        .map(
            address ->
                doors.computeIfAbsent(
                    address, a -> new Http(URI.create("http://%s:8090".formatted(a)), PASSWORD)));
  }

  /** The broker that leads this partition, asked of one that is there. */
  Box leaderOf(int partition) {
    return Patience.soon("a leader of partition " + partition)
        .until(() -> leaderNow(partition), leader -> leader != null);
  }

  /** The brokers that keep a copy of this partition and do not lead it. */
  List<Box> followersOf(int partition) {
    Box leader = leaderOf(partition);
    return brokers.stream().filter(broker -> !broker.equals(leader)).toList();
  }

  private Box leaderNow(int partition) {
    for (CamundaClient gateway : gateways) {
      try {
        return gateway
            .newTopologyRequest()
            .requestTimeout(Duration.ofSeconds(3))
            .send()
            .join()
            .getBrokers()
            .stream()
            .filter(broker -> leads(broker, partition))
            .findFirst()
            .map(broker -> brokers.get(broker.getNodeId()))
            .orElse(null);
      } catch (RuntimeException gone) {
        // Another one knows it, too.
      }
    }
    return null;
  }

  private static boolean leads(BrokerInfo broker, int partition) {
    return broker.getPartitions().stream()
        .anyMatch(p -> p.getPartitionId() == partition && p.isLeader());
  }

  private Database preparePostgres() {
    postgres
        .withEnv("POSTGRES_USER", "ripen")
        .withEnv("POSTGRES_DB", "ripen")
        .withEnv("POSTGRES_PASSWORD_FILE", "/run/secrets/database-password")
        .withCopyToContainer(Transferable.of(PASSWORD, 0444), "/run/secrets/database-password");
    Database reached =
        new Database(
            "jdbc:postgresql://127.0.0.1:%d/ripen".formatted(postgres.publish(5432)),
            "ripen",
            PASSWORD);
    postgres.readyWhen(reached::answers);
    return reached;
  }

  private void prepareKafka() {
    Map<String, String> settings = new LinkedHashMap<>();
    int port = kafka.publish(9094);
    settings.put("CLUSTER_ID", "5L6g3nShT-eMCtK--X86sw");
    settings.put("KAFKA_NODE_ID", "1");
    settings.put("KAFKA_PROCESS_ROLES", "broker,controller");
    settings.put("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093,TESTS://:9094");
    settings.put(
        "KAFKA_ADVERTISED_LISTENERS",
        "PLAINTEXT://kafka:9092,TESTS://127.0.0.1:%d".formatted(port));
    settings.put("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER");
    settings.put(
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,TESTS:PLAINTEXT");
    settings.put("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@kafka:9093");
    settings.put("KAFKA_LOG_DIRS", "/var/lib/kafka/data");
    settings.put("KAFKA_NUM_PARTITIONS", "4");
    settings.put("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1");
    settings.put("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4");
    settings.put("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
    settings.put("KAFKA_BROKER_SESSION_TIMEOUT_MS", "18000");
    settings.put("KAFKA_HEAP_OPTS", "-Xmx320m " + QUICK_START);
    kafka.withEnv(settings).readyWhen(() -> hasBroker("127.0.0.1:" + port));
  }

  private static boolean hasBroker(String address) throws Exception {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                address,
                "default.api.timeout.ms",
                3000,
                "request.timeout.ms",
                2000))) {
      return !admin.describeCluster().nodes().get().isEmpty();
    }
  }

  private void prepareBroker(int id) {
    Box broker = brokers.get(id);
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("JAVA_TOOL_OPTIONS", "-Xmx400m " + QUICK_START);
    settings.put("ZEEBE_BROKER_CLUSTER_NODEID", Integer.toString(id));
    settings.put("ZEEBE_BROKER_CLUSTER_CLUSTERSIZE", Integer.toString(BROKERS));
    settings.put("ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT", Integer.toString(PARTITIONS));
    settings.put("ZEEBE_BROKER_CLUSTER_REPLICATIONFACTOR", Integer.toString(BROKERS));
    settings.put(
        "ZEEBE_BROKER_CLUSTER_INITIALCONTACTPOINTS", "zeebe-0:26502,zeebe-1:26502,zeebe-2:26502");
    settings.put("ZEEBE_BROKER_NETWORK_ADVERTISEDHOST", "zeebe-" + id);
    settings.put("ZEEBE_BROKER_THREADS_CPUTHREADCOUNT", "1");
    settings.put("ZEEBE_BROKER_THREADS_IOTHREADCOUNT", "1");
    settings.put("ZEEBE_BROKER_DATA_LOGSEGMENTSIZE", "16MB");
    settings.put("ZEEBE_BROKER_DATA_DISK_FREESPACE_PROCESSING", "300MB");
    settings.put("ZEEBE_BROKER_DATA_DISK_FREESPACE_REPLICATION", "200MB");
    settings.put("ZEEBE_BROKER_EXPERIMENTAL_ROCKSDB_MEMORYLIMIT", "32MB");
    settings.put("ZEEBE_BROKER_EXPORTERS_RIPEN_CLASSNAME", "io.ripen.exporter.KafkaExporter");
    settings.put("ZEEBE_BROKER_EXPORTERS_RIPEN_JARPATH", "/exporter/exporter.jar");
    settings.put("ZEEBE_BROKER_EXPORTERS_RIPEN_ARGS_TOPIC", "ripen.zeebe");
    settings.put("ZEEBE_BROKER_EXPORTERS_RIPEN_ARGS_BOOTSTRAPSERVERS", "kafka:9092");
    Path exporter =
        Build.root().resolve("app/target/classes/io/ripen/app/local/zeebe-exporter.jar");
    broker
        .withEnv(settings)
        .withCopyFileToContainer(
            MountableFile.forHostPath(exporter, 0444), "/exporter/exporter.jar")
        .readyAt(broker.publish(9600), "/actuator/health/readiness");
    gateways.add(
        CamundaClient.newClientBuilder()
            .grpcAddress(URI.create("http://127.0.0.1:" + broker.publish(26500)))
            .restAddress(URI.create("http://127.0.0.1:" + broker.publish(8080)))
            .preferRestOverGrpc(false)
            .build());
  }

  private void prepareEngine(Box engine) {
    prepareRole(engine)
        .withCommand(
            "server",
            "engine",
            "--ripen.sites.shop.write-key=" + Http.WRITE_KEY,
            "--ripen.tracking.leave-out-bots=false");
    readyAtHealth(engine);
  }

  /** A dead one's job and claim come back within seconds here, not minutes. */
  private void prepareWorker(Box worker, String whenUncertain) {
    prepareRole(worker)
        .withExtraHost(THIS_MACHINE, "host-gateway")
        .withCommand(
            "server",
            "workers",
            "--spring.mail.host=" + THIS_MACHINE,
            "--spring.mail.port=" + smtp.port(),
            "--ripen.email.answer-timeout=5s",
            "--ripen.email.lease=15s",
            "--ripen.touches.when-uncertain.email=" + whenUncertain,
            "--camunda.client.worker.override.send-email.timeout=20s",
            "--camunda.client.worker.override.send-best.timeout=20s");
    readyAtHealth(worker);
  }

  private static void readyAtHealth(Box role) {
    role.readyAt(role.publish(8090), "/actuator/health/readiness");
  }

  private Box prepareRole(Box role) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("JAVA_TOOL_OPTIONS", "-Xmx320m " + QUICK_START);
    settings.put("SPRING_DATASOURCE_URL", "jdbc:postgresql://postgres:5432/ripen");
    settings.put("SPRING_DATASOURCE_USERNAME", "ripen");
    settings.put("SPRING_DATASOURCE_PASSWORD", PASSWORD);
    settings.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092");
    // All brokers have this name: a client goes on with one that is there.
    settings.put("CAMUNDA_CLIENT_GRPC_ADDRESS", "http://zeebe:26500");
    settings.put("CAMUNDA_CLIENT_REST_ADDRESS", "http://zeebe:8080");
    settings.put("RIPEN_PUBLIC_URL", "http://shop.example.com");
    settings.put("RIPEN_SIGNING_KEY", "a-secret-of-the-tests-0123456789ab");
    settings.put("RIPEN_CONSOLE_PASSWORD", PASSWORD);
    settings.put("RIPEN_EMAIL_FROM", "shop@example.com");
    settings.put("RIPEN_GATE_CAPS_ALL_PERDAY", "0");
    settings.put("RIPEN_GATE_CAPS_EMAIL_PERDAY", "0");
    return role.withEnv(settings)
        .withCopyFileToContainer(MountableFile.forHostPath(flows), "/opt/ripen/bpmn");
  }

  private List<Box> boxes(String image, String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Box(image(image), network, name + "-" + i, name))
        .toList();
  }

  private String image(String what) {
    return images.getProperty(what + "_IMAGE");
  }

  private static Path flowsWithShortWaits() {
    try {
      Path copy = Files.createTempDirectory(Build.target(), "cluster-").resolve("bpmn");
      Path source = Build.root().resolve("bpmn");
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(source.relativize(file)));
        }
      }
      Path flow = copy.resolve("abandoned-cart/abandoned-cart.bpmn");
      Files.writeString(
          flow,
          Files.readString(flow)
              .replaceAll(">(PT1H|P1D)</bpmn:timeDuration>", ">PT2S</bpmn:timeDuration>"));
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<Runnable> steps = new ArrayList<>();
    gateways.forEach(gateway -> steps.add(gateway::close));
    Stream.of(workers, engines, brokers, List.of(kafka, postgres))
        .flatMap(List::stream)
        .forEach(box -> steps.add(box::stop));
    steps.add(network::close);
    steps.add(smtp::close);
    AssertionError failure = new AssertionError("not all of the cluster could be ended");
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException | Error e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
