package io.ripen.benchmarks;

import io.camunda.client.CamundaClient;
import io.ripen.app.Failure;
import io.ripen.app.local.LocalStack;
import io.ripen.app.local.Part;
import io.ripen.engine.flows.DeployResult;
import io.ripen.engine.flows.FlowCheck;
import io.ripen.engine.flows.FlowDeploy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Ripen as a company runs it, servers, engine and workers apart; the mail goes to a sink. No flow
 * is deployed until {@link #deployInstantFlow}.
 */
final class Deployment implements AutoCloseable {

  static final String WRITE_KEY = "benchmark";
  static final String FLOW = "abandoned-cart";

  private final Path bpmn;
  private final LocalStack servers;
  private final SmtpSink sink = new SmtpSink();
  private final Database database;
  private final CamundaClient zeebe;
  private final Path logs;
  private final List<String> jvmOptions;
  private final Map<String, String> properties;
  private Role engine;
  private final Deque<Role> workers = new ArrayDeque<>();
  private boolean flowDeployed;

  private Deployment(Path folder, List<String> jvmOptions, int partitions)
      throws IOException, SQLException, InterruptedException {
    Report.progress("starting PostgreSQL, Kafka, Zeebe, engine and workers");
    bpmn = folder.resolveSibling("bpmn");
    FileSystemUtils.copyRecursively(Build.root().resolve("bpmn"), bpmn);
    deleteFlows();
    servers =
        LocalStack.in(folder)
            .onFreePorts()
            .zeebe("ZEEBE_BROKER_CLUSTER_PARTITIONSCOUNT", Integer.toString(partitions))
            .start();
    database = new Database(servers.jdbcUrl(), servers.databaseUser(), servers.databasePassword());
    zeebe = DoNothing.client(servers.zeebeGrpc());
    this.logs = servers.logs();
    this.jvmOptions = jvmOptions;
    this.properties = properties();
    engine = Role.start("engine", logs, jvmOptions, properties);
    engine.awaitReady();
    startWorkers();
    awaitReady();
  }

  static Deployment start(Path folder, List<String> jvmOptions)
      throws IOException, SQLException, InterruptedException {
    return start(folder, jvmOptions, 1);
  }

  /** With so many of Zeebe's partitions. */
  static Deployment start(Path folder, List<String> jvmOptions, int partitions)
      throws IOException, SQLException, InterruptedException {
    return new Deployment(folder, jvmOptions, partitions);
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new HashMap<>(servers.springProperties());
    properties.put("ripen.bpmn", bpmn.toString());
    properties.put("ripen.public-url", "http://localhost:8090");
    properties.put("ripen.signing-key", servers.signingKey());
    properties.put("ripen.sites.shop.write-key", WRITE_KEY);
    properties.put("ripen.email.from", "shop@shop.example");
    // Leads get all their e-mails at once here.
    properties.put("ripen.gate.minimum-gap", "0s");
    properties.put("ripen.gate.caps.all.per-day", "0");
    properties.put("ripen.gate.caps.email.per-day", "0");
    properties.put("spring.mail.host", "127.0.0.1");
    properties.put("spring.mail.port", Integer.toString(sink.port()));
    // The benchmark of flows writes signals itself, past the doorbell; neither that wait nor what
    // looking for them costs is to be measured.
    properties.put("ripen.signals.poll", "100ms");
    return properties;
  }

  /** What engine and workers were started with. */
  Map<String, String> settings() {
    return Map.copyOf(properties);
  }

  /** Sets something for what is started from now on. */
  void set(String name, String value) {
    properties.put(name, value);
  }

  /** Where the logs of all are. */
  Path logs() {
    return logs;
  }

  /** The engine's process. */
  long engine() {
    return engine.pid();
  }

  long zeebeProcess() {
    return servers.pid(Part.ZEEBE);
  }

  URI zeebeActuator() {
    return servers.zeebeActuator();
  }

  Path zeebeData() {
    return servers.dataFolder().resolve("zeebe");
  }

  /** PostgreSQL's process. */
  long postgres() {
    return servers.pid(Part.POSTGRES);
  }

  Database database() {
    return database;
  }

  SmtpSink sink() {
    return sink;
  }

  CamundaClient zeebe() {
    return zeebe;
  }

  String kafka() {
    return servers.kafkaBootstrapServers();
  }

  /** One process more, which is ready some seconds later. */
  void startWorkers() throws IOException, InterruptedException {
    workers.addLast(Role.start("workers", logs, jvmOptions, properties));
  }

  /** Kills the workers that have run longest, and starts others; returns when these are ready. */
  void replaceWorkers() throws IOException, InterruptedException {
    killWorkers();
    awaitReady();
  }

  /** Kills those that have run longest once they are ready, and has others start. */
  void killWorkers() throws IOException, InterruptedException {
    Role longest = workers.removeFirst();
    longest.awaitReady();
    longest.kill();
    startWorkers();
  }

  /** Kills the engine once it is ready, and has another start. */
  void killEngine() throws IOException, InterruptedException {
    engine.awaitReady();
    engine.kill();
    engine = Role.start("engine", logs, jvmOptions, properties);
  }

  /** Kills the engine, and starts another with these options; returns when that is ready. */
  void replaceEngine(List<String> options) throws IOException, InterruptedException {
    engine.kill();
    engine = Role.start("engine", logs, options, properties);
    awaitReady();
  }

  void awaitReady() throws InterruptedException {
    engine.awaitReady();
    for (Role each : workers) {
      each.awaitReady();
    }
  }

  /** A connection for events; with as many side by side as are asked for. */
  Door door() {
    return new Door(engine.port());
  }

  int enginePort() {
    return engine.port();
  }

  /** Of several processes of workers, each by itself. */
  Programs programs() {
    Programs programs =
        new Programs()
            .withFamily("PostgreSQL", servers.pid(Part.POSTGRES))
            .with("Kafka", servers.pid(Part.KAFKA))
            .with("Zeebe", servers.pid(Part.ZEEBE))
            .with("engine", engine.pid())
            .with("workers", workers.getFirst().pid());
    workers.stream().skip(1).forEach(each -> programs.with("workers " + each.pid(), each.pid()));
    return programs.with("benchmark", ProcessHandle.current().pid());
  }

  /** The others would start with each visit, and what they do would be measured, too. */
  private void deleteFlows() throws IOException {
    try (Stream<Path> files = Files.walk(bpmn)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".bpmn")).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path flow() {
    return bpmn.resolve(FLOW).resolve(FLOW + ".bpmn");
  }

  /** Deploys the flow without waits as {@code ripen flow deploy} does; once. */
  void deployInstantFlow() throws IOException, SQLException, InterruptedException {
    if (flowDeployed) {
      return;
    }
    deploy(InstantFlow.read().xml(), 1);
    flowDeployed = true;
  }

  /** Deploys the flow as it is shipped, in the place of the one without waits. */
  void deployWaitingFlow() throws IOException, SQLException, InterruptedException {
    deploy(
        Files.readAllBytes(Build.root().resolve("bpmn").resolve(FLOW).resolve(FLOW + ".bpmn")), 2);
  }

  private void deploy(byte[] flow, int versions)
      throws IOException, SQLException, InterruptedException {
    Files.write(flow(), flow);
    var deploy =
        new FlowDeploy(
            zeebe, new FlowCheck(bpmn), (key, id, version, xml, at) -> {}, Clock.systemUTC());
    DeployResult result = deploy.deployAll();
    if (!(result instanceof DeployResult.Deployed)) {
      throw new Failure("the flow was not deployed: " + result);
    }
    database.await(
        "flows that the engine has heard of",
        "select count(*) from flow_version where process_id = '" + FLOW + "'",
        versions);
  }

  /** Ended in full or not at all: instances that came to this end, as the console counts them. */
  static String ended(String processId) {
    return """
    select coalesce(sum(c.completed), 0)
    from flow_element_count c join flow_version v using (process_key)
    where v.process_id = '%s' and c.element_id = 'endEvent_reminded'
    """
        .formatted(processId);
  }

  @Override
  public void close() throws IOException, SQLException {
    workers.forEach(Role::close);
    engine.close();
    zeebe.close();
    sink.close();
    database.close();
    servers.close();
  }
}
