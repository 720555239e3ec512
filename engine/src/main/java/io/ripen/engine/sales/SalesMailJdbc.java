package io.ripen.engine.sales;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code sales_mail}: who is yet to be told of which note. All by the clock of the
 * database, as a worker's may be wrong by days.
 */
final class SalesMailJdbc {

  private final JdbcClient jdbc;

  SalesMailJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Somebody to be told.
   *
   * @param email null where they do not want to be any more
   * @param task the newest task of the run, if it has one
   * @param isLate whether it is of no more use
   */
  record Due(
      long stepKey,
      String salesperson,
      @Nullable String email,
      String note,
      Instant notedAt,
      int attempts,
      @Nullable Long task,
      Lead lead,
      boolean isLate) {}

  /** Whether the lead waits for somebody, as far as the read model knows. */
  enum Lead {
    WAITS,
    /** None of the run's tasks is open; the next one may be on its way. */
    BETWEEN_TASKS,
    /** Somebody has it, or the run has ended. */
    WAITS_NO_MORE
  }

  /**
   * Takes one whose time has come, and puts off its next time first. So nobody else takes it
   * meanwhile, and who dies leaves it to that time.
   */
  Optional<Due> take(Duration lease, Duration ofUse) {
    return jdbc.sql(
            """
            with due as materialized (
              select element_key, salesperson from sales_mail
              where next_attempt_at <= statement_timestamp()
              order by next_attempt_at
              limit 1
              for update skip locked)
            update sales_mail m
            set next_attempt_at = statement_timestamp() + :lease * interval '1 second'
            from due
            join sales_note n on n.element_key = due.element_key
            left join salesperson p on p.name = due.salesperson
            left join lateral (
              select key, state, assignee from user_task
              where instance_key = n.instance_key order by state = 'open' desc, key desc limit 1) t
              on true
            where m.element_key = due.element_key and m.salesperson = due.salesperson
            returning m.element_key, m.salesperson, p.email, n.text, m.noted_at, m.attempts,
              t.key as task,
              case
                when t.key is null or t.state = 'open' and t.assignee is null then 'WAITS'
                -- Who had it when the note was made is told that it waits for them: the keys of a
                -- run grow.
                when t.state = 'open' and t.assignee = due.salesperson and t.key < due.element_key
                  then 'WAITS'
                when t.state <> 'open'
                  and exists (select from flow_element_instance e where e.key = n.instance_key)
                  then 'BETWEEN_TASKS'
                else 'WAITS_NO_MORE' end as lead,
              m.noted_at <= statement_timestamp() - :use * interval '1 second' as is_late
            """)
        .param("lease", lease.toSeconds())
        .param("use", ofUse.toSeconds())
        .query(SalesMailJdbc::due)
        .optional();
  }

  void done(Due due) {
    jdbc.sql("delete from sales_mail where element_key = ? and salesperson = ?")
        .params(due.stepKey(), due.salesperson())
        .update();
  }

  void putOff(Due due, int attempts, Duration rest) {
    jdbc.sql(
            """
            update sales_mail
            set attempts = ?, next_attempt_at = statement_timestamp() + ? * interval '1 millisecond'
            where element_key = ? and salesperson = ?
            """)
        .params(attempts, rest.toMillis(), due.stepKey(), due.salesperson())
        .update();
  }

  private static Due due(ResultSet row, int number) throws SQLException {
    long task = row.getLong("task");
    return new Due(
        row.getLong("element_key"),
        row.getString("salesperson"),
        row.getString("email"),
        row.getString("text"),
        row.getObject("noted_at", OffsetDateTime.class).toInstant(),
        row.getInt("attempts"),
        task == 0 ? null : task,
        Lead.valueOf(row.getString("lead")),
        row.getBoolean("is_late"));
  }
}
