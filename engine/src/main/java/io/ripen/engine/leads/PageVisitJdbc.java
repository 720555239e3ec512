package io.ripen.engine.leads;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code page_visit}. */
final class PageVisitJdbc {

  private static final String READ =
      """
      select p.lead_id, p.path, p.visits, p.first_at, p.last_at
      from unnest(:leads::uuid[], :paths::text[]) as a (lead_id, path)
      join page_visit p on p.lead_id = a.lead_id and p.path = a.path
      """;

  private static final String READ_ALL =
      """
      select lead_id, path, visits, first_at, last_at from page_visit
      where lead_id = any(:leads::uuid[])
      """;

  private static final String WRITE =
      """
      insert into page_visit (lead_id, path, visits, first_at, last_at)
      select * from unnest(:leads::uuid[], :paths::text[], :visits::int[],
        :firstAt::timestamptz[], :lastAt::timestamptz[])
      on conflict (lead_id, path) do update set
        visits = excluded.visits, first_at = excluded.first_at, last_at = excluded.last_at
      """;

  private final JdbcClient jdbc;

  PageVisitJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Reads these pages into their leads. */
  void read(Set<PageState.Key> pages, Book book) {
    if (!pages.isEmpty()) {
      jdbc.sql(READ)
          .param("leads", Rows.column(pages, PageState.Key::leadId))
          .param("paths", Rows.column(pages, PageState.Key::path))
          .query(into(book))
          .list();
    }
  }

  /** Reads all pages of leads that may be merged. */
  void readAll(Set<UUID> leads, Book book) {
    if (!leads.isEmpty()) {
      jdbc.sql(READ_ALL).param("leads", Rows.column(leads, id -> id)).query(into(book)).list();
    }
  }

  void write(Collection<LeadState> leads) {
    List<PageState> pages =
        leads.stream()
            .flatMap(lead -> lead.pages.values().stream())
            .filter(page -> page.isChanged)
            .toList();
    if (!pages.isEmpty()) {
      jdbc.sql(WRITE)
          .param("leads", Rows.column(pages, page -> page.lead.id))
          .param("paths", Rows.column(pages, page -> page.path))
          .param("visits", Rows.column(pages, page -> page.visits))
          .param("firstAt", Rows.column(pages, page -> page.firstAt))
          .param("lastAt", Rows.column(pages, page -> page.lastAt))
          .update();
    }
  }

  private static RowMapper<String> into(Book book) {
    return (row, n) -> {
      LeadState lead = book.lead(Rows.uuid(row, 1));
      String path = row.getString(2);
      if (lead != null) {
        lead.pages.put(
            path,
            new PageState(lead, path, row.getInt(3), Rows.instant(row, 4), Rows.instant(row, 5)));
      }
      return path;
    };
  }
}
