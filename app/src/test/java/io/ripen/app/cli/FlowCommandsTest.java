package io.ripen.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.ripen.app.Terminal;
import io.ripen.app.remote.EngineApi;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about versions and splits, with an engine that answers what the test says. */
class FlowCommandsTest {

  private static final String PREVIEW =
      """
      {"flow": "cart", "to": 3, "groups": [
        {"version": 1, "instances": 2, "places": {"\\"Day\\" (wait_day)": "wait_two_days"},
         "givenUp": ["wait_answer"], "refused": null},
        {"version": 2, "instances": 1, "places": {"wait_old": ""}, "refused": "it stands nowhere"}]}
      """;

  private static final String LATELY =
      """
      {"days": 7, "awaited": {"score.crossed": 7}, "signals": {"score.crossed": 14},
       "allowed": {"score.crossed": {"email.marketing": 10}}, "changes": {}, "events": {},
       "byFlows": {}, "broadcasts": {}, "entries": {},
       "touches": {"qualification": {"email.marketing": 7}}}
      """;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Deque<String> answers = new ArrayDeque<>();
  private final List<String> asked = new ArrayList<>();
  private int status = 200;
  private HttpServer engine;

  @BeforeEach
  void start() throws IOException {
    PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(stream);
    System.setErr(stream);
    engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.createContext("/", this::answer);
    engine.start();
  }

  @AfterEach
  void stop() {
    engine.stop(0);
    System.setOut(out);
    System.setErr(err);
  }

  @Test
  void versions_stand_in_columns_and_who_is_not_known_is_a_dash() {
    answers.add(
        """
        [{"name": "cart", "kind": "flow", "version": 12, "deployedAt": "2026-05-04T10:00:00Z",
          "deployedBy": null, "running": 1200},
         {"name": "score.dmn", "kind": "table", "version": 3, "deployedAt": "2026-05-04T10:00:00Z",
          "deployedBy": "Anna", "running": null}]
        """);
    assertThat(ripen("flow", "versions")).isZero();
    assertThat(printed().lines())
        .satisfiesExactly(
            head ->
                assertThat(head)
                    .isEqualTo("NAME       VERSION  DEPLOYED             BY    RUNNING"),
            cart ->
                assertThat(cart).matches("cart            12  2026-05-04 ..:..:..  -        1200"),
            score -> assertThat(score).matches("score.dmn        3  2026-05-04 ..:..:..  Anna"));
  }

  @Test
  void versions_as_json_are_what_the_engine_says() {
    answers.add("[{\"name\": \"cart\"}]");
    assertThat(ripen("flow", "versions", "cart", "--json")).isZero();
    assertThat(printed()).contains("\"name\" : \"cart\"");
    assertThat(asked).singleElement().asString().startsWith("/api/versions/cart");
  }

  @Test
  void splits_are_told_with_their_groups_and_what_can_be_said() {
    answers.add(
        """
        [{"step": "Split A and B", "test": "second subject", "goal": "ordered within 30 days",
          "finding": "Too early to tell.", "variants": [
           {"name": "A", "leads": 835, "reached": 67, "underWay": 35, "rate": 0.0802,
            "interval": {"low": 0.0637, "high": 0.1007}},
           {"name": "B", "leads": 0, "reached": 0, "underWay": 41, "rate": null,
            "interval": null}]}]
        """);
    assertThat(ripen("flow", "splits", "nurturing")).isZero();
    assertThat(asked).singleElement().asString().startsWith("/api/flows/nurturing/splits");
    assertThat(printed().lines())
        .containsExactly(
            "Split A and B (second subject), goal: ordered within 30 days",
            "GROUP  LEADS  REACHED   RATE           BETWEEN  STILL HAVE TIME",
            "A        835       67  8.0 %  6.4 % and 10.1 %               35",
            "B          0        0      -                 -               41",
            "Too early to tell.");
  }

  @Test
  void a_flow_without_splits_says_so() {
    answers.add("[]");
    assertThat(ripen("flow", "splits", "cart")).isZero();
    assertThat(printed()).contains("No lead has come to an A/B split of cart yet.");
  }

  @Test
  void a_flow_that_is_not_there_is_told_in_the_engines_words() {
    status = 404;
    answers.add("{\"detail\": \"there is no flow none\"}");
    assertThat(ripen("flow", "versions", "none")).isEqualTo(1);
    assertThat(printed()).contains("there is no flow none").doesNotContain("\tat ");
  }

  @Test
  void a_dry_run_shows_who_would_move_and_who_not_and_moves_nobody() {
    answers.add(PREVIEW);
    assertThat(ripen("flow", "migrate", "cart", "--dry-run", "--map", "wait_day=wait_two_days"))
        .isZero();
    assertThat(printed())
        .contains(
            "cart, version 1 → 3",
            "2 would move",
            "at \"Day\" (wait_day) → wait_two_days",
            "no longer waiting for wait_answer, which version 3 has not there",
            "1 cannot be moved",
            "because it stands nowhere",
            "2 of 3 can be moved to version 3");
    assertThat(asked)
        .singleElement()
        .asString()
        .startsWith("/api/flows/cart/migration/preview")
        .contains("\"wait_day\":\"wait_two_days\"");
  }

