package io.ripen.engine.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.camunda.client.CamundaClient;
import io.camunda.client.CamundaClientBuilder;
import io.camunda.client.CredentialsProvider;
import io.camunda.client.api.command.ProblemException;
import io.ripen.engine.monitoring.MonitoringProperties.SearchSettings;
import io.ripen.engine.monitoring.MonitoringProperties.Source;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The read model, made from what Camunda's search API tells. */
class SearchReaderIT {

  private static final long FLOW = 2251799813685001L;
  private static final long NEXT = 2251799813685002L;
  private static final long PARTITION_2 = 4503599627370500L;
  private static final Instant START = Instant.parse("2026-05-04T10:00:00Z");
  private static final String ANNA = "0190a1b2-0000-7000-8000-000000000001";

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(database));
  private final FlowStatistics statistics = new FlowStatisticsJdbc(jdbc);
  private final FakeCamunda camunda = new FakeCamunda();
  private final CamundaClient client = client().build();
  private Instant now = START;
  private SearchReader reader = reader(20, 20);

  @AfterEach
  void stop() {
    client.close();
    camunda.close();
  }

  @Test
  void an_instance_appears_moves_on_and_ends() {
    camunda.flow(FLOW, "cart", 1, "<bpmn/>");
    camunda.instance(10, FLOW, "cart", START);
    camunda.element(11, 10, FLOW, "wait", START);
    reader.round();
    assertThat(statistics.elements(FLOW))
        .containsExactly(
            new FlowStatistics.Element("cart", 1, 0, 0, 0),
            new FlowStatistics.Element("wait", 1, 0, 0, 0));

    camunda.ends("element-instances", 11, "COMPLETED", at(5));
    camunda.element(12, 10, FLOW, "send", at(5));
    reader.round();
    assertThat(places()).containsExactly("10 cart", "12 send");
    assertThat(statistics.elements(FLOW))
        .containsExactly(
            new FlowStatistics.Element("cart", 1, 0, 0, 0),
            new FlowStatistics.Element("send", 1, 0, 0, 0),
            new FlowStatistics.Element("wait", 0, 1, 0, 0));

    camunda.ends("element-instances", 12, "TERMINATED", at(9));
    camunda.ends("process-instances", 10, "TERMINATED", at(9));
    reader.round();
    reader.round();
    assertThat(places()).isEmpty();
    assertThat(statistics.elements(FLOW))
        .containsExactly(
            new FlowStatistics.Element("cart", 0, 0, 1, 0),
            new FlowStatistics.Element("send", 0, 0, 1, 0),
            new FlowStatistics.Element("wait", 0, 1, 0, 0));
    assertThat(statistics.versions())
        .singleElement()
        .satisfies(version -> assertThat(version.terminated()).isEqualTo(1));
  }

  @Test
  void what_was_over_before_anybody_looked_counts_once_however_often_it_is_read() {
    camunda.instance(10, FLOW, "cart", START).put("state", "COMPLETED");
    camunda.ends("process-instances", 10, "COMPLETED", at(1));
    camunda.element(11, 10, FLOW, "send", START);
    camunda.ends("element-instances", 11, "COMPLETED", at(1));
    for (int round = 0; round < 4; round++) {
      reader.round();
    }

    assertThat(statistics.elements(FLOW))
        .containsExactly(
            new FlowStatistics.Element("cart", 0, 1, 0, 0),
            new FlowStatistics.Element("send", 0, 1, 0, 0));
  }

  @Test
  void whoever_starts_anew_goes_on_in_the_middle_of_the_pages() {
    for (int each = 0; each < 25; each++) {
      camunda.element(100 + each, 10, FLOW, "wait", at(each / 3));
      camunda.element(200 + each, 10, FLOW, "send", START);
      camunda.ends("element-instances", 200 + each, "COMPLETED", at(each / 3));
    }
    // Two pages of four in each round; then the process dies, and another one begins.
    for (int life = 1; life <= 4; life++) {
      reader = reader(4, 2);
      reader.round();
      assertThat(count("wait", "activated")).isEqualTo(Math.min(25, life * 8));
      assertThat(count("send", "completed")).isEqualTo(Math.min(25, life * 8));
    }
    assertThat(places()).hasSize(25);
    reader.round();
    assertThat(count("send", "completed")).isEqualTo(25);
  }

  @Test
  void a_page_that_cannot_be_stored_comes_again() {
    camunda.element(11, 10, FLOW, "wait", START);
    camunda.element(12, 10, FLOW, "send", START);
    camunda.ends("element-instances", 12, "COMPLETED", at(1));
    jdbc.execute("alter table search_counted add constraint broken check (key <> 12)");
    assertThatExceptionOfType(RuntimeException.class).isThrownBy(reader::round);
    assertThat(places()).containsExactly("11 wait");
    assertThat(count("send", "completed")).isZero();

    jdbc.execute("alter table search_counted drop constraint broken");
    reader.round();
    assertThat(count("send", "completed")).isEqualTo(1);
  }

  @Test
  void what_comes_late_within_the_overlap_is_there_and_counts_once() {
    camunda.element(11, 10, FLOW, "wait", at(60));
    camunda.element(12, 10, FLOW, "send", START);
    camunda.ends("element-instances", 12, "COMPLETED", at(60));
    reader.round();

    // Of another partition, whose records the search has a little later.
    camunda.element(PARTITION_2, 20, FLOW, "wait", at(40));
    camunda.element(PARTITION_2 + 1, 20, FLOW, "send", START);
    camunda.ends("element-instances", PARTITION_2 + 1, "COMPLETED", at(31));
    reader.round();
    reader.round();

    assertThat(places()).containsExactly("11 wait", PARTITION_2 + " wait");
    assertThat(count("send", "completed")).isEqualTo(2);
  }

  @Test
  void what_comes_later_still_is_put_right_when_all_is_looked_through() {
    camunda.element(11, 10, FLOW, "wait", at(600));
    camunda.element(12, 10, FLOW, "wait", at(600));
    camunda.element(13, 10, FLOW, "send", START);
    camunda.ends("element-instances", 13, "COMPLETED", at(600));
    reader.round();
    camunda.element(14, 10, FLOW, "late", at(1));
    camunda.ends("element-instances", 12, "COMPLETED", at(2));
    reader.round();
    assertThat(places()).containsExactly("11 wait", "12 wait");

    now = now.plus(Duration.ofMinutes(11));
    reader.round();
    assertThat(places()).containsExactly("11 wait", "14 late");
    assertThat(statistics.elements(FLOW))
        .filteredOn(element -> element.elementId().equals("wait"))
        .extracting(FlowStatistics.Element::active)
        .containsExactly(1L);
  }

  @Test
  void a_step_has_ended_when_camunda_says_so_and_not_when_it_is_seen_no_more() {
    for (int key : new int[] {11, 12, 13}) {
      camunda.element(key, 10, FLOW, "send", START);
      jdbc.update(
          "insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,"
              + " process_instance_key, message, priority, state, planned_at)"
              + " values (?, gen_random_uuid(), 'sms', 'marketing', 'cart', 1, 'send', 10, 'm',"
              + " 'normal', 'planned', now())",
          key);
    }
    reader.round();
    camunda.ends("element-instances", 11, "TERMINATED", at(5));
    camunda.ends("element-instances", 12, "COMPLETED", at(5));
    camunda.forget("element-instances", 13);
    now = now.plus(Duration.ofMinutes(11));
    reader.round();
    reader.round();

    assertThat(places()).isEmpty();
    assertThat(jdbc.queryForList("select key from ended_step order by key", Long.class))
        .containsExactly(11L, 12L);
  }

  @Test
  void looking_all_through_page_by_page_takes_nothing_off_that_is_there() {
    for (int each = 0; each < 11; each++) {
      camunda.instance(1_000 + each * 10L, FLOW, "cart", START);
      camunda.element(1_001 + each * 10L, 1_000 + each * 10L, FLOW, "wait", START);
    }
    reader = reader(3, 20);
    reader.round();
    camunda.forget("element-instances", 1_051);
    now = now.plus(Duration.ofMinutes(11));
    reader = reader(3, 2);
    reader.round();
    reader.round();

    assertThat(places()).hasSize(21).doesNotContain("1051 wait");
    assertThat(count("wait", "activated")).isEqualTo(10);
  }

  @Test
  void a_page_that_is_smaller_than_asked_for_is_not_taken_for_the_last() {
    camunda.givesAtMost(2);
    for (int each = 0; each < 5; each++) {
      camunda.element(100 + each, 10, FLOW, "wait", START);
    }
    reader.round();
    now = now.plus(Duration.ofMinutes(11));
    reader.round();

    assertThat(places()).hasSize(5);
  }

  @Test
  void an_instance_that_was_moved_stands_in_its_new_version() {
    camunda.instance(10, FLOW, "cart", START);
    camunda.element(11, 10, FLOW, "wait", START);
    reader.round();
    now = now.plusSeconds(90);
    camunda.row("process-instances", 10).put("processDefinitionKey", Long.toString(NEXT));
    camunda
        .row("element-instances", 11)
        .put("processDefinitionKey", Long.toString(NEXT))
        .put("elementId", "wait_longer");
    jdbc.update(
        """
        insert into flow_move (instance_key, from_version, to_version, elements, moved_at)
        values (10, 1, 2, '{}', ?)
        """,
        java.sql.Timestamp.from(now));
    reader.round();

    assertThat(statistics.elements(NEXT))
        .containsExactly(
            new FlowStatistics.Element("cart", 1, 0, 0, 0),
            new FlowStatistics.Element("wait_longer", 1, 0, 0, 0));
    assertThat(statistics.elements(FLOW)).allMatch(element -> element.active() == 0);
  }

  @Test
  void an_incident_is_open_until_it_is_resolved() {
    camunda.incident(31, 10, FLOW, "send");
    camunda.incident(32, 10, FLOW, "send");
    camunda.incident(33, 10, FLOW, "send");
    camunda.row("incidents", 33).put("state", "PENDING");
    reader = reader(2, 20);
    reader.round();
    assertThat(statistics.openIncidents(FLOW, 10))
        .extracting(FlowStatistics.Incident::key)
        .containsExactlyInAnyOrder(31L, 32L, 33L);

    camunda.row("incidents", 32).put("state", "RESOLVED");
    camunda.forget("incidents", 33);
    now = now.plusSeconds(30);
    reader.round();
    assertThat(statistics.openIncidents(FLOW, 10))
        .singleElement()
        .satisfies(
            incident -> {
              assertThat(incident.key()).isEqualTo(31);
              assertThat(incident.elementId()).isEqualTo("send");
              assertThat(incident.errorType()).isEqualTo("JOB_NO_RETRIES");
              assertThat(incident.message()).isEqualTo("no template");
            });
    assertThat(
            jdbc.queryForObject(
                "select resolved_at = ? from flow_incident where key = 32",
                Boolean.class,
                java.sql.Timestamp.from(now)))
        .isTrue();
  }

  @Test
  void a_task_appears_with_its_lead_is_assigned_and_done() {
    camunda.instance(10, FLOW, "sales-handoff", START);
    camunda.variable(51, "leadId", "\"" + ANNA + "\"", 10, 10);
    camunda.task(20, 10, FLOW, START);
    reader.round();
    assertThat(tasks())
        .singleElement()
        .satisfies(
            task ->
                assertThat(task)
                    .containsEntry("lead", ANNA)
                    .containsEntry("assignee", null)
                    .containsEntry("groups", "sales")
                    .containsEntry("version", 3)
                    .containsEntry("due", "2026-05-04 11:00:00")
                    .containsEntry("state", "open"));

    camunda.row("user-tasks", 20).put("assignee", "anna");
    reader.round();
    assertThat(tasks().getFirst()).containsEntry("assignee", "anna").containsEntry("state", "open");

    camunda.ends("user-tasks", 20, "COMPLETED", at(30));
    camunda.ends("process-instances", 10, "COMPLETED", at(30));
    reader.round();
    assertThat(tasks().getFirst())
        .containsEntry("assignee", "anna")
        .containsEntry("lead", ANNA)
        .containsEntry("state", "completed");
    assertThat(jdbc.queryForObject("select count(*) from flow_instance_lead", Long.class)).isZero();
  }

  @Test
  void a_lead_that_the_search_has_later_than_the_task_is_the_tasks_lead() {
    camunda.instance(10, FLOW, "sales-handoff", START);
    camunda.task(20, 10, FLOW, START);
    reader.round();
    assertThat(tasks().getFirst()).containsEntry("lead", null);

    camunda.variable(51, "leadId", "\"" + ANNA + "\"", 10, 10);
    reader.round();
    assertThat(tasks().getFirst()).containsEntry("lead", ANNA);
  }

  @Test
  void of_variables_only_a_leads_id_in_an_instances_own_scope_is_read() {
    camunda.instance(10, FLOW, "cart", START);
    camunda.instance(12, FLOW, "cart", START);
    camunda.variable(51, "leadId", "\"anna@example.com\"", 10, 10);
    camunda.variable(52, "leadId", "\"" + ANNA + "\"", 11, 10);
    camunda.variable(53, "name", "\"" + ANNA + "\"", 12, 12);
    reader.round();

    assertThat(jdbc.queryForObject("select count(*) from flow_instance_lead", Long.class)).isZero();
    assertThat(camunda.asked())
        .filteredOn(each -> each.startsWith("variables"))
        .isNotEmpty()
        .allMatch(
            each -> each.contains("\"name\":\"leadId\"") || each.contains("\"$eq\":\"leadId\""));
  }

  @Test
  void a_task_that_went_unnoticed_is_asked_for_by_its_key() {
    for (int each = 0; each < 5; each++) {
      camunda.task(20 + each, 10, FLOW, at(each));
    }
    camunda.task(30, 11, FLOW, at(600));
    reader = reader(2, 20);
    reader.round();
    camunda.ends("user-tasks", 30, "COMPLETED", at(700));
    reader.round();
    // Ended long before what was read last, as the search has it now.
    camunda.ends("user-tasks", 21, "CANCELED", at(2));
    camunda.forget("user-tasks", 22);
    reader.round();

    assertThat(tasks())
        .extracting(task -> task.get("key") + " " + task.get("state"))
        .containsExactly(
            "20 open", "21 canceled", "22 canceled", "23 open", "24 open", "30 completed");
  }

  @Test
  void flows_are_fetched_once_and_those_of_other_tenants_not_at_all() {
    camunda.flow(FLOW, "cart", 1, "<bpmn/>");
    camunda.flow(NEXT, "cart", 2, "<bpmn/>");
    camunda.flow(NEXT + 1, "payroll", 1, "<bpmn/>", "finance");
    camunda.instance(10, FLOW, "cart", START).put("tenantId", "finance");
    camunda.element(11, 10, FLOW, "wait", START).put("tenantId", "finance");
    camunda.task(20, 10, FLOW, START).put("tenantId", "finance");
    reader.round();
    assertThat(statistics.versions())
        .extracting(FlowStatistics.Version::version)
        .containsExactly(2, 1);
    assertThat(places()).isEmpty();
    assertThat(tasks()).isEmpty();
    assertThat(camunda.asked())
        .filteredOn(each -> each.contains("{"))
        .isNotEmpty()
        .allMatch(each -> each.contains("\"" + FakeCamunda.TENANT + "\""));

    reader.round();
    assertThat(camunda.asked()).noneMatch(each -> each.endsWith("/xml"));
  }

  @Test
  void while_camunda_is_away_all_stays_and_it_is_asked_less_often() {
    camunda.element(11, 10, FLOW, "wait", START);
    SearchRound round = new SearchRound(reader, clock(), Duration.ofSeconds(5));
    SearchHealth health = health(round);
    round.run();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);

    for (int status : List.of(503, 429)) {
      camunda.fails(status, "");
      now = now.plus(Duration.ofMinutes(3));
      round.run();
      assertThat(round.trouble()).contains(Integer.toString(status));
      assertThat(places()).containsExactly("11 wait");
    }
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.health().getDetails())
        .containsEntry("readAt", START.toString())
        .hasEntrySatisfying("why", why -> assertThat(why.toString()).contains("less often"));

    camunda.works();
    camunda.asked();
    now = now.plusSeconds(6);
    round.run();
    assertThat(camunda.asked()).as("the second time it waits for twice as long").isEmpty();
    now = now.plusSeconds(5);
    round.run();
    assertThat(camunda.asked()).isNotEmpty();
    assertThat(round.trouble()).isNull();
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void what_fails_in_the_midst_of_a_round_keeps_what_was_read_before() {
    camunda.element(11, 10, FLOW, "wait", START);
    camunda.incident(31, 10, FLOW, "send");
    camunda.fails(503, "/incidents");
    SearchRound round = new SearchRound(reader, clock(), Duration.ofSeconds(5));
    round.run();
    assertThat(places()).containsExactly("11 wait");
    assertThat(statistics.openIncidents(FLOW, 10)).isEmpty();

    camunda.works();
    now = now.plusSeconds(6);
    round.run();
    assertThat(statistics.openIncidents(FLOW, 10)).hasSize(1);
  }

  @Test
  void one_look_that_is_refused_holds_up_no_other() {
    camunda.element(11, 10, FLOW, "wait", START);
    camunda.incident(31, 10, FLOW, "send");
    camunda.fails(403, "/element-instances");

    assertThatThrownBy(reader::round).isInstanceOf(ProblemException.class);
    assertThat(statistics.openIncidents(FLOW, 10)).hasSize(1);
  }

  @Test
  void a_cursor_that_camunda_takes_no_more_ends_nothing_and_doubles_nothing() {
    for (int each = 0; each < 25; each++) {
      camunda.element(200 + each, 10, FLOW, "send", START);
      camunda.ends("element-instances", 200 + each, "COMPLETED", at(each / 3));
    }
    reader = reader(4, 2);
    reader.round();
    camunda.fails(400, "/element-instances");
    assertThatThrownBy(reader::round).isInstanceOf(ProblemException.class);

    camunda.works();
    for (int round = 0; round < 8; round++) {
      reader.round();
    }
    assertThat(count("send", "completed")).isEqualTo(25);
  }

  @Test
  void a_token_that_is_good_no_more_is_replaced() {
    camunda.withTokens();
    camunda.element(11, 10, FLOW, "wait", START);
    CredentialsProvider credentials =
        CredentialsProvider.newCredentialsProviderBuilder()
            .clientId("ripen")
            .clientSecret("secret")
            .audience("orchestration-api")
            .authorizationServerUrl(camunda.tokenAddress().toString())
            .credentialsCachePath(
                System.getProperty("java.io.tmpdir") + "/ripen-" + System.nanoTime())
            .build();
    try (CamundaClient known = client().credentialsProvider(credentials).build()) {
      SearchReader reading = reader(known, 20, 20);
      reading.round();
      assertThat(places()).containsExactly("11 wait");
      assertThat(camunda.issued()).isEqualTo(1);

      camunda.endTokens();
      camunda.element(12, 10, FLOW, "send", at(1));
      reading.round();
      assertThat(places()).containsExactly("11 wait", "12 send");
      assertThat(camunda.issued()).isEqualTo(2);
    }
  }

  @Test
  void who_is_refused_is_told_what_to_do() {
    camunda.withTokens();
    SearchRound round = new SearchRound(reader, clock(), Duration.ofSeconds(5));
    round.run();

    assertThat(round.trouble()).contains("401", "camunda.client.auth", "this token is not good");
  }

  @Test
  void an_engine_that_stood_still_does_not_write_over_what_another_one_read_on() {
    camunda.element(11, 10, FLOW, "wait", START);
    CamundaSearch search = new CamundaSearch(client, 20);
    SearchElementsJdbc elements =
        new SearchElementsJdbc(
            jdbc, new ReadModelJdbc(jdbc), new InstanceModelJdbc(jdbc), new EndedStepsJdbc(jdbc));
    SearchLook slow =
        new SearchLook() {
          @Override
          public String name() {
            return "started elements";
          }

          @Override
          public SearchPage ask(SearchPlace place) {
            SearchPage page = search.startedElements(null, null);
            camunda.ends("element-instances", 11, "COMPLETED", at(1));
            reader.round();
            return page;
          }

          @Override
          public void take(SearchPlace place, SearchPage page, Instant at) {
            elements.enter(page.records());
          }
        };
    new SearchReader(
            List.of(slow),
            new SearchPlacesJdbc(jdbc),
            new ReadModelSourceJdbc(jdbc),
            transaction,
            clock(),
            1)
        .round();

    assertThat(places()).isEmpty();
    assertThat(count("wait", "activated")).isEqualTo(1);
  }

  @Test
  void the_read_model_is_made_anew_by_another_source_and_filled_by_one_at_a_time() {
    ReadModel export =
        new ReadModel(
            new ReadModelJdbc(jdbc),
            new InstanceModelJdbc(jdbc),
            new EndedStepsJdbc(jdbc),
            new TaskModelJdbc(jdbc),
            new NotedFlows(jdbc),
            new ReadModelSourceJdbc(jdbc),
            transaction);
    export.takeOver();
    List<ExportedRecord> records =
        List.of(ExportedRecord.parse(Export.element(1, "ELEMENT_ACTIVATED", "wait")));
    export.apply(records);
    assertThat(statistics.elements(Export.FLOW)).hasSize(1);

    camunda.element(11, 10, FLOW, "send", START);
    reader.round();
    assertThat(statistics.elements(Export.FLOW)).isEmpty();
    assertThat(places()).containsExactly("11 send");
    assertThatIllegalStateException()
        .isThrownBy(() -> export.apply(records))
        .withMessageContaining("the same setting in all engines");

    export.takeOver();
    assertThat(export.isEmpty()).isTrue();
    export.apply(records);
    assertThat(places()).containsExactly("9 wait");
    assertThatIllegalStateException()
        .isThrownBy(reader::round)
        .withMessageContaining("ripen.monitoring.source: search");
    new ReadModelSourceJdbc(jdbc).takeOver(Source.EXPORT, transaction);
    assertThat(places()).containsExactly("9 wait");
  }

  private static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  private CamundaClientBuilder client() {
    return CamundaClient.newClientBuilder()
        .restAddress(camunda.address())
        .preferRestOverGrpc(true)
        .defaultTenantId(FakeCamunda.TENANT);
  }

  private SearchReader reader(int page, int pages) {
    return reader(client, page, pages);
  }

  private SearchReader reader(CamundaClient asking, int page, int pages) {
    return SearchLooks.reader(
        new CamundaSearch(asking, page),
        jdbc,
        new NotedFlows(jdbc),
        transaction,
        new SearchSettings(
            Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(10), page, pages),
        clock());
  }

  private SearchHealth health(SearchRound round) {
    return new SearchHealth(new SearchPlacesJdbc(jdbc), round, clock(), Duration.ofSeconds(5));
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public Instant instant() {
        return now;
      }

      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }
    };
  }

  private List<String> places() {
    return jdbc.queryForList(
        "select key || ' ' || element_id from flow_element_instance order by key", String.class);
  }

  private long count(String elementId, String column) {
    Long count =
        jdbc.queryForObject(
            "select coalesce(sum(%s), 0) from flow_element_count where element_id = ?"
                .formatted(column),
            Long.class,
            elementId);
    return count == null ? 0 : count;
  }

  private List<Map<String, Object>> tasks() {
    return jdbc.queryForList(
        """
        select key, lead_id::text as lead, assignee, state, version,
          array_to_string(candidate_groups, ',') as groups,
          to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as due
        from user_task order by key
        """);
  }
}
