package io.ripen.engine.sales;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The tables {@code handoff} and {@code sales_note}. Whom a task is with now is the read model's to
 * say, in {@code user_task}.
 */
final class HandoffJdbc {

  /** Any number that nobody else locks by. */
  private static final long CHOICE = 7_265_073_654_001L;

  /** So long a choice counts though its task has not come through the export stream yet. */
  private static final Duration UNDER_WAY = Duration.ofMinutes(10);

  /**
   * Two may have become one since: a run keeps the id with which it began, and a choice its own.
   */
  private static final String OF_THE_LEAD =
      """
      (lead_id = :lead or exists (
        select from lead chosen
        join lead now on coalesce(now.merged_into, now.id) = coalesce(chosen.merged_into, chosen.id)
        where chosen.id = handoff.lead_id and now.id = :lead))
      """;

  private final JdbcClient jdbc;

  HandoffJdbc(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Until the transaction ends nobody else chooses. */
  void lockChoice() {
    jdbc.sql("select pg_advisory_xact_lock(:lock)")
        .param("lock", CHOICE)
        .query((row, number) -> true)
        .single();
  }

  /** The choice that was made for this run; a broker that was emptied gives keys out again. */
  Optional<Choice> choice(long instanceKey, UUID leadId) {
    return jdbc.sql(
            """
            select team, team_leads, salesperson, extract(epoch from within) as seconds
            from handoff where instance_key = :instance and
            """
                + OF_THE_LEAD)
        .param("instance", instanceKey)
        .param("lead", leadId)
        .query(
            (row, number) ->
                new Choice(
                    leadId,
                    row.getString("team"),
                    row.getString("team_leads"),
                    row.getString("salesperson"),
                    Duration.ofSeconds(Math.round(row.getDouble("seconds")))))
        .optional();
  }

  /** Of those who take leads, who has the fewest; of several, who got none for longest. */
  Optional<String> leastBusy(String team, Instant now) {
    return jdbc.sql(
            """
            select p.name from salesperson p
            where p.team = :team and p.takes_leads
            order by
              (select count(*) from user_task t
                where t.state = 'open'
                  and coalesce(t.assignee, t.candidate_users[1]) = p.name)
              + (select count(*) from handoff h
                where h.salesperson = p.name and h.chosen_at > :since
                  and not exists (select from user_task t where t.instance_key = h.instance_key)),
              (select max(h.chosen_at) from handoff h where h.salesperson = p.name) nulls first,
              p.name
            limit 1
            """)
        .param("team", team)
        .param("since", utc(now.minus(UNDER_WAY)))
        .query(String.class)
        .optional();
  }

  void add(long instanceKey, Choice choice, Instant now) {
    jdbc.sql(
            """
            insert into handoff (instance_key, lead_id, team, team_leads, salesperson, within,
              chosen_at)
            values (:instance, :lead, :team, :leads, :salesperson, make_interval(secs => :seconds),
              :now)
            on conflict (instance_key) do update set
              lead_id = excluded.lead_id, team = excluded.team, team_leads = excluded.team_leads,
              salesperson = excluded.salesperson, within = excluded.within,
              chosen_at = excluded.chosen_at, outcome = null, reason = null, budget = null,
              authority = null, need = null, timing = null, note = null, closed_by = null,
              closed_at = null
            """)
        .param("instance", instanceKey)
        .param("lead", choice.leadId())
        .param("team", choice.team())
        .param("leads", choice.teamLeads())
        .param("salesperson", choice.salesperson())
        .param("seconds", choice.within().toSeconds())
        .param("now", utc(now))
        .update();
  }

  /** Notes what a salesperson wrote, before the flow goes on; nothing where no run is known. */
  void keepNote(long instanceKey, String note) {
    jdbc.sql("update handoff set note = :note where instance_key = :instance")
        .param("note", note)
        .param("instance", instanceKey)
        .update();
  }

  /** False where this run has no such hand-over, as that of a flow which chose nobody. */
  boolean close(long instanceKey, UUID leadId, Verdict verdict, @Nullable String by, Instant now) {
    return jdbc.sql(
                """
            update handoff set outcome = :outcome, reason = :reason, budget = :budget,
              authority = :authority, need = :need, timing = :timing, closed_by = :by,
              closed_at = coalesce(closed_at, :now)
            where instance_key = :instance and
            """
                    + OF_THE_LEAD)
            .param("outcome", verdict.outcome().word())
            .param("reason", verdict.reason())
            .param("budget", verdict.answers().get("budget"))
            .param("authority", verdict.answers().get("authority"))
            .param("need", verdict.answers().get("need"))
            .param("timing", verdict.answers().get("timing"))
            .param("by", by)
            .param("now", utc(now))
            .param("instance", instanceKey)
            .param("lead", leadId)
            .update()
        == 1;
  }

  /**
   * Adds a note once for each pass through the step that makes it; none of who is not there. Who is
   * to be told of it is noted with it, and so once as well: of the team whoever has the lead, if
   * somebody has.
   */
  void addNote(
      long elementKey,
      long instanceKey,
      UUID leadId,
      String text,
      Handoffs.@Nullable Tell tell,
      Instant now) {
    jdbc.sql(
            """
            with note as (
              insert into sales_note (element_key, instance_key, lead_id, text, noted_at)
              select :element, :instance, id, :text, :now from lead where id = :lead
              -- A broker that lost its data hands its keys out again.
              on conflict (element_key) do update
                set instance_key = excluded.instance_key, lead_id = excluded.lead_id,
                  text = excluded.text, noted_at = excluded.noted_at
                where sales_note.lead_id <> excluded.lead_id
              returning element_key, instance_key)
            insert into sales_mail (element_key, salesperson, noted_at, next_attempt_at)
            select note.element_key, p.name, statement_timestamp(), statement_timestamp()
            from note
            join handoff h on h.instance_key = note.instance_key
            left join lateral (
              select assignee as name from user_task
              where instance_key = note.instance_key and state = 'open' and assignee is not null
              order by key desc limit 1) has on true
            join salesperson p on p.email is not null
              and case
                when :tell::text = 'team' and has.name is not null then p.name = has.name
                else p.team = case :tell::text when 'team' then h.team
                  when 'team-leads' then h.team_leads end end
            on conflict do nothing
            """)
        .param("element", elementKey)
        .param("instance", instanceKey)
        .param("lead", leadId)
        .param("text", text)
        .param("tell", tell == null ? null : tell.word())
        .param("now", utc(now))
        .update();
  }

  void removeNote(long elementKey, UUID leadId) {
    jdbc.sql("delete from sales_note where element_key = :element and lead_id = :lead")
        .param("element", elementKey)
        .param("lead", leadId)
        .update();
  }

  /**
   * Only those about whom the run is about now, by whatever lead they were: a broker gives keys out
   * again. What other flows said twice within a day is said once: each yes to an offer hands over,
   * and a yes may come twice.
   */
  List<Handoffs.Note> notes(long instanceKey) {
    return jdbc.sql(
            """
            with told as (
              select coalesce(l.merged_into, l.id) as id
              from user_task t join lead l on l.id = t.lead_id
              where t.instance_key = :instance),
            said as (
              select n.text, n.noted_at, n.element_key, n.instance_key = :instance as is_own,
                lag(n.noted_at) over (partition by n.text, n.instance_key = :instance
                  order by n.noted_at, n.element_key) as said_before
              from sales_note n
              where n.lead_id in (
                  select id from told
                  union all select id from lead where merged_into in (select id from told))
                and (n.instance_key = :instance
                  or n.noted_at > (select h.chosen_at - interval '1 day' from handoff h
                      where h.instance_key = :instance)
                    and not exists (select from handoff h where h.instance_key = n.instance_key)))
            select text, noted_at from said
            where is_own or said_before is null or noted_at > said_before + interval '1 day'
            order by noted_at, element_key
            """)
        .param("instance", instanceKey)
        .query(
            (row, number) ->
                new Handoffs.Note(
                    row.getString("text"),
                    row.getObject("noted_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  List<Handoffs.Former> closed(UUID leadId, int most) {
    return jdbc.sql(
            """
            select outcome, reason, note, closed_by, closed_at from handoff
            where closed_at is not null
              and (lead_id = :lead or lead_id in (select id from lead where merged_into = :lead))
            order by closed_at desc limit :most
            """)
        .param("lead", leadId)
        .param("most", most)
        .query(
            (row, number) ->
                new Handoffs.Former(
                    row.getString("outcome"),
                    row.getString("reason"),
                    row.getString("note"),
                    row.getString("closed_by"),
                    row.getObject("closed_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
