package io.ripen.engine.leads;

import io.ripen.engine.scoring.Score;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code score_entry}. */
final class ScoreJdbc {

  /** What counts every time fills a slot of its own and is met by nothing. */
  private static final String READ =
      """
      select e.lead_id, e.rule, e.slot, e.points, e.reason, e.cause, e.given_at
      from unnest(:leads::uuid[]) as l (id)
      join score_entry e on e.lead_id = l.id and e.slot <> e.cause
      """;

  private static final String WRITE =
      """
      insert into score_entry (lead_id, rule, slot, points, reason, cause, given_at)
      select * from unnest(:leads::uuid[], :rules::text[], :slots::text[], :points::int[],
        :reasons::text[], :causes::text[], :at::timestamptz[])
      on conflict (lead_id, rule, slot) do update set
        points = excluded.points, reason = excluded.reason, cause = excluded.cause,
        given_at = excluded.given_at
      """;

  private static final String READ_ALL =
      """
      select lead_id, rule, slot, points, reason, cause, given_at
      from score_entry where lead_id = any(:leads::uuid[])
      """;

  private static final String DELETE =
      """
      delete from score_entry e
      using unnest(:leads::uuid[], :rules::text[], :slots::text[]) as n (lead_id, rule, slot)
      where e.lead_id = n.lead_id and e.rule = n.rule and e.slot = n.slot
      """;

  private static final String SUM =
      """
      update lead l set score = n.score, score_at = n.score_at
      from unnest(:leads::uuid[], :scores::float8[], :at::timestamptz[])
        as n (id, score, score_at)
      where l.id = n.id
      """;

  /** An entry and whose it is. */
  record Row(UUID lead, ScoreEntry entry) {}

  /** What all of a lead's entries come to. */
  record Sum(UUID lead, Score score) {}

  private final JdbcClient jdbc;

  ScoreJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Reads into the leads what another event of the same kind would not add to. */
  void read(Set<UUID> leads, Book book) {
    Set<LeadState> now =
        leads.stream().map(book::lead).filter(Objects::nonNull).collect(Collectors.toSet());
    if (now.isEmpty()) {
      return;
    }
    jdbc.sql(READ)
        .param("leads", Rows.column(now, lead -> lead.id))
        .query(
            (row, n) -> {
              LeadState lead = book.lead(Rows.uuid(row, 1));
              if (lead != null) {
                lead.points.know(entry(row));
              }
              return n;
            })
        .list();
  }

  void write(Collection<LeadState> leads) {
    write(
        leads.stream()
            .flatMap(lead -> lead.points.changed().stream().map(entry -> new Row(lead.id, entry)))
            .toList());
  }

  /** Adds the entries, or puts them in the place of those with the same rule and slot. */
  void write(List<Row> rows) {
    if (!rows.isEmpty()) {
      keyed(WRITE, rows)
          .param("points", Rows.column(rows, row -> row.entry().points()))
          .param("reasons", Rows.column(rows, row -> row.entry().reason()))
          .param("causes", Rows.column(rows, row -> row.entry().cause()))
          .param("at", Rows.column(rows, row -> row.entry().at()))
          .update();
    }
  }

  /** All entries of these leads. */
  List<Row> readAll(Set<UUID> leads) {
    return jdbc.sql(READ_ALL)
        .param("leads", Rows.column(leads, id -> id))
        .query((row, n) -> new Row(Rows.uuid(row, 1), entry(row)))
        .list();
  }

  void delete(List<Row> rows) {
    if (!rows.isEmpty()) {
      keyed(DELETE, rows).update();
    }
  }

  void writeSums(List<Sum> sums) {
    if (!sums.isEmpty()) {
      jdbc.sql(SUM)
          .param("leads", Rows.column(sums, Sum::lead))
          .param("scores", Rows.column(sums, sum -> sum.score().points()))
          .param("at", Rows.column(sums, sum -> sum.score().at()))
          .update();
    }
  }

  private JdbcClient.StatementSpec keyed(String sql, List<Row> rows) {
    return jdbc.sql(sql)
        .param("leads", Rows.column(rows, Row::lead))
        .param("rules", Rows.column(rows, row -> row.entry().rule()))
        .param("slots", Rows.column(rows, row -> row.entry().slot()));
  }

  private static ScoreEntry entry(ResultSet row) throws SQLException {
    return new ScoreEntry(
        row.getString(2),
        row.getString(3),
        row.getInt(4),
        row.getString(5),
        row.getString(6),
        Rows.instant(row, 7));
  }
}
