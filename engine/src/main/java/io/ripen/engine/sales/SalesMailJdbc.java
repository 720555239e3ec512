package io.ripen.engine.sales;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code sales_mail}: who is yet to be told of which note. */
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
   * @param isTaken whether somebody has that already
   */
  record Due(
      long stepKey,
      String salesperson,
      @Nullable String email,
      String note,
      Instant notedAt,
      int attempts,
      @Nullable Long task,
      boolean isTaken) {}

  /** One whose time has come, held until the caller's transaction ends. */
  Optional<Due> next(Instant now) {
    return jdbc.sql(
            """
            select m.element_key, m.salesperson, p.email, n.text, n.noted_at, m.attempts,
              t.key as task, coalesce(t.state = 'open' and t.assignee is not null, false) as is_taken
            from sales_mail m
            join sales_note n on n.element_key = m.element_key
            left join salesperson p on p.name = m.salesperson
            left join lateral (
              select key, state, assignee from user_task
              where instance_key = n.instance_key order by state = 'open' desc, key desc limit 1) t
              on true
            where m.next_attempt_at <= :now
            order by m.next_attempt_at
            limit 1
            for update of m skip locked
            """)
        .param("now", utc(now))
        .query(SalesMailJdbc::due)
        .optional();
  }

  void done(Due due) {
    jdbc.sql("delete from sales_mail where element_key = ? and salesperson = ?")
        .params(due.stepKey(), due.salesperson())
        .update();
  }

  void putOff(Due due, Instant until) {
    jdbc.sql(
            """
            update sales_mail set attempts = attempts + 1, next_attempt_at = ?
            where element_key = ? and salesperson = ?
            """)
        .params(utc(until), due.stepKey(), due.salesperson())
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
        row.getBoolean("is_taken"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
