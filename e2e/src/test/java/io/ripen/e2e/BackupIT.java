package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static io.ripen.e2e.Reminders.DAY;
import static io.ripen.e2e.Reminders.HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.app.local.LocalStack;
import io.ripen.app.local.LocalStackBuilder;
import io.ripen.app.local.Part;
import io.ripen.e2e.ScriptedSmtp.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ripen backup}: of a deployment under traffic, and back onto stores that are empty. The
 * last test ends what the others ran on.
 */
@OwnStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupIT {

  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final int FEW = 3;

  private final S3Store store = S3Store.start();
  private final Path folder = temporary();
  private Deployment ripen =
      Deployment.of(store.keeps(LocalStack.in(folder.resolve("first")).onFreePorts()).start())
          .begin();

  @AfterAll
  void end() {
    ripen.close();
    store.close();
  }

  @Test
  @Order(1)
  void a_process_that_does_not_come_to_rest_is_named_and_all_go_on() {
    Reminders reminders = new Reminders(ripen);
    List<Shopper> shoppers = reminders.abandonedCarts(1);
    Pause beforeTheAnswer = new Pause();
    ripen.smtp().playTo(shoppers, holding(beforeTheAnswer));
    ripen.advance(HOUR);
    beforeTheAnswer.awaitReached();

    Path to = folder.resolve("not-made");
    assertThat(backup(1, "create", "--to", to.toString(), "--within", "3s"))
        .contains("after PT3S these have not come to rest: ripen workers, process ")
        .doesNotContain("ripen engine");
    assertThat(to.resolve("manifest.json")).doesNotExist();

    beforeTheAnswer.end();
    ripen.smtp().playWell();
    reminders.awaitSettled(shoppers);
    reminders.assertOneEach(shoppers);
    reminders.buyAndEnd(shoppers);
  }

  @Test
  @Order(2)
  void a_backup_that_is_killed_leaves_no_manifest_and_all_go_on() {
    Reminders reminders = new Reminders(ripen);
    List<Shopper> shoppers = reminders.abandonedCarts(1);
    Pause inHand = new Pause();
    ripen.smtp().playTo(shoppers, holding(inHand));
    ripen.advance(HOUR);
    inHand.awaitReached();
    Path to = folder.resolve("killed");
    Child backup = start("create", "--to", to.toString());
    backup.awaitOrFail(
        "waits for the message", PATIENCE, () -> backup.output().contains("Waiting until all"));
    ripen.freeze(Part.KAFKA);
    try {
      ripen.smtp().playWell();
      inHand.end();
      backup.awaitOrFail(
          "has all stand still", PATIENCE, () -> backup.output().contains("All stand still"));
      backup.kill();
    } finally {
      ripen.resume(Part.KAFKA);
    }
    assertThat(to.resolve("manifest.json")).doesNotExist();
    assertThat(backup(1, "restore", "--from", to.toString())).contains("is no backup");

    // An engine has seen to it that Zeebe exports: otherwise nobody would know where this one is.
    reminders.awaitSettled(shoppers);
    reminders.buyAndEnd(shoppers);
    reminders.buyAndEnd(reminders.abandonedCarts(1));
  }

  private static ScriptedSmtp.Script holding(Pause pause) {
    return (stage, recipient) -> {
      if (stage == Stage.RECIPIENT) {
        pause.hold();
      }
      return ScriptedSmtp.OK;
    };
  }

  @Test
  @Order(3)
  void all_is_there_again_on_empty_stores_and_goes_on_where_it_was() throws IOException {
    Reminders before = new Reminders(ripen);
    List<Shopper> reminded = before.abandonedCarts(FEW);
    ripen.advance(HOUR);
    before.awaitSettled(reminded);
    before.assertOneEach(reminded);
    List<Shopper> waiting = before.abandonedCarts(FEW);
    takesSnapshot();
    String hot = becomesSql("Zsofia");
    ripen.putEvent("no event at all");
    soon("a dead letter").until(() -> ripen.recordsOn("ripen.events.dead").size() == 1);

    Path to = folder.resolve("backup");
    EventStream stream = new EventStream(ripen.http());
    soon("events").until(() -> stream.taken().size() > 20);
    System.out.println(backup(0, "create", "--to", to.toString()));
    int known = stream.taken().size();
    soon("more events").until(() -> stream.taken().size() > known + 20);
    stream.close();
    JsonNode manifest = JsonMapper.shared().readTree(Files.readString(to.resolve("manifest.json")));
    assertThat(records(manifest, "ripen.events")).as("events that nobody had read").isPositive();
    assertThat(records(manifest, "ripen.events.dead")).isEqualTo(1);
    long standing = ripen.database().waitingAt("gateway_whatComesFirst");
    String exported = ripen.database().exportStream();

    // All is lost but the folder, the store of Zeebe's backups, and what time it was.
    ripen.close();
    Path second = Files.createDirectories(folder.resolve("second"));
    Files.copy(folder.resolve("first/clock-offset"), second.resolve("clock-offset"));
    LocalStackBuilder fresh = store.keeps(LocalStack.in(second).onFreePorts()).later(Part.ZEEBE);
    LocalStack servers = fresh.start();
    ripen = Deployment.of(servers);
    long begun = System.nanoTime();
    String said = backup(0, "restore", "--from", to.toString());
    System.out.printf("restored in %d ms%n%s%n", (System.nanoTime() - begun) / 1_000_000, said);
    assertThat(said).contains("bin/restore --backupId=" + manifest.path("id").asLong());
    assertSameRows(manifest, to);
    assertThat(backup(1, "restore", "--from", to.toString())).contains("is not empty");
    assertThat(ripen.recordsOn("ripen.events.dead")).containsExactly("no event at all");

    servers.restoreZeebe(manifest.path("id").asLong());
    servers.start(Part.ZEEBE);
    ripen.begin();

    Instant at = Instant.parse(manifest.path("at").asString());
    List<String> accepted =
        stream.taken().stream()
            .filter(each -> each.at().isBefore(at))
            .map(EventStream.Taken::messageId)
            .toList();
    assertThat(accepted).hasSizeGreaterThan(20);
    soon("all events that were taken before")
        .until(() -> accepted.stream().allMatch(ripen.database()::hasEvent));
    assertThat(ripen.database().waitingAt("gateway_whatComesFirst")).isEqualTo(standing);
    assertThat(ripen.database().exportStream())
        .as("the stream that Zeebe goes on with")
        .isEqualTo(exported);
    completesTaskOf(hot);

    Reminders after = new Reminders(ripen);
    ripen.advance(HOUR);
    after.awaitSettled(waiting);
    after.assertOneEach(waiting);
    after.assertMails(reminded, 0);
    ripen.advance(DAY);
    soon("the last reminders")
        .until(
            () ->
                ripen.smtp().acceptedFor(reminded).size() == FEW
                    && ripen.smtp().acceptedFor(waiting).size() == 2 * FEW);
    after.assertOthersStillGetTheirs();
    after.assertMails(reminded, 1);
    after.assertMails(waiting, 2);
  }

  /** As Zeebe does by itself every some minutes: what it exports later begins there. */
  private void takesSnapshot() {
    Http zeebe = ripen.zeebeHttp();
    assertThat(zeebe.post("/actuator/partitions/takeSnapshot", "application/json", "").statusCode())
        .isEqualTo(200);
    soon("a snapshot")
        .until(
            () ->
                Http.json(zeebe.get("/actuator/partitions"))
                    .path("1")
                    .path("snapshotId")
                    .asString(""),
            id -> !id.isEmpty());
  }

  private String becomesSql(String firstName) {
    Shopper shopper = Shopper.named(firstName);
    assertThat(ripen.http().post(List.of(shopper.identifies())).statusCode()).isEqualTo(200);
    String lead = soon("the lead").until(() -> ripen.database().leadOf(shopper), id -> id != null);
    ripen.putEvent(
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "type",
                    "track",
                    "event",
                    "Stage Changed",
                    "messageId",
                    "sql-" + lead,
                    "leadId",
                    lead,
                    "properties",
                    Map.of("to", "SQL", "reason", "for the test"))));
    soon("a task for sales").until(() -> ripen.database().openTaskOf(lead) != null);
    return lead;
  }

  private void completesTaskOf(String lead) {
    long task = ripen.database().openTaskOf(lead);
    try (Zeebe zeebe = new Zeebe(ripen.servers())) {
      zeebe.complete(task, Map.of("outcome", "no-need", "acceptedBy", "anna"));
    }
    // Accepted, so there is another one: what came of it.
    soon("a task that is done")
        .until(() -> ripen.database().openTaskOf(lead), open -> !Objects.equals(open, task));
  }

  private static long records(JsonNode manifest, String topic) {
    for (JsonNode each : manifest.path("topics")) {
      if (each.path("name").asString().equals(topic)) {
        return each.path("records").asLong();
      }
    }
    throw new AssertionError(topic + " is not in " + manifest);
  }

  /** Every table has the very rows that were put away, and no table was forgotten. */
  private void assertSameRows(JsonNode manifest, Path backup) {
    Set<String> tables =
        manifest
            .path("tables")
            .valueStream()
            .map(each -> each.path("name").asString())
            .collect(Collectors.toSet());
    assertThat(ripen.database().tables())
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(tables.stream(), Stream.of("flyway_schema_history")).toList());
    for (JsonNode table : manifest.path("tables")) {
      List<String> columns = table.path("columns").valueStream().map(JsonNode::asString).toList();
      assertThat(ripen.database().copied(table.path("name").asString(), columns))
          .as(table.path("name").asString())
          .containsExactlyElementsOf(
              Zipped.sortedLines(backup.resolve(table.path("content").path("file").asString())));
    }
  }

  private String backup(int exitCode, String... arguments) {
    Child child = start(arguments);
    child.awaitEnd(PATIENCE);
    assertThat(child.exitCode()).as(child.output()).isEqualTo(exitCode);
    return child.output();
  }

  private Child start(String... arguments) {
    List<String> all = new ArrayList<>(List.of("backup"));
    all.addAll(List.of(arguments));
    ripen.servers().forEach((name, value) -> all.add("--%s=%s".formatted(name, value)));
    return Child.start("backup", Build.ripen(List.of("-Xmx256m"), all), Map.of());
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory(Build.target(), "backup-");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
