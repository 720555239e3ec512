package io.ripen.engine.console;

import io.ripen.engine.onsite.ChatAddress;
import io.ripen.engine.scoring.Readiness;
import io.ripen.engine.scoring.Score;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads leads for lists. */
@Component
@Profile("engine")
final class LeadsJdbc {

  private static final UUID LAST_ID = new UUID(-1, -1);

  /** What a list tells of lead {@code l} beside its own columns. */
  private static final String BESIDE =
      """
      (select count(*) from cart c where c.lead_id = l.id and c.state = 'open') as carts,
      (select count(*) from touch t where t.lead_id = l.id and t.state = 'accepted') as touches,
      coalesce(%s, false) as says_address\
      """
          .formatted(ChatAddress.IS_UNPROVEN);

  private final JdbcClient jdbc;
  private final Readiness readiness;

  LeadsJdbc(JdbcClient jdbc, Readiness readiness) {
    this.jdbc = jdbc;
    this.readiness = readiness;
  }

  /**
   * One page of leads, those seen last first.
   *
   * @param search part of an e-mail address or name, a lead's id, or an id that a site knows the
   *     person by; empty for all
   */
  List<LeadSummary> find(String search, Cursor before, int most) {
    return jdbc.sql(
            """
            with page as (
              select * from lead
              where merged_into is null
                and last_seen_hour <= date_trunc('hour', :at::timestamptz at time zone 'UTC')
                and (last_seen_at, id) < (:at, :id)
                and (:all or id in (select lead_id from lead_identity where value = :search)
                  or id = :lead or email ilike :pattern or first_name ilike :pattern
                  or last_name ilike :pattern or first_name || ' ' || last_name ilike :pattern)
              order by last_seen_hour desc, last_seen_at desc, id desc limit :most
            )
            select l.*, %s
            from page l order by last_seen_at desc, id desc
            """
                .formatted(BESIDE))
        .param("at", before.utc())
        .param("id", before.id().isEmpty() ? LAST_ID : uuid(before.id()).orElse(LAST_ID))
        .param("all", search.isEmpty())
        .param("search", search)
        .param("lead", uuid(search).orElse(null), java.sql.Types.OTHER)
        .param("pattern", "%" + escaped(search) + "%")
        .param("most", most)
        .query((row, number) -> summary(row))
        .list();
  }

  /** The leads with exactly this address, whatever the case. */
  List<LeadSummary> withEmail(String email) {
    return jdbc.sql(
            """
            select l.*, %s
            from lead l where merged_into is null and lower(email) = :email
            order by last_seen_at desc limit 50
            """
                .formatted(BESIDE))
        .param("email", email.strip().toLowerCase(Locale.ROOT))
        .query((row, number) -> summary(row))
        .list();
  }

  /** The lead that an id means today, after every merge. */
  Optional<UUID> survivor(UUID id) {
    return jdbc.sql(
            """
            with recursive way (id, merged_into) as (
              select id, merged_into from lead where id = :id
              union
              select l.id, l.merged_into from lead l join way w on l.id = w.merged_into
            )
            select id from way where merged_into is null
            """)
        .param("id", id)
        .query(UUID.class)
        .optional();
  }

  private LeadSummary summary(ResultSet row) throws SQLException {
    Readiness.Now now = now(row);
    return new LeadSummary(
        row.getObject("id", UUID.class),
        row.getString("stage"),
        now.score(),
        now.temperature().lower(),
        row.getString("email"),
        row.getBoolean("says_address"),
        row.getString("phone"),
        row.getString("first_name"),
        row.getString("last_name"),
        instant(row, "last_seen_at"),
        row.getInt("visits"),
        SourceWords.of(Json.parse(row.getString("last_source"))),
        row.getInt("carts"),
        row.getInt("touches"));
  }

  /** What the lead's points mean now. */
  Readiness.Now now(ResultSet lead) throws SQLException {
    OffsetDateTime at = lead.getObject("score_at", OffsetDateTime.class);
    return readiness.now(
        new Score(lead.getDouble("score"), at == null ? null : at.toInstant()),
        instant(lead, "last_seen_at"));
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<UUID> uuid(String text) {
    try {
      return text.length() == 36 ? Optional.of(UUID.fromString(text)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
  }

  /** The lead and all that were merged into it. */
  UUID[] same(UUID leadId) {
    return jdbc.sql(
            """
            with recursive same_person (id) as (
              select :lead::uuid
              union
              select l.id from lead l join same_person s on l.merged_into = s.id
            )
            select id from same_person
            """)
        .param("lead", leadId)
        .query(UUID.class)
        .list()
        .toArray(UUID[]::new);
  }
}
