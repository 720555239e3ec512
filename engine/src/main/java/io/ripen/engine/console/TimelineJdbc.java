package io.ripen.engine.console;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads all that is known of a lead as one list.
 *
 * <p>Each table gives at most a page by its own index; then they are merged. Of the same instant
 * what follows comes above what it follows from, by rank.
 */
@Component
@Profile("engine")
final class TimelineJdbc {

  private static final String ORDER = " order by at desc, rank desc, id desc limit :most";

  private final JdbcClient jdbc;
  private final LeadsJdbc leads;

  TimelineJdbc(JdbcClient jdbc, LeadsJdbc leads) {
    this.jdbc = jdbc;
    this.leads = leads;
  }

  /**
   * Reads one page.
   *
   * @param kinds what to show; none means all
   */
  Timeline read(UUID leadId, Collection<TimelineKind> kinds, Cursor before, int most) {
    Collection<TimelineKind> shown = kinds.isEmpty() ? EnumSet.allOf(TimelineKind.class) : kinds;
    String parts =
        shown.stream().map(TimelineJdbc::select).collect(Collectors.joining("\nunion all\n"));
    List<TimelineEntry> entries =
        jdbc.sql("select * from (\n" + parts + ") story" + ORDER)
            .param("leads", leads.same(leadId))
            .param("at", before.utc())
            .param("rank", before.rank())
            .param("id", before.id())
            .param("most", most + 1)
            .query(
                (row, number) ->
                    Words.entry(
                        TimelineKind.named(row.getString("kind")),
                        row.getString("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        Json.parse(row.getString("data"))))
            .list();
    if (entries.size() <= most) {
      return new Timeline(leadId, entries, null);
    }
    TimelineEntry last = entries.get(most - 1);
    Cursor next = new Cursor(last.at(), rank(last.kind()), last.id());
    return new Timeline(leadId, List.copyOf(entries.subList(0, most)), next.toString());
  }

  private static int rank(TimelineKind kind) {
    return switch (kind) {
      case EVENT -> 1;
      case MERGE -> 2;
      case CONSENT -> 3;
      case POINTS -> 4;
      case STAGE -> 5;
      case SIGNAL -> 6;
      case FLOW -> 7;
      case DECISION -> 8;
      case TOUCH -> 9;
    };
  }

  private static String select(TimelineKind kind) {
    return switch (kind) {
      case EVENT ->
          part(
              kind,
              "message_id",
              "occurred_at",
              "event",
              """
              jsonb_build_object('type', type, 'name', name, 'site', site, 'leadId', lead_id,
                'properties', properties, 'context', context)""");
      case SIGNAL ->
          part(
              kind,
              "lpad(id::text, 20, '0')",
              "occurred_at",
              "signal",
              """
              jsonb_build_object('name', name, 'state', state, 'problem', problem,
                'correlationKey', correlation_key, 'attempts', attempts)""");
      case FLOW ->
          part(
              kind,
              "lpad(instance_key::text, 20, '0')",
              "decided_at",
              "flow_entry",
              "jsonb_build_object('flow', flow, 'code', code, 'reason', reason)");
      case TOUCH ->
          part(
              kind,
              "lpad(key::text, 20, '0')",
              "coalesce(settled_at, planned_at)",
              "touch",
              """
              jsonb_build_object('state', state, 'reason', reason, 'message', message,
                'until', deferred_until, 'delivered', delivered_at, 'opened', opened_at,
                'clicked', clicked_at, 'replied', replied_at, 'undelivered', undelivered_reason,
                'channel', channel, 'purpose', purpose, 'flow', flow, 'flowVersion', flow_version,
                'element', element_id, 'cartId', cart_id, 'locale', locale, 'attempts', attempts,
                'cost', cost::text, 'currency', cost_currency,
                'wanted', (select l.locale from lead l where l.id = touch.lead_id))""");
      case DECISION ->
          part(
              kind,
              "lpad(id::text, 20, '0')",
              "decided_at",
              "(select d.*, t.message, t.channel, t.flow, t.element_id"
                  + " from gate_decision d join touch t on t.key = d.touch_key) decision",
              """
              jsonb_build_object('verdict', verdict, 'code', code, 'reason', reason,
                'until', until_at, 'message', message, 'channel', channel, 'flow', flow,
                'element', element_id)""");
      case POINTS ->
          part(
              kind,
              "rule || '/' || slot",
              "given_at",
              "score_entry",
              "jsonb_build_object('points', points, 'reason', reason, 'rule', rule, 'cause', cause)");
      case STAGE ->
          part(
              kind,
              "lpad(id::text, 20, '0')",
              "changed_at",
              "stage_change",
              """
              jsonb_build_object('from', from_stage, 'to', to_stage, 'reason', reason,
                'cause', cause, 'by', %s)"""
                  .formatted(StageBy.COLUMNS));
      case CONSENT ->
          part(
              kind,
              "lead_id || '/' || channel || '/' || purpose",
              "changed_at",
              "consent",
              """
              jsonb_build_object('channel', channel, 'purpose', purpose, 'granted', granted,
                'proof', proof)""");
      case MERGE ->
          part(
              kind,
              "lpad(id::text, 20, '0')",
              "merged_at",
              "(select *, survivor_id as lead_id from lead_merge) merge",
              "jsonb_build_object('survivor', survivor_id, 'merged', merged_id)");
    };
  }

  private static String part(TimelineKind kind, String id, String at, String table, String data) {
    return """
        (select '%1$s' as kind, %2$d as rank, %3$s as id, %4$s as at, %6$s as data
        from %5$s
        where lead_id = any (:leads) and %4$s <= :at
          and (%4$s, %2$d, %3$s) < (:at, :rank, :id)
        order by %4$s desc, %3$s desc limit :most)"""
        .formatted(kind.lower(), rank(kind), id, at, table, data);
  }
}
