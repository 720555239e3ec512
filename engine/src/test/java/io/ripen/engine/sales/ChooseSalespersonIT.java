package io.ripen.engine.sales;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.rules.RuleVersion;
import io.ripen.engine.rules.RulesFixture;
import io.ripen.engine.sales.Salespeople.Salesperson;
import io.ripen.engine.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class ChooseSalespersonIT {

  private static final UUID LEAD = UUID.fromString("0190a1b2-0000-7000-8000-000000000001");

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final Clock clock = Clock.systemUTC();
  private RulesFixture process = process(Path.of("../bpmn"));
  private final Salespeople people = new Salespeople(jdbc, clock);
  private final LeadFacts leads =
      subject ->
          Optional.of(
              new Facts(
                  subject.leadId(),
                  new Facts.Person(null, null, null, null, null, null, null, false),
                  Map.of("lead", Map.of("temperature", "hot"))));
  private final ChooseSalesperson choose = chooseAmong(leads);

  @Test
  void the_table_says_which_team_has_how_long() throws NoRoute {
    assertThat(choose.choose(1, LEAD))
        .isEqualTo(new Choice(LEAD, "sales", "sales-leads", null, Duration.ofHours(1)));
  }

  @Test
  void a_table_that_is_deployed_counts_for_the_next_lead() throws Exception {
    assertThat(choose.choose(1, LEAD).team()).isEqualTo("sales");
    String table = Files.readString(Path.of("../bpmn", RoutingTable.FILE));
    byte[] changed = table.replaceFirst("\"sales\"", "\"budapest\"").getBytes(UTF_8);
    List<RuleVersion> kept = process.keep().keep(Map.of("routing.dmn", changed), "anna");
    process.refresh();

    assertThat(kept).extracting(RuleVersion::deployedBy).containsExactly("anna");
    assertThat(choose.choose(2, LEAD).team()).isEqualTo("budapest");
    assertThat(choose.choose(1, LEAD).team()).as("what was chosen stays").isEqualTo("sales");
  }

  @Test
  void a_folder_without_the_flow_has_no_table_until_one_is_deployed(@TempDir Path empty)
      throws Exception {
    process = process(empty);
    ChooseSalesperson choose = chooseAmong(leads);

    assertThatExceptionOfType(NoRoute.class)
        .isThrownBy(() -> choose.choose(1, LEAD))
        .withMessageContaining("expected: sales-handoff/routing.dmn in the folder with the flows");

    byte[] table = Files.readAllBytes(Path.of("../bpmn", RoutingTable.FILE));
    List<RuleVersion> unused = process.keep().keep(Map.of("routing.dmn", table), "anna");
    process.refresh();
    assertThat(choose.choose(1, LEAD).team()).isEqualTo("sales");
  }

  @Test
  void who_has_the_fewest_leads_gets_the_next() throws NoRoute {
    introduce("anna", "ben");
    task(1, "anna", null);
    task(2, null, "anna");
    task(3, "ben", "anna");

    assertThat(choose.choose(9, LEAD).salesperson()).isEqualTo("ben");
  }

  @Test
  void what_was_chosen_a_moment_ago_counts_before_its_task_is_there() throws NoRoute {
    introduce("anna", "ben", "cili");

    Map<String, Long> got =
        LongStream.range(0, 9)
            .parallel()
            .mapToObj(this::chosen)
            .collect(Collectors.groupingBy(name -> name, Collectors.counting()));
    assertThat(got)
        .containsOnly(Map.entry("anna", 3L), Map.entry("ben", 3L), Map.entry("cili", 3L));
  }

  @Test
  void tasks_that_are_done_weigh_nothing() throws NoRoute {
    introduce("anna", "ben");
    task(1, "anna", null);
    jdbc.sql("update user_task set state = 'completed'").update();
    task(2, "ben", null);

    assertThat(choose.choose(9, LEAD).salesperson()).isEqualTo("anna");
  }

  @Test
  void nobody_gets_a_lead_who_takes_none_or_is_in_another_team() throws NoRoute {
    people.introduce(new Salesperson("anna", "sales", false, null));
    people.introduce(new Salesperson("ben", "support", true, null));

    assertThat(choose.choose(1, LEAD).salesperson()).isNull();
  }

  @Test
  void asked_again_for_the_same_run_the_answer_is_the_same() throws NoRoute {
    introduce("anna", "ben");
    Choice first = choose.choose(1, LEAD);
    people.introduce(new Salesperson(String.valueOf(first.salesperson()), "sales", false, null));

    assertThat(choose.choose(1, LEAD)).isEqualTo(first);
    assertThat(jdbc.sql("select count(*) from handoff").query(Long.class).single()).isEqualTo(1);
  }

  @Test
  void who_was_merged_between_two_tries_keeps_who_was_chosen() throws NoRoute {
    introduce("anna", "ben");
    Choice first = choose.choose(1, LEAD);
    UUID survivor = UUID.randomUUID();
    jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
        .param(survivor)
        .update();
    jdbc.sql(
            "insert into lead (id, first_seen_at, last_seen_at, merged_into) values (?, now(), now(), ?)")
        .params(LEAD, survivor)
        .update();
    people.introduce(new Salesperson(String.valueOf(first.salesperson()), "sales", false, null));

    assertThat(choose.choose(1, survivor).salesperson()).isEqualTo(first.salesperson());
  }

  @Test
  void a_key_that_an_emptied_broker_gives_out_again_is_another_run() throws NoRoute {
    introduce("anna");
    choose.choose(1, LEAD);
    UUID other = UUID.randomUUID();

    assertThat(choose.choose(1, other).leadId()).isEqualTo(other);
  }

  @Test
  void a_lead_that_there_is_not_is_said_to_be_none() {
    assertThatExceptionOfType(NoRoute.class)
        .isThrownBy(() -> chooseAmong(subject -> Optional.empty()).choose(1, LEAD))
        .withMessage("there is no lead " + LEAD + " (expected: its id)");
  }

  private RulesFixture process(Path folder) {
    return new RulesFixture(database, folder, clock, RoutingTable.RULES);
  }

  private String chosen(long instance) {
    try {
      return String.valueOf(choose.choose(instance, UUID.randomUUID()).salesperson());
    } catch (NoRoute e) {
      throw new AssertionError(e);
    }
  }

  private ChooseSalesperson chooseAmong(LeadFacts facts) {
    return new ChooseSalesperson(
        process.rules(),
        facts,
        new HandoffJdbc(jdbc),
        new TransactionTemplate(new JdbcTransactionManager(database)),
        clock);
  }

  private void introduce(String... names) {
    List.of(names).forEach(name -> people.introduce(new Salesperson(name, "sales", true, null)));
  }

  private void task(long key, String assignee, String offeredTo) {
    jdbc.sql(
            """
            insert into user_task (key, partition, process_key, process_id, version, instance_key,
              element_id, assignee, candidate_users, created_at, state, changed_at)
            values (:key, 1, 1, 'sales-handoff', 1, :key, 'userTask_takeLead', :assignee,
              case when :offered::text is null then '{}' else array[:offered::text] end, now(), 'open', now())
            """)
        .param("key", key)
        .param("assignee", assignee)
        .param("offered", offeredTo)
        .update();
  }
}
