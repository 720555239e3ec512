package io.ripen.engine.audience;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table {@code broadcast}. */
final class BroadcastsJdbc {

  private static final String BEGIN =
      """
      insert into broadcast (flow, segment, per_hour, started_at, leads)
      values (:flow, :segment, :perHour::int, :at,
        (select count(*) from segment_member where segment = :segment))
      on conflict (flow, segment) where state = 'running' do nothing
      """;

  private static final String MEMBERS =
      """
      select m.lead_id from broadcast b
      join segment_member m
        on m.segment = b.segment and (b.after_id is null or m.lead_id > b.after_id)
      where b.id = :id and b.state = 'running'
      order by m.lead_id limit :most
      """;

  private final JdbcClient jdbc;

  BroadcastsJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Begins one, unless the same flow is on its way to the same segment. */
  boolean begin(String flow, String segment, @Nullable Integer perHour, Instant at) {
    return jdbc.sql(BEGIN)
            .param("flow", flow)
            .param("segment", segment)
            .param("perHour", perHour)
            .param("at", utc(at))
            .update()
        == 1;
  }

  Optional<Broadcast> running(String flow, String segment) {
    return jdbc.sql(
            "select * from broadcast where flow = :flow and segment = :segment and state = 'running'")
        .param("flow", flow)
        .param("segment", segment)
        .query((row, n) -> broadcast(row))
        .optional();
  }

  Optional<Broadcast> find(long id) {
    return jdbc.sql("select * from broadcast where id = :id")
        .param("id", id)
        .query((row, n) -> broadcast(row))
        .optional();
  }

  List<Broadcast> running() {
    return jdbc.sql("select * from broadcast where state = 'running' order by id")
        .query((row, n) -> broadcast(row))
        .list();
  }

  /** The newest ones. */
  List<Broadcast> newest(int most) {
    return jdbc.sql("select * from broadcast order by id desc limit :most")
        .param("most", most)
        .query((row, n) -> broadcast(row))
        .list();
  }

  /** Those whose turn is next, in the order of their ids. */
  List<UUID> next(long id, int most) {
    return jdbc.sql(MEMBERS).param("id", id).param("most", most).query(UUID.class).list();
  }

  void advance(long id, UUID after, boolean started) {
    jdbc.sql(
            """
            update broadcast set after_id = :after, done = done + 1,
              started = started + :started where id = :id
            """)
        .param("id", id)
        .param("after", after)
        .param("started", started ? 1 : 0)
        .update();
  }

  /** Ends one that runs; one that has ended stays as it is. */
  void end(long id, String state, @Nullable String problem, Instant at) {
    jdbc.sql(
            """
            update broadcast set state = :state, problem = :problem, ended_at = :at
            where id = :id and state = 'running'
            """)
        .param("id", id)
        .param("state", state)
        .param("problem", problem)
        .param("at", utc(at))
        .update();
  }

  private static Broadcast broadcast(ResultSet row) throws SQLException {
    OffsetDateTime endedAt = row.getObject("ended_at", OffsetDateTime.class);
    return new Broadcast(
        row.getLong("id"),
        row.getString("flow"),
        row.getString("segment"),
        row.getString("state"),
        row.getObject("per_hour", Integer.class),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        endedAt == null ? null : endedAt.toInstant(),
        row.getLong("leads"),
        row.getLong("done"),
        row.getLong("started"),
        row.getString("problem"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
