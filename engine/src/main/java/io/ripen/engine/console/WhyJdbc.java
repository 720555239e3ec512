package io.ripen.engine.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads what became of touches, and what the gate said to each. */
@Component
@Profile("engine")
final class WhyJdbc {

  private static final String DECISIONS =
      """
      (select coalesce(jsonb_agg(jsonb_build_object('at', decided_at, 'verdict', verdict,
          'code', code, 'reason', reason, 'until', until_at) order by id), '[]')
        from gate_decision d where d.touch_key = t.key) as decisions
      """;

  private final JdbcClient jdbc;
  private final LeadsJdbc leads;

  WhyJdbc(JdbcClient jdbc, LeadsJdbc leads) {
    this.jdbc = jdbc;
    this.leads = leads;
  }

  /**
   * The newest of a lead, and of all that were merged into it.
   *
   * @param flow of this flow only, or empty for all
   */
  Why read(UUID leadId, String flow, int most) {
    UUID[] same = leads.same(leadId);
    List<Why.OfTouch> touches =
        jdbc.sql(
                "select t.*, "
                    + DECISIONS
                    + """
                    from touch t
                    where lead_id = any(:leads) and (:flow = '' or flow = :flow)
                    order by planned_at desc, key desc limit :most
                    """)
            .param("leads", same)
            .param("flow", flow)
            .param("most", most)
            .query(WhyJdbc::touch)
            .list();
    List<Why.OfFlow> refused =
        jdbc.sql(
                """
                select flow, decided_at, reason from flow_entry
                where lead_id = any(:leads) and code is not null and (:flow = '' or flow = :flow)
                order by decided_at desc, instance_key desc limit :most
                """)
            .param("leads", same)
            .param("flow", flow)
            .param("most", most)
            .query(
                (row, n) ->
                    new Why.OfFlow(
                        row.getString("flow"),
                        LeadsJdbc.instant(row, "decided_at"),
                        "Not let into the flow: " + row.getString("reason")))
            .list();
    return new Why(leadId, touches, refused);
  }

  private static Why.OfTouch touch(ResultSet row, int n) throws SQLException {
    return new Why.OfTouch(
        row.getString("key"),
        row.getString("flow"),
        row.getInt("flow_version"),
        row.getString("element_id"),
        row.getString("message"),
        row.getString("channel"),
        row.getString("purpose"),
        LeadsJdbc.instant(row, "planned_at"),
        answer(row),
        Json.parse(row.getString("decisions")).valueStream().map(WhyJdbc::decision).toList());
  }

  private static String answer(ResultSet row) throws SQLException {
    String reason = row.getString("reason");
    String why = reason == null ? "" : ": " + reason;
    Instant until = instant(row, "deferred_until");
    return switch (row.getString("state")) {
      case "accepted" ->
          "Sent " + on(row, "handed_over_at", "settled_at") + cost(row) + afterwards(row);
      case "uncertain" ->
          "May have been sent " + on(row, "handed_over_at", "settled_at") + why + afterwards(row);
      case "denied" -> "Not sent" + why;
      case "rejected" -> "Not sent, the provider does not take it" + why;
      case "claimed", "handing-over" -> "Is being sent right now.";
      default ->
          until == null
              ? "To be sent, and not yet" + why
              : "Waits until " + Moment.of(until).text() + why;
    };
  }

  /** What became of it after it was sent. */
  private static String afterwards(ResultSet row) throws SQLException {
    if (row.getObject("undelivered_at") != null) {
      return "; it did not arrive: " + row.getString("undelivered_reason");
    }
    StringBuilder words = new StringBuilder();
    for (String what : List.of("delivered", "opened", "clicked", "replied")) {
      if (row.getObject(what + "_at") != null) {
        words.append(", ").append(what);
      }
    }
    return words.append('.').toString();
  }

  private static String cost(ResultSet row) throws SQLException {
    String amount = Json.plain(row.getBigDecimal("cost"));
    return amount.isEmpty() ? "" : " for %s %s".formatted(amount, row.getString("cost_currency"));
  }

  private static String on(ResultSet row, String column, String other) throws SQLException {
    Instant at = instant(row, column);
    Instant settled = at == null ? instant(row, other) : at;
    return settled == null ? "" : "on " + Moment.of(settled).text();
  }

  private static Why.Decision decision(JsonNode data) {
    String until = Json.text(data, "until");
    return new Why.Decision(
        OffsetDateTime.parse(Json.text(data, "at")).toInstant(),
        Json.text(data, "verdict"),
        Json.text(data, "code"),
        Json.text(data, "reason"),
        until.isEmpty() ? null : OffsetDateTime.parse(until).toInstant());
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
