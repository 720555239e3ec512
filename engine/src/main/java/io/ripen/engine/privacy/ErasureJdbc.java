package io.ripen.engine.privacy;

import io.ripen.engine.privacy.Erasure.Remains;
import io.ripen.engine.privacy.Erasure.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The tables {@code erasure}, {@code erased_lead} and {@code erased_trace}. */
final class ErasureJdbc {

  private static final TypeReference<Map<String, Long>> COUNTS = new TypeReference<>() {};
  private static final TypeReference<List<Remains>> REMAINS = new TypeReference<>() {};

  private static final String READ =
      """
      select e.*, array(select lead_id from erased_lead l where l.erasure_id = e.id order by 1)
        as leads
      from erasure e
      """;

  private final JdbcClient jdbc;

  ErasureJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Until the transaction ends, no event is applied and nobody else begins or empties. */
  void lock() {
    jdbc.sql("select pg_advisory_xact_lock(:lock)")
        .param("lock", ErasedJdbc.LOCK)
        .query((row, n) -> row.getObject(1))
        .list();
  }

  /** The erasure of any of these leads, done or not. */
  Optional<Erasure> of(Collection<UUID> leads) {
    return jdbc.sql(
            READ
                + """
                where e.id in (
                  select erasure_id from erased_lead where lead_id = any(:leads::uuid[]))
                order by e.asked_at desc limit 1
                """)
        .param("leads", PeopleJdbc.texts(leads))
        .query(ErasureJdbc::erasure)
        .optional();
  }

  Optional<Erasure> find(UUID id) {
    return jdbc.sql(READ + "where e.id = :id")
        .param("id", id)
        .query(ErasureJdbc::erasure)
        .optional();
  }

  /** The newest first. */
  List<Erasure> newest(int most) {
    return jdbc.sql(READ + "order by e.asked_at desc, e.id limit :most")
        .param("most", most)
        .query(ErasureJdbc::erasure)
        .list();
  }

  /** Those that are not done, the oldest first. */
  List<UUID> open() {
    return jdbc.sql("select id from erasure where state <> 'done' order by asked_at, id")
        .query(UUID.class)
        .list();
  }

  void add(UUID id, Instant at, String by) {
    jdbc.sql("insert into erasure (id, asked_at, asked_by) values (:id, :at, :by)")
        .param("id", id)
        .param("at", utc(at))
        .param("by", by)
        .update();
  }

  void addLeads(UUID id, Collection<UUID> leads) {
    jdbc.sql(
            """
            insert into erased_lead (lead_id, erasure_id)
            select unnest(:leads::uuid[]), :id
            on conflict (lead_id) do update set erasure_id = excluded.erasure_id
            """)
        .param("leads", PeopleJdbc.texts(leads))
        .param("id", id)
        .update();
  }

  void stopped(UUID id, int more) {
    jdbc.sql("update erasure set stopped = stopped + :more, problem = null where id = :id")
        .param("more", more)
        .param("id", id)
        .update();
  }

  /** Why it does not go on. */
  void trouble(UUID id, String problem) {
    jdbc.sql("update erasure set problem = :problem where id = :id and state <> 'done'")
        .param("problem", problem)
        .param("id", id)
        .update();
  }

  /** From then on, what the leads went by and what is of before then is known as erased. */
  void emptied(
      UUID id, Instant at, List<byte[]> traces, List<Long> instances, Map<String, Long> removed) {
    jdbc.sql("update erased_lead set erased_at = :at where erasure_id = :id")
        .param("at", utc(at))
        .param("id", id)
        .update();
    jdbc.sql(
            """
            insert into erased_trace (hash, erased_at) select unnest(:hashes::bytea[]), :at
            on conflict (hash) do update set erased_at = excluded.erased_at
            """)
        .param("hashes", traces.toArray(byte[][]::new))
        .param("at", utc(at))
        .update();
    jdbc.sql(
            """
            update erasure set state = 'emptied', emptied_at = :at, instances = :instances,
              removed = :removed::jsonb, problem = null
            where id = :id
            """)
        .param("at", utc(at))
        .param("instances", instances.toArray(Long[]::new))
        .param("removed", JsonMapper.shared().writeValueAsString(removed))
        .param("id", id)
        .update();
  }

  /** Runs that were to be ended when the rows were deleted. */
  List<Long> instances(UUID id) {
    return jdbc.sql("select unnest(instances) from erasure where id = :id")
        .param("id", id)
        .query(Long.class)
        .list();
  }

  void done(UUID id, Instant at, List<Remains> remains) {
    jdbc.sql(
            """
            update erasure set state = 'done', ended_at = :at, instances = '{}', problem = null,
              remains = :remains::jsonb
            where id = :id and state <> 'done'
            """)
        .param("at", utc(at))
        .param("remains", JsonMapper.shared().writeValueAsString(remains))
        .param("id", id)
        .update();
  }

  /** Leads that were erased a while ago, and that something runs for in Zeebe all the same. */
  List<UUID> lateLeads() {
    return jdbc.sql(
            """
            select distinct l.lead_id from flow_instance_lead l
            join erased_lead e on e.lead_id = l.lead_id where e.erased_at is not null
            """)
        .query(UUID.class)
        .list();
  }

  private static Erasure erasure(ResultSet row, int n) throws SQLException {
    return new Erasure(
        row.getObject("id", UUID.class),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        List.of((UUID[]) row.getArray("leads").getArray()),
        row.getObject("asked_at", OffsetDateTime.class).toInstant(),
        row.getString("asked_by"),
        instant(row, "emptied_at"),
        instant(row, "ended_at"),
        row.getInt("stopped"),
        JsonMapper.shared().readValue(row.getString("removed"), COUNTS),
        JsonMapper.shared().readValue(row.getString("remains"), REMAINS),
        row.getString("problem"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
