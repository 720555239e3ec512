package io.ripen.engine.audience;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is in segments, whom to look at again, and how far the look at everybody has come. */
final class SegmentsJdbc {

  /** A lead to look at, and which change of it we know of. */
  record Due(UUID lead, long mark) {}

  /** How far the look at everybody has come. */
  record Sweep(
      Set<String> conditions,
      Set<String> settledBefore,
      Instant startedAt,
      boolean isOver,
      @Nullable UUID after) {

    /** The conditions that everybody was looked at for by now. */
    Set<String> settled() {
      return isOver ? conditions : settledBefore;
    }

    /** Whether it was this lead's turn already. Goes by the bytes of ids, as PostgreSQL does. */
    boolean hasPassed(UUID lead) {
      return isOver || (after != null && lead.toString().compareTo(after.toString()) <= 0);
    }
  }

  /**
   * How often points were made anew.
   *
   * @param lastEnded zero where none has
   */
  record Recomputes(long lastEnded, boolean isUnderWay) {}

  private static final String SETTLED =
      """
      delete from segment_due where lead_id in (
        select d.lead_id from unnest(:leads::uuid[], :marks::bigint[]) as s (lead, mark)
        join segment_due d on d.lead_id = s.lead and d.mark = s.mark
        order by d.lead_id
        for update of d skip locked)
      """;

  private static final String BEGIN =
      """
      insert into segment_sweep (conditions, settled, started_at)
      values (:conditions, :settled, :at)
      on conflict (only_one) do update set conditions = excluded.conditions,
        settled = excluded.settled, started_at = excluded.started_at, ended_at = null, after_id = null,
        leads = 0, changes = 0
      """;

  private static final String NEXT_PAGE =
      """
      select id from lead
      where (:after::uuid is null or id > :after::uuid) and merged_into is null
      order by id limit :most
      """;

  private final JdbcClient jdbc;

  SegmentsJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Those that changed longest ago. */
  List<Due> due(int most) {
    return jdbc.sql("select lead_id, mark from segment_due order by mark limit :most")
        .param("most", most)
        .query((row, n) -> new Due(row.getObject(1, UUID.class), row.getLong(2)))
        .list();
  }

  /** They were looked at; those that changed meanwhile, or change just now, stay due. */
  void settled(List<Due> leads) {
    jdbc.sql(SETTLED)
        .param("leads", leads.stream().map(due -> due.lead().toString()).toArray(String[]::new))
        .param("marks", leads.stream().map(Due::mark).toArray(Long[]::new))
        .update();
  }

  Optional<Sweep> sweep() {
    return jdbc.sql("select conditions, settled, started_at, ended_at, after_id from segment_sweep")
        .query(
            (row, n) ->
                new Sweep(
                    row.getString(1).lines().collect(Collectors.toSet()),
                    row.getString(2).lines().collect(Collectors.toSet()),
                    row.getObject(3, OffsetDateTime.class).toInstant(),
                    row.getObject(4) != null,
                    row.getObject(5, UUID.class)))
        .optional();
  }

  void beginSweep(Sweep begun) {
    jdbc.sql(BEGIN)
        .param("conditions", String.join("\n", begun.conditions()))
        .param("settled", String.join("\n", begun.settledBefore()))
        .param("at", utc(begun.startedAt()))
        .update();
  }

  Recomputes recomputes() {
    return jdbc.sql(
            """
            select coalesce(max(id) filter (where state <> 'running'), 0),
              coalesce(bool_or(state = 'running'), false)
            from score_recompute
            """)
        .query((row, n) -> new Recomputes(row.getLong(1), row.getBoolean(2)))
        .single();
  }

  List<UUID> nextPage(@Nullable UUID after, int most) {
    return jdbc.sql(NEXT_PAGE)
        .param("after", after == null ? null : after.toString())
        .param("most", most)
        .query(UUID.class)
        .list();
  }

  void advance(UUID after, int leads, int changes) {
    jdbc.sql(
            """
            update segment_sweep set after_id = :after, leads = leads + :leads,
              changes = changes + :changes
            """)
        .param("after", after)
        .param("leads", leads)
        .param("changes", changes)
        .update();
  }

  void endSweep(Instant at) {
    jdbc.sql("update segment_sweep set ended_at = :at").param("at", utc(at)).update();
  }

  /** How many leads are in each; one that nobody is in is left out. */
  Map<String, Long> counts() {
    return jdbc
        .sql("select segment, count(*) from segment_member group by segment")
        .query((row, n) -> Map.entry(row.getString(1), row.getLong(2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
