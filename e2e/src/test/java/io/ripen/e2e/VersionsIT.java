package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * {@code ripen flow deploy}, {@code versions} and {@code migrate}, against a server of their own:
 * other tests want the flows as they are shipped. Each version is the next one's former.
 */
@OwnStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VersionsIT {

  private static final String FLOW = "abandoned-cart";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final LocalRipen ripen = LocalRipen.startWith();
  private final Instances instances = new Instances(ripen);

  private Path folder = Build.target();

  @BeforeAll
  void copyFlows(@TempDir Path copies) {
    folder = Build.flowsIn(copies);
  }

  @AfterAll
  void stop() {
    instances.close();
    ripen.close();
  }

  @Test
  @Order(1)
  void those_who_wait_move_in_batches_keep_their_time_and_end_on_the_new_version()
      throws IOException {
    List<Lead> leads = List.of(aLead(), aLead(), aLead());
    List<Instances.Instance> runs = new ArrayList<>();
    for (Lead lead : leads) {
      runs.add(leavesCart(lead).awaitAt("gateway_whatComesFirst"));
    }
    ripen.advance(Duration.ofMinutes(40));
    change("P1D", "PT2H");
    assertThat(
            ripen(
                0,
                "flow",
                "deploy",
                flow().toString(),
                "--bpmn",
                folder.toString(),
                "--by",
                "Anna"))
        .contains("deployed abandoned-cart, version 2");
    awaitRunning(0, 3);
    assertThat(ripen(0, "flow", "versions", FLOW))
        .containsPattern("(?m)^ *2  \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d  Anna +0$")
        .containsPattern("(?m)^ *1  .*  the engine at its start +3$");

    assertThat(ripen(0, "flow", "migrate", FLOW, "--dry-run"))
        .contains("3 would move", "gateway_whatComesFirst", "3 of 3 can be moved to version 2");
    assertThat(ripen(1, "flow", "migrate", FLOW)).contains("nothing was moved");
    assertThat(ripen(0, "flow", "migrate", FLOW, "--yes", "--batch", "2"))
        .contains("moved 3 instances; 0 had ended meanwhile, 0 stay");
    awaitRunning(3, 0);
    assertThat(ripen(0, "flow", "migrate", FLOW, "--yes")).contains("No instance");

    // What is left of the hour that began in version 1.
    ripen.advance(Duration.ofMinutes(20).plusSeconds(5));
    leads.forEach(lead -> lead.awaits(1, "email"));
    leads
        .getFirst()
        .does("Order Completed", Map.of("order_id", "o1", "total", 79, "currency", "EUR"));
    runs.getFirst().awaitEnd("endEvent_bought");
    runs.get(1).awaitAt("gateway_whatComesNext");
    // A day in version 1, and two hours in version 2.
    ripen.advance(Duration.ofHours(2).plusSeconds(5));
    runs.get(1).awaitPast("waitEvent_dayLater");
    runs.get(2).awaitPast("waitEvent_dayLater");
  }

  @Test
  @Order(2)
  void nobody_gets_a_touch_again_by_a_move() throws IOException {
    Lead lead = aLead();
    Instances.Instance run = leavesCart(lead).awaitAt("gateway_whatComesFirst");
    ripen.advance(Duration.ofHours(1).plusSeconds(5));
    lead.awaits(1, "email");
    run.awaitAt("gateway_whatComesNext");
    long running = running(2);
    change("value=\"last-offer\"", "value=\"reminder\"");
    ripen(0, "flow", "deploy", flow().toString(), "--bpmn", folder.toString(), "--by", "Bela");
    soon("version 3").until(() -> versions().get(0).path("version").asInt() == 3);

    assertThat(ripen(0, "flow", "migrate", FLOW, "--dry-run"))
        .contains(
            "cannot be moved",
            "it would repeat a touch: from \"What comes next?\" (gateway_whatComesNext) it could come"
                + " to \"Send last offer\" (serviceTask_sendLastOffer) in version 3, and message"
                + " reminder was sent by email already at \"Send reminder\""
                + " (serviceTask_sendReminder)");
    assertThat(ripen(1, "flow", "migrate", FLOW, "--yes")).doesNotContain("Zeebe refused");
    assertThat(running(2)).isEqualTo(running);
    assertThat(lead.messages("email")).hasSize(1);
  }

  @Test
  @Order(3)
  void a_deployed_score_table_holds_at_once_and_a_broken_one_never() throws IOException {
    Path score = folder.resolve("score.dmn");
    String shipped = Files.readString(score);
    Lead before = Lead.speaking("en", FLOW, ripen).identifies().visits("/pricing").settles();
    assertThat(score(before)).isEqualTo(20);

    Files.writeString(score, shipped.replace("<text>20</text>", "<text>twenty</text>"));
    assertThat(ripen(1, "flow", "deploy", score.toString(), "--bpmn", folder.toString()))
        .contains("score.dmn: rule", "nothing was deployed");
    Files.writeString(score, shipped.replace("<text>20</text>", "<text>33</text>"));
    assertThat(
            ripen(
                0, "flow", "deploy", score.toString(), "--bpmn", folder.toString(), "--by", "Ödön"))
        .contains("deployed score.dmn, version 2");

    soon("the points of version 2")
        .until(
            () ->
                score(Lead.speaking("en", FLOW, ripen).identifies().visits("/pricing").settles())
                    == 33);
    assertThat(score(before)).isEqualTo(20);
    assertThat(ripen(0, "flow", "versions", "score.dmn"))
        .containsPattern("(?m)^ *2  .*  Ödön$")
        .containsPattern("(?m)^ *1  .*  the engine at its start$");
    assertThat(ripen(0, "flow", "versions"))
        .containsPattern("(?m)^abandoned-cart +3  .*  Bela +\\d+$")
        .containsPattern("(?m)^score.dmn +2  .*  Ödön$")
        .containsPattern("(?m)^signals.dmn +1  .*  the engine at its start$");
  }

  @Test
  @Order(4)
  void routes_are_deployed_as_all_tables_are_and_zeebes_tables_are_listed_too() throws IOException {
    Path routing = folder.resolve("sales-handoff").resolve("routing.dmn");
    String shipped = Files.readString(routing);

    Files.writeString(routing, shipped.replace("PT4H", "four hours"));
    assertThat(ripen(1, "flow", "deploy", routing.toString(), "--bpmn", folder.toString()))
        .contains("routing.dmn: rule 2", "nothing was deployed");
    Files.writeString(routing, shipped.replace("PT4H", "PT3H"));
    assertThat(
            ripen(
                0,
                "flow",
                "deploy",
                routing.toString(),
                "--bpmn",
                folder.toString(),
                "--by",
                "Cili"))
        .contains("deployed routing.dmn, version 2");

    assertThat(ripen(0, "flow", "versions", "routing.dmn"))
        .containsPattern("(?m)^ *2  .*  Cili$")
        .containsPattern("(?m)^ *1  .*  the engine at its start$");
    assertThat(ripen(0, "flow", "versions"))
        .containsPattern("(?m)^routing.dmn +2  .*  Cili$")
        .containsPattern("(?m)^qualification.dmn +1  .*  the engine at its start$");
  }

  @Test
  @Order(5)
  void who_waits_for_a_signal_that_has_changed_waits_for_the_new_one() throws IOException {
    Lead lead = aLead();
    Instances.Instance run = leavesCart(lead).awaitAt("gateway_whatComesFirst");
    soon("a run on version 3").until(() -> running(3) == 1);
    change(
        """
        name="cart.emptied" zeebe:modelerTemplate="io.ripen.cart-emptied.exit">
            <bpmn:extensionElements>
              <zeebe:subscription correlationKey="=cartId" />
        """,
        """
        name="registration.completed" zeebe:modelerTemplate="io.ripen.cart-emptied.exit">
            <bpmn:extensionElements>
              <zeebe:subscription correlationKey="=leadId" />
        """);
    assertThat(ripen(0, "flow", "deploy", flow().toString(), "--bpmn", folder.toString()))
        .contains(
            "startEvent on message cart.emptied by cartId",
            "startEvent on message registration.completed by leadId",
            "deployed abandoned-cart, version 4");

    assertThat(ripen(0, "flow", "migrate", FLOW, "--from", "3", "--dry-run"))
        .contains("no longer waiting for \"Cart emptied\" (startEvent_cartEmptied)");
    assertThat(ripen(0, "flow", "migrate", FLOW, "--from", "3", "--yes"))
        .contains("moved 1 instances");
    lead.does("Signed Up", Map.of());
    run.awaitEnd("endEvent_cartEmptied");
  }

  private Lead aLead() {
    return Lead.speaking("en", FLOW, ripen).whoMayBeWrittenTo().settles();
  }

  private Instances.Instance leavesCart(Lead lead) {
    return instances.begunBy(
        FLOW,
        () -> {
          Map<String, Object> added = new HashMap<>(Product.KETTLE.properties(1));
          added.put("cart_id", UUID.randomUUID().toString());
          lead.does("Product Added", added);
        });
  }

  private Path flow() {
    return folder.resolve(FLOW).resolve(FLOW + ".bpmn");
  }

  private void change(String old, String now) throws IOException {
    String xml = Files.readString(flow());
    assertThat(xml).contains(old);
    Files.writeString(flow(), xml.replace(old, now));
  }

  private JsonNode versions() {
    return Http.json(ripen.http().get("/api/versions/" + FLOW));
  }

  private long running(int version) {
    for (JsonNode each : versions()) {
      if (each.path("version").asInt() == version) {
        return each.path("running").asLong();
      }
    }
    throw new AssertionError("there is no version " + version);
  }

  private void awaitRunning(long onVersion2, long onVersion1) {
    soon("%d on version 2 and %d on version 1".formatted(onVersion2, onVersion1))
        .until(() -> running(2) == onVersion2 && running(1) == onVersion1);
  }

  private int score(Lead lead) {
    return Http.json(ripen.http().get("/api/leads/" + lead.id())).path("score").asInt();
  }

  private String ripen(int exitCode, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--url");
    all.add(ripen.http().uri("/").toString());
    Child child = Child.start("flow", Build.ripen(List.of("-Xmx128m"), all), Map.of());
    child.awaitEnd(PATIENCE);
    assertThat(child.exitCode()).as(child.output()).isEqualTo(exitCode);
    return child.output();
  }
}