  @Test
  void a_form_for_sites_is_not_handed_to_the_engine() {
    assertThat(ripen("flow", "deploy", "../bpmn/forms/newsletter.form", "--bpmn", "../bpmn"))
        .isEqualTo(1);
    assertThat(printed())
        .contains("forms/newsletter.form", "it is read from the folder", "nothing was deployed");
    assertThat(asked).isEmpty();
  }

  @Test
  void what_may_be_in_service_the_engine_decides_and_its_warnings_are_printed(@TempDir Path folder)
      throws IOException {
    Path shipped = Path.of("../bpmn");
    try (Stream<Path> files = Files.walk(shipped)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = folder.resolve(shipped.relativize(file).toString());
        if (!copy.startsWith(folder.resolve("nurturing"))) {
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
    String flow = folder.resolve("qualification/qualification.bpmn").toString();
    assertThat(ripen("flow", "check", flow, "--bpmn", folder.toString(), "--no-estimate"))
        .isEqualTo(1);
    assertThat(printed()).contains("there is no flow nurturing");
    printed.reset();

    answers.add(LATELY);
    answers.add(
        """
        {"flows": [{"id": "qualification", "version": 2, "file": "qualification.bpmn"}],
         "tables": [], "warnings": ["it is another step now (id-changed)"]}
        """);
    assertThat(ripen("flow", "deploy", flow, "--bpmn", folder.toString())).isZero();

    assertThat(printed())
        .contains("it is another step now (id-changed)", "qualification, version 2")
        .doesNotContain("there is no flow");
    assertThat(printed().lines())
        .as("before it is deployed")
        .containsSubsequence(
            "If all goes on as in the last 7 days:",
            "  qualification: about 2 runs a day = 2 by score.crossed; not known: bant.answered,"
                + " lead.engaged, as no flow has waited for it yet",
            "    e-mail, marketing: at most 2.9 touches a day = 2 runs × 2 steps × 71 % who allow it;"
                + " 1 a day were sent lately",
            "deployed qualification, version 2");
  }

  @Test
  void a_deploy_goes_on_where_no_estimate_can_be_had() {
    answers.add("{\"days\": \"many\"}");
    answers.add("{\"flows\": [{\"id\": \"abandoned-cart\", \"version\": 2}], \"tables\": []}");
    String flow = "../bpmn/abandoned-cart/abandoned-cart.bpmn";
    assertThat(ripen("flow", "deploy", flow, "--bpmn", "../bpmn")).isZero();
    assertThat(printed())
        .contains("No estimate of runs and touches: the engine is of another version")
        .contains("abandoned-cart, version 2");
  }

  @Test
  void what_an_engine_leaves_out_is_not_there_and_keeps_nobody_from_a_deploy() {
    answers.add("{\"days\": 7, \"signals\": null}");
    answers.add("{\"flows\": [{\"id\": \"abandoned-cart\", \"version\": 2}], \"tables\": []}");
    String flow = "../bpmn/abandoned-cart/abandoned-cart.bpmn";
    assertThat(ripen("flow", "deploy", flow, "--bpmn", "../bpmn")).isZero();
    assertThat(printed()).contains("If all goes on as in the last 7 days", "version 2");
  }

  @Test
  void an_engine_that_takes_too_long_is_told_from_none() throws IOException {
    URI address;
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
      assertThatThrownBy(
              () -> new EngineApi(address, null).get("/api/lately", Duration.ofMillis(1100)))
          .hasMessageContaining(address + "/api/lately gave no answer within 1 seconds");
    }
    assertThatThrownBy(() -> new EngineApi(address, null).get("/api/lately"))
        .hasMessageContaining("no engine at " + address);
  }

  @Test
  void a_table_alone_has_no_estimate() {
    answers.add("{\"flows\": [], \"tables\": [{\"name\": \"score.dmn\", \"version\": 2}]}");
    assertThat(ripen("flow", "deploy", "../bpmn/score.dmn", "--bpmn", "../bpmn")).isZero();
    assertThat(asked).singleElement().asString().startsWith("/api/deployments");
    assertThat(printed()).doesNotContain("estimate", "If all goes on");
  }

  @Test
  void a_check_tells_what_flows_come_to_where_an_engine_knows() {
    answers.add(LATELY);
    String flow = "../bpmn/qualification/qualification.bpmn";
    assertThat(ripen("flow", "check", flow, "--bpmn", "../bpmn")).isZero();
    assertThat(printed())
        .contains("Nothing to complain about.", "qualification: about 2 runs a day");

    assertThat(ripen("flow", "check", flow, "--bpmn", "../bpmn", "--no-estimate")).isZero();
    assertThat(asked).hasSize(1);

    status = 500;
    answers.add("{\"detail\": \"the database is away\"}");
    assertThat(ripen("flow", "check", flow, "--bpmn", "../bpmn")).isZero();
    assertThat(printed()).contains("No estimate of runs and touches", "the database is away");

    answers.add("{\"detail\": \"the database is away\"}");
    assertThat(ripen("flow", "check", flow, "--bpmn", "../bpmn", "--estimate")).isEqualTo(1);
  }

  @Test
  void a_broadcast_that_is_done_says_when_it_ended_and_whom_it_reached() {
    answers.add(
        """
        {"id": 7, "flow": "nurturing", "segment": "guests", "state": "done", "leads": 50,
         "done": 50, "started": 48, "unknown": 2, "endedAt": "2026-05-04T10:00:00Z"}
        """);
    assertThat(ripen("flow", "start", "nurturing", "--segment", "guests")).isZero();
    assertThat(printed())
        .containsPattern("that ended on 2026-05-04 ..:.., with 48 runs. Nothing is done now")
        .contains("--again");
  }

  @Test
  void of_whom_nobody_can_tell_whether_the_flow_runs_is_said_at_the_end() {
    String end = "\"flow\": \"nurturing\", \"leads\": 50, \"done\": 50, \"started\": 48, ";
    answers.add("{\"id\": 7, \"state\": \"running\", " + end + "\"unknown\": 2}");
    answers.add("{\"id\": 7, \"state\": \"done\", " + end + "\"unknown\": 2}");
    assertThat(ripen("flow", "start", "nurturing", "--segment", "guests")).isZero();
    assertThat(printed()).contains("started nurturing runs for 48 of 50 leads, unknown: 2");
  }

  @Test
  void a_broadcast_is_stopped_by_its_flow_and_segment() {
    answers.add("{\"id\": 7, \"state\": \"stopped\", \"leads\": 50, \"started\": 3}");
    assertThat(ripen("flow", "start", "nurturing", "--segment", "guests", "--stop")).isZero();
    assertThat(printed()).contains("stopped nurturing runs for 3 of 50 leads");
    assertThat(asked)
        .singleElement()
        .isEqualTo("/api/broadcasts/stop {\"flow\":\"nurturing\",\"segment\":\"guests\"}");
  }

  @Test
  void a_dry_run_of_a_broadcast_says_what_would_be_done_and_how_long_that_takes() {
    answers.add(
        """
        {"does": "BEGINS", "leads": 1234, "perHour": 500, "seconds": 8884, "beingCounted": true,
         "last": null}
        """);
    assertThat(
            ripen(
                "flow", "start", "nurturing", "--segment", "new", "--dry-run", "--per-hour", "500"))
        .isZero();
    assertThat(printed())
        .contains(
            "would start nurturing for 1,234 leads, at 500 an hour: about 2 h 28 min",
            "Who is in new is still being counted");
    assertThat(asked.getFirst())
        .startsWith("/api/broadcasts/preview?flow=nurturing&segment=new&again=false&perHour=500");

    answers.add("{\"does\": \"GOES_ON\", \"leads\": 7, \"perHour\": null}");
    assertThat(ripen("flow", "start", "nurturing", "--segment", "new", "--dry-run")).isZero();
    assertThat(printed()).contains("would go on: nurturing for the 7 leads that are left");

    answers.add(
        """
        {"does": "NOTHING", "leads": 0, "last":
         {"state": "done", "started": 48, "endedAt": "2026-05-04T10:00:00Z"}}
        """);
    assertThat(ripen("flow", "start", "nurturing", "--segment", "new", "--dry-run")).isZero();
    assertThat(printed()).contains("with 48 runs. Nothing would be done; --again");
  }

  @Test
  void nobody_is_moved_without_a_yes() {
    answers.add(PREVIEW);
    assertThat(ripen("flow", "migrate", "cart")).isEqualTo(1);
    assertThat(printed()).contains("nothing was moved", "--yes");
  }

  @Test
  void batch_follows_batch_and_who_is_left_is_told() {
    answers.addAll(
        List.of(
            PREVIEW,
            "{\"version\": 1, \"after\": 7, \"more\": true, \"moved\": 1, \"gone\": 1, \"refused\": 0, \"left\": []}",
            "{\"version\": 2, \"after\": 9, \"more\": true, \"moved\": 0, \"gone\": 0, \"refused\": 1,"
                + " \"left\": [{\"instance\": 9, \"reason\": \"Zeebe refused: no\"}]}",
            "{\"version\": 2, \"after\": 9, \"more\": false, \"moved\": 0, \"gone\": 0, \"refused\": 0, \"left\": []}"));
    assertThat(ripen("flow", "migrate", "cart", "--yes", "--batch", "2")).isEqualTo(1);
    assertThat(printed())
        .contains(
            "9 stays: Zeebe refused: no",
            "moved 1 instances; 1 had ended meanwhile, 2 stay where they are");
    assertThat(asked.get(2)).contains("\"after\":7", "\"version\":1", "\"batch\":2");
  }

  private int ripen(String... arguments) {
    return Commands.run(
        Terminal.plain(System.out),
        Stream.concat(Stream.of(arguments), Stream.of("--url", url())).toArray(String[]::new));
  }

  private String url() {
    return "http://127.0.0.1:" + engine.getAddress().getPort();
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestURI()
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] body = answers.remove().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
