package io.ripen.engine.monitoring;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table search_place, and when all was looked through last. */
final class SearchPlacesJdbc {

  private final JdbcClient jdbc;

  SearchPlacesJdbc(JdbcTemplate jdbc) {
    this.jdbc = JdbcClient.create(jdbc);
  }

  /** Where a look is; at its beginning when it was never made. */
  SearchPlace of(String look, Instant now) {
    jdbc.sql(
            "insert into search_place (look, began_at) values (:look, :now) on conflict do nothing")
        .param("look", look)
        .param("now", utc(now))
        .update();
    return jdbc.sql("select * from search_place where look = :look")
        .param("look", look)
        .query(SearchPlacesJdbc::place)
        .single();
  }

  /** Whether nobody has read on since, and keeps it so until the transaction ends. */
  boolean lock(SearchPlace place) {
    return jdbc.sql("select turn from search_place where look = :look for update")
        .param("look", place.look())
        .query(Long.class)
        .optional()
        .filter(turn -> turn == place.turn())
        .isPresent();
  }

  void store(SearchPlace place) {
    jdbc.sql(
            """
            update search_place set since = :since, newest = :newest, cursor = :cursor,
              last_key = :last, began_at = :began, turn = :turn
            where look = :look
            """)
        .param("since", utcOrNull(place.since()))
        .param("newest", utcOrNull(place.newest()))
        .param("cursor", place.cursor())
        .param("last", place.lastKey())
        .param("began", utc(place.beganAt()))
        .param("turn", place.turn())
        .param("look", place.look())
        .update();
  }

  /** All was looked through. */
  void noteRead(Instant now) {
    jdbc.sql("update read_model set read_at = :now").param("now", utc(now)).update();
  }

  /** Empty before the first time. */
  Optional<Instant> readAt() {
    return jdbc.sql("select read_at from read_model where read_at is not null")
        .query((row, number) -> row.getObject("read_at", OffsetDateTime.class).toInstant())
        .optional();
  }

  /** Whether instances were moved to another version after that. */
  boolean isMovedSince(Instant time) {
    return jdbc.sql("select exists (select from flow_move where moved_at > :time)")
        .param("time", utc(time))
        .query(Boolean.class)
        .single();
  }

  private static SearchPlace place(ResultSet row, int number) throws SQLException {
    Instant began = instant(row, "began_at");
    return new SearchPlace(
        row.getString("look"),
        instant(row, "since"),
        instant(row, "newest"),
        row.getString("cursor"),
        row.getLong("last_key"),
        began == null ? Instant.EPOCH : began,
        row.getLong("turn"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant time) {
    return time.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable OffsetDateTime utcOrNull(@Nullable Instant time) {
    return time == null ? null : utc(time);
  }
}
