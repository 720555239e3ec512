package io.ripen.engine.monitoring;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the tables of the read model that are about tasks for people: user_task, and
 * flow_instance_lead, which says for as long as an instance runs whom it is about.
 */
final class TaskModelJdbc {

  private static final Logger LOG = LoggerFactory.getLogger(TaskModelJdbc.class);

  private static final Map<String, String> STATES =
      Map.of("COMPLETED", "completed", "CANCELED", "canceled");

  private final JdbcTemplate jdbc;

  TaskModelJdbc(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Throws away what a partition has told so far. */
  void clear(int partition) {
    jdbc.update("delete from user_task where partition = ?", partition);
    jdbc.update("delete from flow_instance_lead where partition = ?", partition);
  }

  /** Notes whom instances are about; also for tasks of theirs that are there already. */
  void addLeads(Collection<ExportedRecord> variables) {
    Object instances = column(variables, record -> Long.toString(orZero(record.instanceKey())));
    Object leads = column(variables, record -> String.valueOf(record.leadId()));
    jdbc.update(
        """
        insert into flow_instance_lead (instance_key, partition, lead_id)
        select i::bigint, p::integer, l::uuid
        from unnest(?::text[], ?::text[], ?::text[]) told (i, p, l)
        on conflict (instance_key) do update set lead_id = excluded.lead_id
        """,
        instances,
        column(variables, record -> Integer.toString(record.partition())),
        leads);
    jdbc.update(
        """
        update user_task task set lead_id = told.l::uuid
        from unnest(?::text[], ?::text[]) told (i, l)
        where task.instance_key = told.i::bigint and task.state = 'open'
        """,
        instances,
        leads);
  }

  /** Instances that have ended get no more tasks. */
  void forgetLeads(Collection<Long> instances) {
    jdbc.update(
        "delete from flow_instance_lead where instance_key = any (?::bigint[])",
        new Object[] {instances.stream().mapToLong(Long::longValue).toArray()});
  }

  /** Makes tasks what these records say. */
  void put(Collection<ExportedRecord> tasks) {
    jdbc.update(
        """
        insert into user_task as known
          (key, partition, process_key, process_id, version, instance_key, element_id, lead_id,
           assignee, candidate_groups, candidate_users, due_at, created_at, state, changed_at)
        select told.key::bigint, told.partition::integer, told.process_key::bigint,
          told.process_id, told.version::integer, told.instance_key::bigint, told.element_id,
          lead.lead_id, told.assignee,
          array(select jsonb_array_elements_text(told.groups::jsonb)),
          array(select jsonb_array_elements_text(told.users::jsonb)),
          told.due_at::timestamptz, told.created_at::timestamptz, told.state,
          told.changed_at::timestamptz
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
            ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
          told (key, partition, process_key, process_id, version, instance_key, element_id,
            assignee, groups, users, due_at, created_at, state, changed_at)
        left join flow_instance_lead lead on lead.instance_key = told.instance_key::bigint
        on conflict (key) do update set
          process_key = excluded.process_key, process_id = excluded.process_id,
          version = excluded.version, element_id = excluded.element_id,
          lead_id = coalesce(excluded.lead_id, known.lead_id), assignee = excluded.assignee,
          candidate_groups = excluded.candidate_groups,
          candidate_users = excluded.candidate_users, due_at = excluded.due_at,
          state = excluded.state, changed_at = excluded.changed_at
        """,
        column(tasks, task -> Long.toString(task.key())),
        column(tasks, task -> Integer.toString(task.partition())),
        column(tasks, task -> Long.toString(task.processKey())),
        column(tasks, ExportedRecord::processId),
        column(tasks, task -> Integer.toString(task.version() == null ? 0 : task.version())),
        column(tasks, task -> Long.toString(orZero(task.instanceKey()))),
        column(tasks, task -> task.elementId() == null ? "" : task.elementId()),
        column(tasks, task -> blankToNull(task.assignee())),
        column(tasks, task -> json(task.candidateGroups())),
        column(tasks, task -> json(task.candidateUsers())),
        column(tasks, TaskModelJdbc::dueAt),
        column(tasks, task -> createdAt(task).toString()),
        column(tasks, task -> STATES.getOrDefault(task.intent(), "open")),
        column(tasks, task -> task.at().toString()));
  }

  /** Those of these tasks that are what their records say already, by their keys. */
  List<Long> unchanged(Collection<ExportedRecord> tasks) {
    return jdbc.queryForList(
        """
        select known.key
        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
            ?::text[])
          told (key, process_key, element_id, assignee, groups, users, due_at, state)
        join user_task known on known.key = told.key::bigint
        where known.process_key = told.process_key::bigint and known.element_id = told.element_id
          and known.assignee is not distinct from told.assignee and known.state = told.state
          and known.candidate_groups = array(select jsonb_array_elements_text(told.groups::jsonb))
          and known.candidate_users = array(select jsonb_array_elements_text(told.users::jsonb))
          and known.due_at is not distinct from told.due_at::timestamptz
        """,
        Long.class,
        column(tasks, task -> Long.toString(task.key())),
        column(tasks, task -> Long.toString(task.processKey())),
        column(tasks, task -> task.elementId() == null ? "" : task.elementId()),
        column(tasks, task -> blankToNull(task.assignee())),
        column(tasks, task -> json(task.candidateGroups())),
        column(tasks, task -> json(task.candidateUsers())),
        column(tasks, TaskModelJdbc::dueAt),
        column(tasks, task -> STATES.getOrDefault(task.intent(), "open")));
  }

  private static Object column(
      Collection<ExportedRecord> records, Function<ExportedRecord, @Nullable String> value) {
    @Nullable String[] column = new @Nullable String[records.size()];
    int row = 0;
    for (ExportedRecord record : records) {
      String text = value.apply(record);
      // PostgreSQL has no NUL in its texts.
      column[row++] = text == null ? null : text.replace("\0", "");
    }
    return column;
  }

  private static Instant createdAt(ExportedRecord task) {
    Long at = task.createdAt();
    return at == null || at <= 0 ? task.at() : Instant.ofEpochMilli(at);
  }

  /** A due date that nobody can read must not hold up all others: then there is none. */
  private static @Nullable String dueAt(ExportedRecord task) {
    String date = blankToNull(task.dueDate());
    if (date == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(date).toInstant().toString();
    } catch (DateTimeException e) {
      LOG.warn("The due date of task {} is no date with a time and a zone", task.key());
      return null;
    }
  }

  private static String json(@Nullable List<String> texts) {
    return JsonMapper.shared().writeValueAsString(texts == null ? List.of() : texts);
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static long orZero(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}
