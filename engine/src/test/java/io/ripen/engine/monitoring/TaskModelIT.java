package io.ripen.engine.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.testing.TestDatabase;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class TaskModelIT {

  private static final String ANNA = "0190a1b2-0000-7000-8000-000000000001";
  private static final String BELA = "0190a1b2-0000-7000-8000-000000000002";

  private final DataSource database = TestDatabase.migrated();
  private final JdbcTemplate jdbc = new JdbcTemplate(database);
  private final ReadModel model =
      new ReadModel(
          new ReadModelJdbc(jdbc),
          new InstanceModelJdbc(jdbc),
          new EndedStepsJdbc(jdbc),
          new TaskModelJdbc(jdbc),
          new NotedFlows(jdbc),
          new ReadModelSourceJdbc(jdbc),
          new TransactionTemplate(new JdbcTransactionManager(database)));

  @Test
  void a_task_stands_with_its_lead_its_groups_and_its_due_date() {
    apply(Export.lead(1, ANNA), Export.task(2, "CREATED", 20, "", "\"sales\",\"vip\""));

    assertThat(tasks())
        .singleElement()
        .satisfies(
            task ->
                assertThat(task)
                    .containsEntry("key", 20L)
                    .containsEntry("lead", ANNA)
                    .containsEntry("assignee", null)
                    .containsEntry("groups", "sales,vip")
                    .containsEntry("users", "ben")
                    .containsEntry("due", "2023-11-15 02:13:20")
                    .containsEntry("created", "2023-11-14 22:13:20")
                    .containsEntry("state", "open"));
  }

  @Test
  void a_task_is_what_its_last_record_says() {
    apply(
        Export.task(1, "CREATED", 20, "", "\"sales\""),
        Export.task(2, "ASSIGNED", 20, "anna", "\"sales\""));
    assertThat(tasks().getFirst()).containsEntry("assignee", "anna");

    apply(Export.task(3, "ASSIGNED", 20, "", "\"sales\""));
    assertThat(tasks().getFirst()).containsEntry("assignee", null).containsEntry("state", "open");

    apply(Export.task(4, "COMPLETED", 20, "ben", "\"sales\""));
    assertThat(tasks().getFirst())
        .containsEntry("assignee", "ben")
        .containsEntry("state", "completed");
  }

  @Test
  void a_task_that_was_taken_away_is_open_no_more() {
    apply(
        Export.task(1, "CREATED", 20, "", "\"sales\""),
        Export.task(2, "CANCELED", 20, "", "\"sales\""));

    assertThat(tasks().getFirst()).containsEntry("state", "canceled");
  }

  @Test
  void a_lead_that_is_told_later_is_that_of_the_open_tasks() {
    apply(Export.task(1, "CREATED", 20, "", ""));
    apply(Export.lead(2, ANNA));
    apply(Export.lead(3, BELA));

    assertThat(tasks().getFirst()).containsEntry("lead", BELA);
  }

  @Test
  void when_an_instance_ends_its_task_keeps_the_lead_and_nothing_else_is_kept() {
    apply(
        Export.lead(1, ANNA),
        Export.task(2, "CREATED", 20, "", ""),
        Export.task(3, "COMPLETED", 20, "anna", ""),
        Export.end(4));

    assertThat(tasks().getFirst()).containsEntry("lead", ANNA);
    assertThat(jdbc.queryForObject("select count(*) from flow_instance_lead", Long.class)).isZero();
  }

  @Test
  void an_emptied_broker_begins_its_tasks_anew_though_it_gives_keys_out_again() {
    apply(Export.lead(50, ANNA), Export.task(51, "CREATED", 20, "anna", "\"sales\""));
    apply(Export.task(52, "CREATED", 21, "", "\"sales\""));

    apply(Export.in("two", Export.task(1, "CREATED", 20, "", "\"support\"")));

    assertThat(tasks())
        .singleElement()
        .satisfies(
            task ->
                assertThat(task)
                    .containsEntry("lead", null)
                    .containsEntry("assignee", null)
                    .containsEntry("groups", "support"));
  }

  @Test
  void a_due_date_that_is_none_holds_up_nobody() {
    apply(
        Export.task(1, "CREATED", 20, "", "").replace("2023-11-15T02:13:20Z[GMT]", "tomorrow"),
        Export.task(2, "CREATED", 21, "", "").replace("2023-11-15T02:13:20Z[GMT]", ""));

    assertThat(tasks()).extracting(task -> task.get("due")).containsExactly(null, null);
  }

  private List<Map<String, Object>> tasks() {
    return jdbc.queryForList(
        """
        select key, lead_id::text as lead, assignee, state,
          array_to_string(candidate_groups, ',') as groups,
          array_to_string(candidate_users, ',') as users,
          to_char(due_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as due,
          to_char(created_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as created
        from user_task order by key
        """);
  }

  private void apply(String... records) {
    model.apply(Arrays.stream(records).map(ExportedRecord::parse).toList());
  }
}
