package io.ripen.engine.leads;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The tables {@code lead} and {@code stage_change}. */
final class LeadJdbc {

  private static final String INSERT =
      """
      insert into lead (id, stage, email, phone, first_name, last_name, locale, time_zone,
        region_zone, traits, traits_at, answers, back_at, visits, page_views, reading_seconds, first_seen_at, last_seen_at,
        first_source, last_source, first_source_at, last_source_at, score, score_at)
      select * from unnest(:id::uuid[], :stage::text[], :email::text[], :phone::text[],
        :firstName::text[], :lastName::text[], :locale::text[], :timeZone::text[],
        :regionZone::text[], :traits::jsonb[], :traitsAt::jsonb[], :answers::jsonb[], :backAt::timestamptz[], :visits::int[], :pageViews::bigint[],
        :readingSeconds::bigint[],
        :firstSeenAt::timestamptz[], :lastSeenAt::timestamptz[], :firstSource::jsonb[],
        :lastSource::jsonb[], :firstSourceAt::timestamptz[], :lastSourceAt::timestamptz[],
        :score::float8[], :scoreAt::timestamptz[])
      """;

  private static final String UPDATE =
      """
      update lead l set
        stage = n.stage, email = n.email, phone = n.phone, first_name = n.first_name,
        last_name = n.last_name, locale = n.locale, time_zone = n.time_zone,
        region_zone = n.region_zone, traits = n.traits,
        traits_at = n.traits_at, answers = n.answers, back_at = n.back_at, visits = n.visits, page_views = n.page_views,
        reading_seconds = n.reading_seconds,
        first_seen_at = n.first_seen_at, last_seen_at = n.last_seen_at,
        first_source = n.first_source, last_source = n.last_source,
        first_source_at = n.first_source_at, last_source_at = n.last_source_at, score = n.score,
        score_at = n.score_at, merged_into = n.merged_into
      from unnest(:id::uuid[], :stage::text[], :email::text[], :phone::text[],
        :firstName::text[], :lastName::text[], :locale::text[], :timeZone::text[],
        :regionZone::text[], :traits::jsonb[], :traitsAt::jsonb[], :answers::jsonb[], :backAt::timestamptz[], :visits::int[], :pageViews::bigint[],
        :readingSeconds::bigint[],
        :firstSeenAt::timestamptz[], :lastSeenAt::timestamptz[], :firstSource::jsonb[],
        :lastSource::jsonb[], :firstSourceAt::timestamptz[], :lastSourceAt::timestamptz[],
        :score::float8[], :scoreAt::timestamptz[], :mergedInto::uuid[])
        as n (id, stage, email, phone, first_name, last_name, locale, time_zone, region_zone, traits, traits_at,
        answers, back_at, visits, page_views, reading_seconds, first_seen_at, last_seen_at, first_source,
        last_source, first_source_at, last_source_at, score, score_at, merged_into)
      where l.id = n.id
      """;

  private static final String UPDATE_SEEN =
      """
      update lead l set
        visits = n.visits, page_views = n.page_views,
        reading_seconds = n.reading_seconds, first_seen_at = n.first_seen_at,
        last_seen_at = n.last_seen_at, last_source_at = n.last_source_at, score = n.score,
        score_at = n.score_at
      from unnest(:id::uuid[], :visits::int[], :pageViews::bigint[],
        :readingSeconds::bigint[],
        :firstSeenAt::timestamptz[], :lastSeenAt::timestamptz[], :lastSourceAt::timestamptz[],
        :score::float8[], :scoreAt::timestamptz[])
        as n (id, visits, page_views, reading_seconds, first_seen_at, last_seen_at, last_source_at,
        score, score_at)
      where l.id = n.id
      """;

  private static final String STAGE_CHANGE =
      """
      insert into stage_change (lead_id, from_stage, to_stage, changed_at, reason, cause, flow,
        element_id, instance_key, person, rule)
      select * from unnest(:leads::uuid[], :from::text[], :to::text[], :at::timestamptz[],
        :reasons::text[], :causes::text[], :flows::text[], :elements::text[], :instances::bigint[],
        :people::text[], :rules::text[])
      """;

  private final JdbcClient jdbc;

  LeadJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** What these ids are called today; one that is no lead's is left out. */
  Map<UUID, UUID> survivors(Set<UUID> ids) {
    return jdbc
        .sql("select id, coalesce(merged_into, id) from lead where id = any(:ids::uuid[])")
        .param("ids", Rows.column(ids, id -> id))
        .query((row, n) -> Map.entry(Rows.uuid(row, 1), Rows.uuid(row, 2)))
        .list()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Reads and locks; in the order of their ids, so that batches that meet wait for each other. */
  List<LeadState> lock(Set<UUID> ids) {
    return jdbc.sql(
            """
            select id, stage, email, phone, first_name, last_name, locale, time_zone,
              region_zone, traits::text, traits_at::text, answers::text, back_at, visits, page_views, reading_seconds,
              first_seen_at, last_seen_at,
              first_source::text, last_source::text, first_source_at, last_source_at, score,
              score_at, merged_into
            from lead where id = any(:ids::uuid[]) order by id for no key update
            """)
        .param("ids", Rows.column(new TreeSet<>(ids), id -> id))
        .query((row, n) -> lead(row))
        .list();
  }

  void write(Collection<LeadState> leads) {
    insert(leads.stream().filter(lead -> lead.isNew).toList());
    update(leads.stream().filter(LeadJdbc::isToUpdate).toList());
    updateSeen(
        leads.stream().filter(lead -> lead.isSeen && !lead.isNew && !lead.isChanged).toList());
  }

  void write(List<Book.StageChange> changes) {
    if (!changes.isEmpty()) {
      jdbc.sql(STAGE_CHANGE)
          .param("leads", Rows.column(changes, change -> change.lead().id))
          .param("from", Rows.column(changes, Book.StageChange::from))
          .param("to", Rows.column(changes, Book.StageChange::to))
          .param("at", Rows.column(changes, change -> change.event().occurredAt()))
          .param("reasons", Rows.column(changes, Book.StageChange::reason))
          .param("causes", Rows.column(changes, change -> Stages.cause(change.event().messageId())))
          .param("flows", Rows.column(changes, change -> change.by().flow()))
          .param("elements", Rows.column(changes, change -> change.by().element()))
          .param("instances", Rows.column(changes, change -> change.by().instance()))
          .param("people", Rows.column(changes, change -> change.by().person()))
          .param("rules", Rows.column(changes, change -> change.by().rule()))
          .update();
    }
  }

  /** A new one may have been merged already: then its row is there for its events' sake. */
  private static boolean isToUpdate(LeadState lead) {
    return lead.mergedInto != null || (lead.isChanged && !lead.isNew);
  }

  private void insert(List<LeadState> leads) {
    if (!leads.isEmpty()) {
      withAll(jdbc.sql(INSERT), leads).update();
    }
  }

  private void update(List<LeadState> leads) {
    if (!leads.isEmpty()) {
      withAll(jdbc.sql(UPDATE), leads)
          .param("mergedInto", Rows.column(leads, lead -> id(lead.mergedInto)))
          .update();
    }
  }

  private void updateSeen(List<LeadState> leads) {
    if (!leads.isEmpty()) {
      withSeen(jdbc.sql(UPDATE_SEEN), leads).update();
    }
  }

  private static StatementSpec withSeen(StatementSpec statement, List<LeadState> leads) {
    return statement
        .param("id", Rows.column(leads, lead -> lead.id))
        .param("visits", Rows.column(leads, lead -> lead.visits))
        .param("pageViews", Rows.column(leads, lead -> lead.pageViews))
        .param("readingSeconds", Rows.column(leads, lead -> lead.readingSeconds))
        .param("firstSeenAt", Rows.column(leads, lead -> lead.firstSeenAt))
        .param("lastSeenAt", Rows.column(leads, lead -> lead.lastSeenAt))
        .param("lastSourceAt", Rows.column(leads, lead -> lead.lastSourceAt))
        .param("score", Rows.column(leads, lead -> lead.points.score().points()))
        .param("scoreAt", Rows.column(leads, lead -> lead.points.score().at()));
  }

  private static StatementSpec withAll(StatementSpec statement, List<LeadState> leads) {
    return withSeen(statement, leads)
        .param("stage", Rows.column(leads, lead -> lead.stage))
        .param("email", Rows.column(leads, lead -> lead.email))
        .param("phone", Rows.column(leads, lead -> lead.phone))
        .param("firstName", Rows.column(leads, lead -> lead.firstName))
        .param("lastName", Rows.column(leads, lead -> lead.lastName))
        .param("locale", Rows.column(leads, lead -> lead.locale))
        .param("timeZone", Rows.column(leads, lead -> lead.timeZone))
        .param("regionZone", Rows.column(leads, lead -> lead.regionZone))
        .param("traits", Rows.column(leads, lead -> lead.traits))
        .param("traitsAt", Rows.column(leads, lead -> lead.traitsAt))
        .param("answers", Rows.column(leads, lead -> lead.answers))
        .param("backAt", Rows.column(leads, lead -> lead.backAt))
        .param("firstSource", Rows.column(leads, lead -> lead.firstSource))
        .param("firstSourceAt", Rows.column(leads, lead -> lead.firstSourceAt))
        .param("lastSource", Rows.column(leads, lead -> lead.lastSource));
  }

  private static @Nullable UUID id(@Nullable LeadState lead) {
    return lead == null ? null : lead.survivor().id;
  }

  private static LeadState lead(ResultSet row) throws SQLException {
    if (row.getObject("merged_into") != null) {
      throw Rows.changedMeanwhile("a lead");
    }
    return Rows.lead(row);
  }
}
