package io.ripen.engine.audience;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
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
      values (:flow, :segment, nullif(:perHour::int, 0), :at, 0)
      on conflict (flow, segment) where state = 'running' do nothing
      """;

  /** What may be made up for of the time in which nobody could be started. */
  private static final int LATE_SECONDS = 10;

  /** Longer by that, so that no hour has more starts for what was made up for in it. */
  private static final double PACE_SECONDS = Duration.ofHours(1).toSeconds() + LATE_SECONDS;

  /**
   * Goes on with one that runs or was stopped, at another pace where one is asked for; 0 is none.
   * Whose turn had not come yet does not have it at once by another pace.
   */
  private static final String GO_ON =
      """
      update broadcast set state = 'running', ended_at = null, problem = null,
        next_at = case when next_at is not null then least(next_at, :now::timestamptz
          + make_interval(secs => :pace / nullif(coalesce(:perHour::int, per_hour), 0))) end,
        per_hour = nullif(coalesce(:perHour::int, per_hour), 0)
      where id = :id and state in ('running', 'stopped', 'failed')
      """;

  private static final UUID BEFORE_ALL = new UUID(0, 0);

  /** The place is a parameter, as only so PostgreSQL's index begins there. */
  static final String MEMBERS =
      """
      select m.lead_id from segment_member m
      where m.segment = :segment and m.lead_id > :after and not exists (
        -- Who had their turn under a former id.
        select 1 from lead l join flow_start s on s.lead_id = l.id
        where l.merged_into = m.lead_id and s.cause = :cause)
      order by m.lead_id limit :most
      """;

  /** Whose members have their turn, and who was last. */
  private record Place(String segment, @Nullable UUID after) {}

  private final JdbcClient jdbc;

  BroadcastsJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Begins one, unless the same flow is on its way to the same segment. */
  void begin(String flow, String segment, @Nullable Integer perHour, Instant at) {
    jdbc.sql(BEGIN)
        .param("flow", flow)
        .param("segment", segment)
        .param("perHour", perHour)
        .param("at", utc(at))
        .update();
  }

  /** How many members there are, for those whose members were not counted yet. */
  void count(String segment) {
    jdbc.sql(
            """
            update broadcast
            set leads = (select count(*) from segment_member where segment = :segment)
            where segment = :segment and state = 'running' and leads = 0
            """)
        .param("segment", segment)
        .update();
  }

  void goOn(long id, @Nullable Integer perHour, Instant now) {
    jdbc.sql(GO_ON)
        .param("id", id)
        .param("perHour", perHour)
        .param("pace", PACE_SECONDS)
        .param("now", utc(now))
        .update();
  }

  /** The last one of this flow to this segment. */
  Optional<Broadcast> newest(String flow, String segment) {
    return jdbc.sql(
            """
            select * from broadcast where flow = :flow and segment = :segment
            order by id desc limit 1
            """)
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

  /** Those under way; of those at a pace, whose next turn has come. */
  List<Broadcast> due(Instant now) {
    return jdbc.sql(
            """
            select * from broadcast
            where state = 'running' and (per_hour is null or next_at is null or next_at <= :now)
            order by id
            """)
        .param("now", utc(now))
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

  long members(String segment) {
    return jdbc.sql("select count(*) from segment_member where segment = :segment")
        .param("segment", segment)
        .query(Long.class)
        .single();
  }

  /** Members whose turn is still to come. */
  long left(long id) {
    return jdbc.sql(
            """
            select count(*) from broadcast b join segment_member m on m.segment = b.segment
            where b.id = :id and m.lead_id > coalesce(b.after_id, :first)
            """)
        .param("id", id)
        .param("first", BEFORE_ALL)
        .query(Long.class)
        .single();
  }

  /** Those whose turn is next, in the order of their ids. */
  List<UUID> next(long id, int most) {
    return jdbc.sql("select segment, after_id from broadcast where id = :id and state = 'running'")
        .param("id", id)
        .query((row, n) -> new Place(row.getString(1), row.getObject(2, UUID.class)))
        .optional()
        .map(place -> members(place, "broadcast " + id, most))
        .orElse(List.of());
  }

  private List<UUID> members(Place place, String cause, int most) {
    return jdbc.sql(MEMBERS)
        .param("segment", place.segment())
        .param("after", place.after() == null ? BEFORE_ALL : place.after())
        .param("cause", cause)
        .param("most", most)
        .query(UUID.class)
        .list();
  }

  /** This one had their turn; at a pace, the next one's comes later. */
  void advance(long id, UUID after, boolean started, Instant now) {
    jdbc.sql(
            """
            update broadcast set after_id = :after, done = done + 1, started = started + :started,
              unsure = unsure + 1 - :started,
              next_at = greatest(coalesce(next_at, :now::timestamptz),
                  :now::timestamptz - make_interval(secs => :late))
                + make_interval(secs => :pace / per_hour)
            where id = :id
            """)
        .param("id", id)
        .param("after", after)
        .param("started", started ? 1 : 0)
        .param("late", LATE_SECONDS)
        .param("pace", PACE_SECONDS)
        .param("now", utc(now))
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
        row.getLong("unsure"),
        row.getString("problem"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
