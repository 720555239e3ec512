package io.ripen.engine.monitoring;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Writes what Camunda's search says of tasks for people, and whom instances are about. */
final class SearchTasksJdbc {

  private final JdbcTemplate jdbc;
  private final TaskModelJdbc tasks;

  SearchTasksJdbc(JdbcTemplate jdbc, TaskModelJdbc tasks) {
    this.jdbc = jdbc;
    this.tasks = tasks;
  }

  /** Makes tasks what these records say, and writes only those that are not that already. */
  void put(List<ExportedRecord> records) {
    if (records.isEmpty()) {
      return;
    }
    Set<Long> same = new HashSet<>(tasks.unchanged(records));
    List<ExportedRecord> others =
        records.stream().filter(each -> !same.contains(each.key())).toList();
    if (!others.isEmpty()) {
      tasks.put(others);
    }
  }

  void putLeads(List<ExportedRecord> leads) {
    if (!leads.isEmpty()) {
      tasks.addLeads(leads);
    }
  }

  /** Instances that have ended get no more tasks. */
  void forgetLeads(Collection<Long> instances) {
    if (!instances.isEmpty()) {
      tasks.forgetLeads(instances);
    }
  }

  /** Forgets whom instances are about that do not run, of those on this page. */
  void forgetLeadsOfEnded(List<ExportedRecord> page) {
    jdbc.update(
        """
        delete from flow_instance_lead lead where instance_key = any (?::bigint[])
          and not exists (select from flow_element_instance e where e.key = lead.instance_key)
        """,
        new Object[] {instances(page).stream().mapToLong(Long::longValue).toArray()});
  }

  /** Of the instances on this page, those of which nobody knows yet whom they are about. */
  Set<Long> withoutLead(List<ExportedRecord> page) {
    Set<Long> instances = instances(page);
    if (!instances.isEmpty()) {
      jdbc.queryForList(
              "select instance_key from flow_instance_lead where instance_key = any (?::bigint[])",
              Long.class,
              new Object[] {instances.stream().mapToLong(Long::longValue).toArray()})
          .forEach(instances::remove);
    }
    return instances;
  }

  static Set<Long> instances(List<ExportedRecord> page) {
    Set<Long> instances = new TreeSet<>();
    for (ExportedRecord each : page) {
      if (each.instanceKey() != null) {
        instances.add(each.instanceKey());
      }
    }
    return instances;
  }

  /**
   * Tasks that are open as far as we know, came up from one time to another, and are not among
   * these.
   *
   * @param from null for the first of all
   * @param to null for the last of all
   */
  List<Long> openBesides(long[] found, @Nullable Instant from, @Nullable Instant to, int most) {
    return jdbc.queryForList(
        """
        select key from user_task
        where state = 'open' and key <> all (?::bigint[])
          and created_at >= coalesce(?::timestamptz, '-infinity')
          and created_at <= coalesce(?::timestamptz, 'infinity')
        order by key limit ?
        """,
        Long.class,
        found,
        from == null ? null : Timestamp.from(from),
        to == null ? null : Timestamp.from(to),
        most);
  }

  /** Camunda knows them no more. */
  void cancel(Collection<Long> keys, Instant now) {
    if (!keys.isEmpty()) {
      jdbc.update(
          "update user_task set state = 'canceled', changed_at = ? where key = any (?::bigint[])",
          Timestamp.from(now),
          keys.stream().mapToLong(Long::longValue).toArray());
    }
  }
}
