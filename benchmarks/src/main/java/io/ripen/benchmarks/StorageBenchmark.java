package io.ripen.benchmarks;

import io.ripen.app.Failure;
import io.ripen.engine.events.EventTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a lead, an event, a signal, a touch and an instance that waits take on disk. */
final class StorageBenchmark {

  private static final Duration SNAPSHOT_WITHIN = Duration.ofMinutes(2);

  private static final String LEAD =
      "lead lead_identity page_visit cart customer_order score_entry segment_member segment_due"
          + " stage_change consent";
  private static final String EVENT = "event";
  private static final String SIGNAL = "signal";
  private static final String TOUCH = "touch gate_decision";
  private static final String INSTANCE = "flow_element_instance flow_instance_lead flow_entry";

  private final Deployment ripen;
  private final Sizes sizes;
  private final Database database;
  private final Reminding reminding;
  private final Table table =
      new Table("each", "how many", "bytes in PostgreSQL", "in Zeebe", "in Kafka");

  StorageBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.sizes = sizes;
    this.database = ripen.database();
    this.reminding = new Reminding(ripen, "storage", sizes.instances());
  }

  void run(Report report) throws Exception {
    Report.progress("storage: %,d events", sizes.events());
    visits();
    Report.progress("storage: %,d instances with two e-mails each", sizes.instances());
    reminding.leaveCartsBehind();
    touches();
    Report.progress("storage: %,d instances that wait", sizes.instances());
    double zeebe = waiting();
    report.heading("Storage");
    report.table(table);
    report.paragraph(
        """
        With indexes, after a vacuum. A lead has eight events here (five pages, a product, a cart, \
        an e-mail address), with all that is kept of it but its events; a touch comes with the \
        gate's decision about it; an instance waits for the hour of `%s`. Zeebe's is the growth \
        of its snapshot, Kafka's what `%s` has on disk; both keep more for a while: Zeebe its log \
        until it is exported and in a snapshot, Kafka its topics for seven days. Zeebe had %s MB in memory with them."""
            .formatted(Deployment.FLOW, EventTopics.EVENTS, Table.number(zeebe)));
  }

  private void visits() throws Exception {
    long lead = bytes(LEAD);
    long event = bytes(EVENT);
    long leads = database.number("select count(*) from lead");
    long events = database.number("select count(*) from event");
    try (Admin kafka =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, ripen.kafka()))) {
      long topic = kafkaBytes(kafka);
      new DoorToPostgres(ripen, kafka).run(Traffic.batches(0, sizes.events()));
      database.await(
          "segments that are up to date",
          "select case when exists (select 1 from segment_due) then 0 else 1 end",
          1);
      row("lead", database.number("select count(*) from lead") - leads, bytes(LEAD) - lead, "");
      long count = database.number("select count(*) from event") - events;
      row("event", count, bytes(EVENT) - event, each(kafkaBytes(kafka) - topic, count));
    }
  }

  private void touches() throws Exception {
    int count = sizes.instances();
    ripen.deployInstantFlow();
    long signal = bytes(SIGNAL);
    long signals = database.number("select count(*) from signal");
    long touch = bytes(TOUCH);
    reminding.round();
    row(
        "signal",
        database.number("select count(*) from signal") - signals,
        bytes(SIGNAL) - signal,
        "");
    row("touch", (long) Reminding.MAILS_PER_INSTANCE * count, bytes(TOUCH) - touch, "");
  }

  /** Tells Zeebe's memory in the end. */
  private double waiting() throws Exception {
    int count = sizes.instances();
    ripen.deployWaitingFlow();
    // Those that have ended left holes, which those that wait would fill.
    for (String each : INSTANCE.split(" ", 0)) {
      database.update("vacuum full " + each);
    }
    long before = bytes(INSTANCE);
    long snapshot = snapshotBytes();
    reminding.raise();
    database.await(
        "instances that wait",
        "select count(*) from flow_element_instance where element_id = 'gateway_whatComesFirst'",
        count);
    long growth = bytes(INSTANCE) - before;
    table.row(
        "instance that waits",
        Table.number((double) count),
        Table.number((double) growth / count),
        each(snapshotBytes() - snapshot, count),
        "");
    return new ProcessUsage(ripen.zeebeProcess(), false).megabytes();
  }

  private void row(String what, long count, long bytes, String kafka) {
    table.row(what, Table.number((double) count), Table.number((double) bytes / count), "", kafka);
  }

  private static String each(long bytes, long count) {
    return Table.number((double) bytes / count);
  }

  private long bytes(String tables) throws SQLException {
    for (String each : tables.split(" ", 0)) {
      database.update("vacuum analyze " + each);
    }
    return database.number(
        Stream.of(tables.split(" ", 0))
            .map(each -> "pg_total_relation_size('%s')".formatted(each))
            .collect(Collectors.joining(" + ", "select ", "")));
  }

  private static long kafkaBytes(Admin kafka) throws Exception {
    List<Integer> brokers =
        kafka.describeCluster().nodes().get().stream().map(node -> node.id()).toList();
    return kafka.describeLogDirs(brokers).allDescriptions().get().values().stream()
        .flatMap(folders -> folders.values().stream())
        .flatMap(folder -> folder.replicaInfos().entrySet().stream())
        .filter(replica -> replica.getKey().topic().equals(EventTopics.EVENTS))
        .mapToLong(replica -> replica.getValue().size())
        .sum();
  }

  /** Of a snapshot that is taken now. */
  private long snapshotBytes() throws Exception {
    String before = snapshotId();
    zeebe("POST", "/actuator/partitions/takeSnapshot");
    long deadline = System.nanoTime() + SNAPSHOT_WITHIN.toNanos();
    String id = snapshotId();
    while (id.isEmpty() || id.equals(before)) {
      if (System.nanoTime() > deadline) {
        throw new Failure("Zeebe took no snapshot within " + SNAPSHOT_WITHIN);
      }
      Thread.sleep(200);
      id = snapshotId();
    }
    try (Stream<Path> files = Files.walk(ripen.zeebeData())) {
      long size = 0;
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        size += file.toString().contains("/" + id + "/") ? Files.size(file) : 0;
      }
      return size;
    }
  }

  private String snapshotId() throws IOException, InterruptedException {
    JsonNode partitions = JsonMapper.shared().readTree(zeebe("GET", "/actuator/partitions"));
    return partitions.path("1").path("snapshotId").asString("");
  }

  private String zeebe(String method, String path) throws IOException, InterruptedException {
    URI address = ripen.zeebeActuator().resolve(path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(address)
                  .method(method, HttpRequest.BodyPublishers.noBody())
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }
}
