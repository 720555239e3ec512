package io.ripen.engine.leads;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code score_recompute}. */
final class RecomputeJdbc {

  /** A run that is not over, and where it is. */
  record Position(long id, String rules, @Nullable UUID after, @Nullable UUID until) {}

  /** A lead and who it is today. */
  record Visited(UUID id, UUID today) {}

  /** What became of a page of leads. */
  record Done(int leads, int changed, int added, int replaced, int removed) {

    static final Done NOTHING = new Done(0, 0, 0, 0, 0);
  }

  private static final String BEGIN =
      """
      insert into score_recompute (rules, started_at, until_id, leads)
      select :rules, :at, (select id from lead order by id desc limit 1), (select count(*) from lead)
      on conflict (state) where state = 'running' do nothing
      """;

  private static final String BEGIN_ANEW =
      """
      update score_recompute set rules = :rules, after_id = null, leads_done = 0,
        leads_changed = 0, entries_added = 0, entries_changed = 0, entries_removed = 0,
        until_id = (select id from lead order by id desc limit 1),
        leads = (select count(*) from lead)
      where id = :id
      """;

  private static final String NEXT_PAGE =
      """
      select id, coalesce(merged_into, id) from lead
      where (:after::uuid is null or id > :after::uuid) and id <= :until::uuid
      order by id limit :most
      """;

  private static final String ADVANCE =
      """
      update score_recompute set after_id = :after, leads_done = leads_done + :leads,
        leads_changed = leads_changed + :changed, entries_added = entries_added + :added,
        entries_changed = entries_changed + :replaced, entries_removed = entries_removed + :removed
      where id = :id
      """;

  private final JdbcClient jdbc;

  RecomputeJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Begins a run, unless one is under way. */
  void begin(String rules, Instant at) {
    jdbc.sql(BEGIN).param("rules", rules).param("at", Rows.utc(at)).update();
  }

  /** The run that was begun last. */
  Optional<Recompute> newest() {
    return jdbc.sql("select * from score_recompute order by id desc limit 1")
        .query((row, n) -> run(row))
        .optional();
  }

  boolean isUnderWay() {
    return jdbc.sql("select exists (select 1 from score_recompute where state = 'running')")
        .query(Boolean.class)
        .single();
  }

  /** The run under way, kept from everybody else until the caller's transaction ends. */
  Optional<Position> lock() {
    return jdbc.sql(
            """
            select id, rules, after_id, until_id from score_recompute where state = 'running'
            for update
            """)
        .query(
            (row, n) ->
                new Position(
                    row.getLong(1),
                    row.getString(2),
                    row.getObject(3, UUID.class),
                    row.getObject(4, UUID.class)))
        .optional();
  }

  /** The next leads in the order of their ids, also those that were merged. */
  List<Visited> nextPage(Position position, int most) {
    return jdbc.sql(NEXT_PAGE)
        .param("after", text(position.after()))
        .param("until", text(position.until()))
        .param("most", most)
        .query((row, n) -> new Visited(Rows.uuid(row, 1), Rows.uuid(row, 2)))
        .list();
  }

  void advance(Position position, UUID after, Done done) {
    jdbc.sql(ADVANCE)
        .param("id", position.id())
        .param("after", after)
        .param("leads", done.leads())
        .param("changed", done.changed())
        .param("added", done.added())
        .param("replaced", done.replaced())
        .param("removed", done.removed())
        .update();
  }

  void beginAnew(Position position, String rules) {
    jdbc.sql(BEGIN_ANEW).param("id", position.id()).param("rules", rules).update();
  }

  void finish(Position position, Instant at) {
    end("state = 'running' and id = " + position.id(), "done", null, at);
  }

  void fail(String problem, Instant at) {
    end("state = 'running'", "failed", problem, at);
  }

  private void end(String which, String state, @Nullable String problem, Instant at) {
    jdbc.sql(
            "update score_recompute set state = :state, problem = :problem, ended_at = :at where "
                + which)
        .param("state", state)
        .param("problem", problem)
        .param("at", Rows.utc(at))
        .update();
  }

  private static @Nullable String text(@Nullable UUID id) {
    return id == null ? null : id.toString();
  }

  private static Recompute run(ResultSet row) throws SQLException {
    OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
    return new Recompute(
        row.getLong("id"),
        row.getString("state"),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        endedAt == null ? null : endedAt.toInstant(),
        row.getLong("leads"),
        row.getLong("leads_done"),
        row.getLong("leads_changed"),
        row.getLong("entries_added"),
        row.getLong("entries_changed"),
        row.getLong("entries_removed"),
        row.getString("problem"));
  }
}
