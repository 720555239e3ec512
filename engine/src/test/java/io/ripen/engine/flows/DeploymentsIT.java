package io.ripen.engine.flows;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.flows.DeployResult.DeployedFlow;
import io.ripen.engine.rules.RuleVersion;
import io.ripen.engine.rules.RulesFixture;
import io.ripen.engine.scoring.ScoringFixture;
import io.ripen.engine.scoring.ScoringTables;
import io.ripen.engine.signals.SignalsFixture;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DeploymentsIT {

  private static final Path BPMN = Path.of("../bpmn");
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final KnownFlows flows = new KnownFlows(new FlowsJdbc(jdbc), System::nanoTime);
  private final RulesFixture rules =
      new RulesFixture(database, BPMN, CLOCK, ScoringTables.FILE, SignalsFixture.FILE);
  private final List<Set<String>> askedOfZeebe = new ArrayList<>();

  /** Zeebe, which gives a new version to what has changed. */
  private final Map<String, String> inService = new HashMap<>();

  private boolean isEmptied;

  private final Map<String, Integer> versions = new HashMap<>();

  @Test
  void flows_go_to_zeebe_and_rules_to_the_engine_each_with_who_and_when() throws IOException {
    DeployResult result =
        deployments(
                new DeployResult.Deployed(
                    List.of(new DeployedFlow("qualification", 4, 17, "qualification.bpmn")),
                    List.of()))
            .deploy(
                Map.of(
                    "qualification.bpmn", read("qualification/qualification.bpmn"),
                    "qualification.dmn", read("qualification/qualification.dmn"),
                    "score.dmn", changedScore()),
                "anna");

    assertThat(askedOfZeebe).containsExactly(Set.of("qualification.bpmn", "qualification.dmn"));
    assertThat(result)
        .isInstanceOfSatisfying(
            DeployResult.Deployed.class,
            deployed ->
                assertThat(deployed.tables())
                    .containsExactlyInAnyOrder(
                        new RuleVersion("score.dmn", 1, NOW, "anna"),
                        new RuleVersion("qualification.dmn", 1, NOW, "anna")));
    assertThat(
            jdbc.queryForList(
                "select process_id || ' ' || version || ' ' || deployed_by from flow_version",
                String.class))
        .containsExactly("qualification 4 anna");
  }

  @Test
  void a_refusal_of_zeebe_keeps_the_rules_off_too() throws IOException {
    for (DeployResult no :
        List.of(new DeployResult.Rejected("no"), new DeployResult.Unavailable("away"))) {
      assertThat(
              deployments(no)
                  .deploy(
                      Map.of(
                          "qualification.bpmn", read("qualification/qualification.bpmn"),
                          "score.dmn", changedScore()),
                      "anna"))
          .isEqualTo(no);
    }
    assertThat(rules.history().newest()).isEmpty();
  }

  @Test
  void broken_rules_keep_the_flows_off_too_and_each_problem_is_told() throws IOException {
    DeployResult result =
        deployments(new DeployResult.Deployed(List.of(), List.of()))
            .deploy(
                Map.of(
                    "qualification.bpmn", read("qualification/qualification.bpmn"),
                    "score.dmn", "<nothing/>".getBytes(UTF_8)),
                "anna");

    assertThat(result)
        .isInstanceOfSatisfying(
            DeployResult.Refused.class, refused -> assertThat(refused.findings()).isNotEmpty());
    assertThat(askedOfZeebe).isEmpty();
    assertThat(rules.history().newest()).isEmpty();
  }

  @Test
  void what_the_check_of_the_command_refuses_the_engine_refuses_too() throws IOException {
    String flow = new String(read("abandoned-cart/abandoned-cart.bpmn"), UTF_8);
    byte[] silent = flow.replace("value=\"reminder\"", "value=\"nothing\"").getBytes(UTF_8);
    Map<String, byte[]> wrong =
        Map.of(
            "abandoned-cart.bpmn", silent,
            "other.bpmn", flow.getBytes(UTF_8),
            "score.dmn", changedScore());

    assertThat(refused(wrong))
        .anyMatch(
            it ->
                it.startsWith("abandoned-cart/abandoned-cart.bpmn: ")
                    && it.contains("message nothing"))
        .anyMatch(it -> it.startsWith("other/other.bpmn: ") && it.contains("(process-id)"));
    assertThat(askedOfZeebe).isEmpty();
    assertThat(rules.history().newest()).isEmpty();
  }

  @Test
  void what_is_read_from_the_folder_is_nothing_to_deploy() throws IOException {
    assertThat(refused(Map.of("newsletter.form", read("forms/newsletter.form"))))
        .containsExactly(
            "forms/newsletter.form: error: it is read from the folder, and cannot be deployed →"
                + " save it there: it holds from then on (deploy)");
    assertThat(askedOfZeebe).isEmpty();
  }

  @Test
  void a_flow_may_wait_for_a_signal_that_was_deployed_and_is_not_in_the_folder()
      throws IOException {
    String signals = new String(read("signals.dmn"), UTF_8);
    String flow = new String(read("browsed-product/browsed-product.bpmn"), UTF_8);
    byte[] waits = flow.replace("product.browsed", "product.praised").getBytes(UTF_8);
    byte[] raises = signals.replace("\"product.browsed\"", "\"product.praised\"").getBytes(UTF_8);
    DeployResult done = new DeployResult.Deployed(List.of(), List.of());

    assertThat(refused(Map.of("browsed-product.bpmn", waits)))
        .anyMatch(it -> it.contains("product.praised"));
    rules.keep().keep(Map.of("signals.dmn", raises), "anna");
    assertThat(deployments(done).deploy(Map.of("browsed-product.bpmn", waits), "anna"))
        .isInstanceOf(DeployResult.Deployed.class);
  }

  @Test
  void a_flow_may_ask_for_flows_and_tables_that_were_deployed_from_elsewhere() throws IOException {
    String flow = new String(read("qualification/qualification.bpmn"), UTF_8);
    String table = new String(read("qualification/qualification.dmn"), UTF_8);
    Map<String, byte[]> asks =
        Map.of(
            "qualification.bpmn",
            flow.replace("key=\"flow\" value=\"nurturing\"", "key=\"flow\" value=\"welcome-back\"")
                .replace("decisionId=\"qualification\"", "decisionId=\"fitness\"")
                .getBytes(UTF_8));

    assertThat(refused(asks))
        .as("of a table that Zeebe may have from elsewhere it only warns")
        .singleElement()
        .asString()
        .contains("there is no flow welcome-back");

    flows.register(5, "welcome-back", 1, "<bpmn/>", NOW);
    rules
        .keep()
        .keep(
            Map.of(
                "fitness.dmn",
                table
                    .replace("decision id=\"qualification\"", "decision id=\"fitness\"")
                    .getBytes(UTF_8)),
            "bela");
    assertThat(deployments(new DeployResult.Deployed(List.of(), List.of())).deploy(asks, "anna"))
        .isInstanceOf(DeployResult.Deployed.class);
  }

  @Test
  void who_deploys_is_told_of_an_id_that_is_another_step_in_the_version_in_service()
      throws IOException {
    String flow = new String(read("abandoned-cart/abandoned-cart.bpmn"), UTF_8);
    flows.register(
        5,
        "abandoned-cart",
        1,
        flow.replace("key=\"message\" value=\"reminder\"", "key=\"message\" value=\"first\""),
        NOW);

    DeployResult result =
        deployments(new DeployResult.Deployed(List.of(), List.of()))
            .deploy(Map.of("abandoned-cart.bpmn", flow.getBytes(UTF_8)), "anna");

    assertThat(result)
        .isInstanceOfSatisfying(
            DeployResult.Deployed.class,
            deployed ->
                assertThat(deployed.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("abandoned-cart/abandoned-cart.bpmn: serviceTask_sendReminder: ")
                    .contains("sends first by email", "sends reminder by email")
                    .endsWith("(id-changed)"));
  }

  @Test
  void a_start_supersedes_what_was_deployed_only_by_a_file_that_has_changed(@TempDir Path bpmn)
      throws IOException {
    Shipped.flows(bpmn);
    Path file = bpmn.resolve("abandoned-cart/abandoned-cart.bpmn");
    Path form = bpmn.resolve("sales-handoff/sales-outcome.form");
    String shipped = Files.readString(file);
    start(bpmn);
    assertThat(inService).containsEntry("abandoned-cart.bpmn", shipped);

    String annas = shipped.replace("name=\"Abandoned cart\"", "name=\"As Anna has it\"");
    deployed("abandoned-cart.bpmn", annas, "anna");
    deployed("sales-outcome.form", Files.readString(form) + "\n", "anna");

    start(bpmn);
    assertThat(inService)
        .as("the folder is as it was")
        .containsEntry("abandoned-cart.bpmn", annas)
        .containsEntry("sales-outcome.form", Files.readString(form) + "\n");

    versions.clear();
    inService.clear();
    isEmptied = true;
    start(bpmn);
    assertThat(inService)
        .as("a Zeebe that has lost its data gets all, and what was in service")
        .containsEntry("abandoned-cart.bpmn", annas)
        .containsEntry("sales-outcome.form", Files.readString(form) + "\n")
        .containsKeys("sales-handoff.bpmn", "sales-take-lead.form");

    String saved = shipped.replace("name=\"Abandoned cart\"", "name=\"As it is saved\"");
    Files.writeString(file, saved);
    start(bpmn);
    assertThat(inService).containsEntry("abandoned-cart.bpmn", saved);
  }

  private DeployResult zeebe(Map<String, byte[]> files) {
    if (isEmptied) {
      // As the export stream has it, as soon as it tells of the first flow.
      isEmptied = false;
      flows.forgetBefore(CLOCK.instant().plusSeconds(1));
    }
    List<DeployedFlow> there = new ArrayList<>();
    files.forEach(
        (name, content) -> {
          String text = new String(content, UTF_8);
          if (!text.equals(inService.put(name, text))) {
            versions.merge(name, 1, Integer::sum);
          }
          if (name.endsWith(".bpmn")) {
            int version = versions.getOrDefault(name, 0);
            String id = name.replace(".bpmn", "");
            there.add(new DeployedFlow(id, version, id.hashCode() * 10L + version, name));
          }
        });
    return new DeployResult.Deployed(there, List.of());
  }

  private void start(Path bpmn) {
    FlowDeploy deploy = atStart(bpmn);
    Map<Path, List<Path>> folders =
        deploy.flowFiles().stream()
            .collect(
                Collectors.groupingBy(
                    Path::getParent,
                    () -> new TreeMap<>(Comparator.reverseOrder()),
                    Collectors.toList()));
    folders
        .values()
        .forEach(
            files -> assertThat(deploy.deploy(files)).isInstanceOf(DeployResult.Deployed.class));
  }

  private FlowDeploy atStart(Path bpmn) {
    FlowCheck check = check(bpmn);
    return new FlowDeploy(
        this::zeebe,
        check,
        new SinceLastStart(
            check,
            rules.lastStart(),
            new DeployedBefore(new FlowsJdbc(jdbc), rules.keep()),
            rules.keep()),
        flows,
        rules.keep()::keep,
        CLOCK);
  }

  private void deployed(String name, String content, String by) {
    FlowDeploy deploy = atStart(BPMN);
    Map<String, byte[]> files = Map.of(name, content.getBytes(UTF_8));
    DeployResult result = deploy.hand(files);
    deploy.note(files, (DeployResult.Deployed) result, List.of(), by);
  }

  @Test
  void rules_alone_need_no_zeebe() throws IOException {
    DeployResult result =
        deployments(new DeployResult.Unavailable("away"))
            .deploy(Map.of("score.dmn", changedScore()), "anna");

    assertThat(result).isInstanceOf(DeployResult.Deployed.class);
    assertThat(rules.history().newest()).hasSize(1);
  }

  @Test
  void who_deploys_what_was_there_before_is_not_said_to_have_done_it() {
    flows.register(1, "a", 1, "", NOW.minusSeconds(3600));
    flows.credit(1, "anna", NOW);
    flows.register(2, "b", 1, "", NOW.minusSeconds(1));
    flows.credit(2, "bela", NOW);
    flows.credit(2, "carla", NOW);

    assertThat(
            jdbc.queryForList(
                "select coalesce(deployed_by, 'nobody') from flow_version order by process_key",
                String.class))
        .containsExactly("nobody", "bela");
  }

  private List<String> refused(Map<String, byte[]> files) {
    DeployResult result =
        deployments(new DeployResult.Deployed(List.of(), List.of())).deploy(files, "anna");
    assertThat(result).isInstanceOf(DeployResult.Refused.class);
    return ((DeployResult.Refused) result).findings().stream().map(Finding::toString).toList();
  }

  private Deployments deployments(DeployResult answer) {
    FlowDeploy deploy =
        new FlowDeploy(
            files -> {
              askedOfZeebe.add(files.keySet());
              return answer;
            },
            check(BPMN),
            FolderAtStart.AS_IT_IS,
            flows,
            rules.keep()::keep,
            CLOCK);
    return new Deployments(
        rules.keep(), deploy, new TransactionTemplate(new JdbcTransactionManager(database)));
  }

  private FlowCheck check(Path bpmn) {
    return new FlowCheck(
        bpmn, table -> List.of(), new DeployedBefore(new FlowsJdbc(jdbc), rules.keep()));
  }

  private static byte[] changedScore() throws IOException {
    return (Files.readString(ScoringFixture.FILE) + "\n").getBytes(UTF_8);
  }

  private static byte[] read(String file) throws IOException {
    return Files.readAllBytes(BPMN.resolve(file));
  }
}
