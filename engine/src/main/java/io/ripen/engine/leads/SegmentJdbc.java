package io.ripen.engine.leads;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables {@code segment_member}, and {@code segment_due}: whose segments may have changed. */
final class SegmentJdbc {

  private static final String ENTER =
      """
      insert into segment_member (segment, lead_id, since)
      select * from unnest(:segments::text[], :leads::uuid[], :at::timestamptz[])
      on conflict (lead_id, segment) do nothing
      """;

  private static final String LEAVE =
      """
      delete from segment_member m using unnest(:segments::text[], :leads::uuid[]) as g (segment, lead)
      where m.segment = g.segment and m.lead_id = g.lead
      """;

  private static final String MARK =
      """
      insert into segment_due (lead_id) select * from unnest(:leads::uuid[])
      on conflict (lead_id) do update set mark = excluded.mark
      """;

  private final JdbcClient jdbc;

  SegmentJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param named by their ids of today or former ones
   */
  void read(Set<UUID> named, Book book) {
    Set<UUID> leads =
        named.stream()
            .map(book::lead)
            .filter(Objects::nonNull)
            .map(lead -> lead.id)
            .collect(Collectors.toSet());
    if (!leads.isEmpty()) {
      jdbc.sql("select lead_id, segment from segment_member where lead_id = any(:leads::uuid[])")
          .param("leads", Rows.column(leads, id -> id))
          .query((row, n) -> Map.entry(Rows.uuid(row, 1), row.getString(2)))
          .list()
          .forEach(
              member ->
                  Objects.requireNonNull(book.lead(member.getKey()))
                      .segments
                      .add(member.getValue()));
    }
  }

  void write(List<Book.Membership> changes) {
    // A lead may come and go in one batch: the last word counts.
    Map<SegmentChange, Book.Membership> last = new LinkedHashMap<>();
    for (Book.Membership change : changes) {
      last.put(new SegmentChange(change.lead().survivor().id, change.segment(), true), change);
    }
    enter(last.values().stream().filter(Book.Membership::enters).toList());
    leave(last.values().stream().filter(change -> !change.enters()).toList());
  }

  private void enter(List<Book.Membership> changes) {
    if (!changes.isEmpty()) {
      jdbc.sql(ENTER)
          .param("segments", Rows.column(changes, Book.Membership::segment))
          .param("leads", Rows.column(changes, change -> change.lead().survivor().id))
          .param("at", Rows.column(changes, Book.Membership::at))
          .update();
    }
  }

  private void leave(List<Book.Membership> changes) {
    if (!changes.isEmpty()) {
      jdbc.sql(LEAVE)
          .param("segments", Rows.column(changes, Book.Membership::segment))
          .param("leads", Rows.column(changes, change -> change.lead().survivor().id))
          .update();
    }
  }

  /** Notes leads to look at again; in the order of their ids, so that batches do not deadlock. */
  void mark(Collection<UUID> leads) {
    if (!leads.isEmpty()) {
      jdbc.sql(MARK).param("leads", Rows.column(new TreeSet<>(leads), id -> id)).update();
    }
  }
}
