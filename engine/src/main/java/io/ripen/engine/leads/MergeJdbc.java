package io.ripen.engine.leads;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code lead_merge}, and what a merge does to the rows of the merged lead. Its events
 * stay its own: readers take the events of all leads that were merged into one.
 */
final class MergeJdbc {

  private static final String RECORD =
      """
      insert into lead_merge (survivor_id, merged_id, merged_at, message_id, before)
      select m.survivor, m.merged, m.at, m.message, m.before || jsonb_build_object(
        'identities', (select coalesce(jsonb_agg(to_jsonb(i)), '[]')
                       from lead_identity i where i.lead_id = m.merged),
        'pages', (select coalesce(jsonb_agg(to_jsonb(p)), '[]')
                  from page_visit p where p.lead_id = m.merged),
        'points', (select coalesce(jsonb_agg(to_jsonb(e)), '[]')
                   from score_entry e where e.lead_id = m.merged),
        'segments', (select coalesce(jsonb_agg(to_jsonb(s)), '[]')
                     from segment_member s where s.lead_id = m.merged),
        'consents', (select coalesce(jsonb_agg(to_jsonb(c)), '[]')
                     from consent c where c.lead_id = m.merged))
      from unnest(:survivors::uuid[], :merged::uuid[], :at::timestamptz[], :messages::text[],
        :before::jsonb[]) as m (survivor, merged, at, message, before)
      """;

  private static final String MOVED =
      " from unnest(:merged::uuid[], :final::uuid[]) as m (merged, survivor) where ";

  private static final List<String> MOVES =
      List.of(
          "update lead l set merged_into = m.survivor" + MOVED + "l.merged_into = m.merged",
          "update lead_identity i set lead_id = m.survivor" + MOVED + "i.lead_id = m.merged",
          "update cart c set lead_id = m.survivor"
              + MOVED
              + "c.lead_id = m.merged and c.state <> 'open'",
          "update customer_order o set lead_id = m.survivor" + MOVED + "o.lead_id = m.merged",
          "update consent c set lead_id = m.survivor"
              + MOVED
              + """
              c.lead_id = m.merged and not exists (
                select 1 from consent e
                where e.lead_id = any(m.survivor || array(
                    select o.merged
                    from unnest(:merged::uuid[], :final::uuid[]) as o (merged, survivor)
                    where o.survivor = m.survivor and o.merged < m.merged))
                  and (e.channel, e.purpose, e.changed_at, e.granted)
                    = (c.channel, c.purpose, c.changed_at, c.granted))
              """,
          "delete from score_entry where lead_id = any(:merged::uuid[]) and slot <> cause",
          "update score_entry e set lead_id = m.survivor" + MOVED + "e.lead_id = m.merged",
          "delete from page_visit where lead_id = any(:merged::uuid[])",
          """
          insert into segment_member (segment, lead_id, since)
          select s.segment, m.survivor, min(s.since)
          from unnest(:merged::uuid[], :final::uuid[]) as m (merged, survivor)
          join segment_member s on s.lead_id = m.merged
          where s.segment <> all(:byCondition::text[])
          group by 1, 2
          on conflict do nothing
          """,
          "delete from segment_member where lead_id = any(:merged::uuid[])");

  private final JdbcClient jdbc;
  private final Supplier<Set<String>> byCondition;

  /**
   * @param byCondition the ids of segments whose members a condition tells: in them is whoever
   *     meets it by now, and comes in or drops out with a word to flows, not by a merge
   */
  MergeJdbc(JdbcClient jdbc, Supplier<Set<String>> byCondition) {
    this.jdbc = jdbc;
    this.byCondition = byCondition;
  }

  /**
   * To be called when the leads are written, and before their identities, points, carts and pages
   * are.
   */
  void write(List<Book.Merge> merges) {
    if (merges.isEmpty()) {
      return;
    }
    jdbc.sql(RECORD)
        .param("survivors", Rows.column(merges, merge -> merge.survivor().id))
        .param("merged", Rows.column(merges, merge -> merge.merged().id))
        .param("at", Rows.column(merges, Book.Merge::at))
        .param("messages", Rows.column(merges, Book.Merge::messageId))
        .param("before", Rows.column(merges, Book.Merge::before))
        .update();
    String[] conditions = byCondition.get().toArray(String[]::new);
    for (String move : MOVES) {
      jdbc.sql(move)
          .param("byCondition", conditions)
          .param("merged", Rows.column(merges, merge -> merge.merged().id))
          .param("final", Rows.column(merges, merge -> merge.merged().survivor().id))
          .update();
    }
  }
}
