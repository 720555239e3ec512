package io.ripen.engine.leads;

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

  private record Row(LeadState lead, ScoreEntry entry) {}

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
                lead.points.know(
                    new ScoreEntry(
                        row.getString(2),
                        row.getString(3),
                        row.getInt(4),
                        row.getString(5),
                        row.getString(6),
                        Rows.instant(row, 7)));
              }
              return n;
            })
        .list();
  }

  void write(Collection<LeadState> leads) {
    List<Row> rows =
        leads.stream()
            .flatMap(lead -> lead.points.changed().stream().map(entry -> new Row(lead, entry)))
            .toList();
    if (!rows.isEmpty()) {
      jdbc.sql(WRITE)
          .param("leads", Rows.column(rows, row -> row.lead().id))
          .param("rules", Rows.column(rows, row -> row.entry().rule()))
          .param("slots", Rows.column(rows, row -> row.entry().slot()))
          .param("points", Rows.column(rows, row -> row.entry().points()))
          .param("reasons", Rows.column(rows, row -> row.entry().reason()))
          .param("causes", Rows.column(rows, row -> row.entry().cause()))
          .param("at", Rows.column(rows, row -> row.entry().at()))
          .update();
    }
  }
}
