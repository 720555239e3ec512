package io.ripen.engine.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
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
        from gate_decision d where d.touch_key = touch.key) as decisions
      """;

  private final JdbcClient jdbc;
  private final LeadsJdbc leads;
  private final Clock clock;

  WhyJdbc(JdbcClient jdbc, LeadsJdbc leads, Clock clock) {
    this.jdbc = jdbc;
    this.leads = leads;
    this.clock = clock;
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
                "select touch.*, "
                    + TouchWords.DATA
                    + " as data, "
                    + DECISIONS
                    + """
                    from touch
                    where lead_id = any(:leads) and (:flow = '' or flow = :flow)
                    order by planned_at desc, key desc limit :most
                    """)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
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
    JsonNode data = Json.parse(row.getString("data"));
    return new Why.OfTouch(
        row.getString("key"),
        row.getString("flow"),
        row.getInt("flow_version"),
        row.getString("element_id"),
        row.getString("message"),
        row.getString("channel"),
        row.getString("purpose"),
        LeadsJdbc.instant(row, "planned_at"),
        TouchWords.answer(data),
        TouchWords.chosen(data),
        Json.parse(row.getString("decisions")).valueStream().map(WhyJdbc::decision).toList());
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
}
