package io.ripen.engine.links;

import io.ripen.engine.events.EventJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code link_visit}: visits of the links of e-mails within the last minutes. They are
 * judged by the database's clock alone, which all engines and workers share.
 */
final class VisitsJdbc implements Visits {

  private static final String EMAIL = "email";

  /** Nothing lies within less than nothing. */
  private static final long NEVER = -1;

  private final JdbcClient jdbc;
  private final EventJson json;
  private final ScannerProperties scanners;

  VisitsJdbc(JdbcClient jdbc, EventJson json, ScannerProperties scanners) {
    this.jdbc = jdbc;
    this.json = json;
    this.scanners = scanners;
  }

  @Override
  public boolean hold(TouchRef touch) {
    return touch.channel().equals(EMAIL) && !scanners.isOff();
  }

  @Override
  public void put(Visit visit) {
    jdbc.sql(
            """
            insert into link_visit (touch_key, lead_id, link, visited_at, event)
            values (:touch, :lead, md5(:link::text), :at, :event)
            """)
        .param("touch", visit.touch().touch())
        .param("lead", visit.touch().leadId())
        .param("link", visit.link())
        .param("at", utc(visit.at()))
        .param("event", visit.event() == null ? null : json.write(visit.event()))
        .update();
  }

  /**
   * Locks the oldest that have waited for so long, until the transaction ends, and judges them;
   * passes over what others hold, and over e-mails that are being handed over right now.
   */
  List<Judged> judge(Duration wait, int limit) {
    return jdbc.sql(
            """
            select v.id, v.event,
              :within > 0 and coalesce(v.noted_at between t.hand_over_began_at
                and coalesce(t.hand_over_ended_at, t.hand_over_began_at)
                  + :within * interval '1 millisecond', false)
              or exists (
                select from link_visit o
                where o.touch_key = v.touch_key and o.link <> v.link
                  and o.noted_at between v.noted_at - :once * interval '1 millisecond'
                    and v.noted_at + :once * interval '1 millisecond') as scanned
            from link_visit v left join touch t on t.key = v.touch_key
            where v.event is not null
              and v.noted_at <= clock_timestamp() - :wait * interval '1 millisecond'
              and coalesce(v.next_attempt_at <= clock_timestamp(), true)
              and coalesce(t.state <> 'handing-over' or t.claimed_until <= clock_timestamp(), true)
            order by v.id
            limit :limit
            for update of v skip locked
            """)
        .param("within", scanners.within().toMillis())
        .param("once", scanners.atOnce().isZero() ? NEVER : scanners.atOnce().toMillis())
        .param("wait", wait.toMillis())
        .param("limit", limit)
        .query(VisitsJdbc::judged)
        .list();
  }

  /** They are told; that they were made still counts for others. */
  void told(Collection<Long> ids) {
    jdbc.sql("update link_visit set event = null where id = any(:ids)")
        .param("ids", ids.toArray(Long[]::new))
        .update();
  }

  /** Lets one stand aside for so long, so that it is in nobody's way. */
  void setAside(long id, String problem, Duration time) {
    jdbc.sql(
            """
            update link_visit
            set problem = :problem,
              next_attempt_at = clock_timestamp() + :time * interval '1 millisecond'
            where id = :id
            """)
        .param("id", id)
        .param("problem", problem)
        .param("time", time.toMillis())
        .update();
  }

  /**
   * Those that could not be told and have this age.
   *
   * @return how many
   */
  int giveUp(Duration age) {
    return jdbc.sql(
            """
            delete from link_visit
            where event is not null and problem is not null
              and noted_at < clock_timestamp() - :age * interval '1 millisecond'
            """)
        .param("age", age.toMillis())
        .update();
  }

  /** Those of this age, but for those that one that waits may be compared with. */
  void forget(Duration age) {
    jdbc.sql(
            """
            delete from link_visit v
            where event is null and noted_at < clock_timestamp() - :age * interval '1 millisecond'
              and not exists (
                select from link_visit w
                where w.touch_key = v.touch_key and w.event is not null)
            """)
        .param("age", age.toMillis())
        .update();
  }

  private static Judged judged(ResultSet row, int number) throws SQLException {
    return new Judged(row.getLong("id"), row.getBytes("event"), row.getBoolean("scanned"));
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /**
   * A visit of which it shows who made it.
   *
   * @param isScanned whether a program did
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Judged(long id, byte[] event, boolean isScanned) {}
}
