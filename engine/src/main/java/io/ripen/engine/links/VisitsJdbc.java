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

/** The table {@code link_visit}: visits of the links of e-mails within the last minutes. */
final class VisitsJdbc implements Visits {

  private static final String EMAIL = "email";

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
   * Locks the oldest that wait since before this time, until the transaction ends, and judges them;
   * passes over what others hold.
   */
  List<Judged> waitingSince(Instant time, int limit) {
    return jdbc.sql(
            """
            select v.id, v.event,
              coalesce(v.visited_at between t.handed_over_at - :within * interval '1 millisecond'
                and t.handed_over_at + :within * interval '1 millisecond', false)
              or exists (
                select from link_visit o
                where o.touch_key = v.touch_key and o.link <> v.link
                  and o.visited_at between v.visited_at - :once * interval '1 millisecond'
                    and v.visited_at + :once * interval '1 millisecond') as scanned
            from link_visit v left join touch t on t.key = v.touch_key
            where v.event is not null and v.visited_at <= :time
            order by v.id
            limit :limit
            for update of v skip locked
            """)
        .param("within", millis(scanners.within()))
        .param("once", millis(scanners.atOnce()))
        .param("time", utc(time))
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

  void forgetBefore(Instant time) {
    jdbc.sql("delete from link_visit where event is null and visited_at < :time")
        .param("time", utc(time))
        .update();
  }

  private static Judged judged(ResultSet row, int number) throws SQLException {
    return new Judged(row.getLong("id"), row.getBytes("event"), row.getBoolean("scanned"));
  }

  /** Nothing lies within less than nothing. */
  private static long millis(Duration time) {
    return time.isZero() ? -1 : time.toMillis();
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
