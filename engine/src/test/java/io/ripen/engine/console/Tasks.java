package io.ripen.engine.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes tasks as the export stream tells of them, of the flow that ships. */
final class Tasks {

  static final long FLOW = 4503599627370001L;
  static final String TAKE = "userTask_takeLead";
  static final String OUTCOME = "userTask_recordOutcome";

  private final JdbcClient jdbc;
  private long keys = 2251799813690000L;

  Tasks(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  void flow() {
    try {
      jdbc.sql(
              """
              insert into flow_version
                (process_key, process_id, version, name, xml, signals, deployed_at)
              values (?, 'sales-handoff', 1, 'Sales hand-off', ?, '{}', now())
              """)
          .params(FLOW, Files.readString(Path.of("../bpmn/sales-handoff/sales-handoff.bpmn")))
          .update();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An open task of a run of its own, which came an hour ago. */
  long open(
      String element,
      @Nullable UUID lead,
      @Nullable String assignee,
      @Nullable String offeredTo,
      String team,
      @Nullable Duration dueIn) {
    return open(keys, element, lead, assignee, offeredTo, team, dueIn);
  }

  long open(
      long instance,
      String element,
      @Nullable UUID lead,
      @Nullable String assignee,
      @Nullable String offeredTo,
      String team,
      @Nullable Duration dueIn) {
    long key = keys++;
    OffsetDateTime now = Instant.now().atOffset(ZoneOffset.UTC);
    jdbc.sql(
            """
            insert into user_task (key, partition, process_key, process_id, version, instance_key,
              element_id, lead_id, assignee, candidate_groups, candidate_users, due_at,
              created_at, state, changed_at)
            values (:key, 1, :flow, 'sales-handoff', 1, :instance, :element, :lead::uuid,
              :assignee, array[:team], array_remove(array[:offered], null), :due, :since, 'open', :since)
            """)
        .param("key", key)
        .param("flow", FLOW)
        .param("instance", instance)
        .param("element", element)
        .param("lead", lead == null ? null : lead.toString())
        .param("assignee", assignee)
        .param("team", team)
        .param("offered", offeredTo, Types.VARCHAR)
        .param("due", dueIn == null ? null : now.plus(dueIn), Types.TIMESTAMP_WITH_TIMEZONE)
        .param("since", now.minusHours(1))
        .update();
    return key;
  }

  /** A note of the flow for the run that the task belongs to. */
  void note(long task, UUID lead, String text) {
    jdbc.sql(
            """
            insert into sales_note (element_key, instance_key, lead_id, text, noted_at)
            select :key, instance_key, :lead, :text, now() from user_task where key = :task
            """)
        .param("key", keys++)
        .param("lead", lead)
        .param("text", text)
        .param("task", task)
        .update();
  }

  /** A note of a run of another flow. */
  void noteOfAnotherFlow(UUID lead, String text, Duration ago) {
    jdbc.sql(
            """
            insert into sales_note (element_key, instance_key, lead_id, text, noted_at)
            values (:key, :key, :lead, :text, :at)
            """)
        .param("key", keys++)
        .param("lead", lead)
        .param("text", text)
        .param("at", Instant.now().minus(ago).atOffset(ZoneOffset.UTC))
        .update();
  }

  /** The run of the flow, as the choice of a salesperson notes it. */
  void handoff(long task, UUID lead) {
    jdbc.sql(
            """
            insert into handoff (instance_key, lead_id, team, team_leads, within, chosen_at)
            select instance_key, :lead, 'sales', 'sales-leads', interval '4 hours', now()
            from user_task where key = :task
            """)
        .param("lead", lead)
        .param("task", task)
        .update();
  }
}
