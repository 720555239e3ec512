package io.ripen.engine.gate;

import io.ripen.engine.flows.FlowGoals;
import io.ripen.engine.leads.Subject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Looks among the signals that were raised after the one that began the run. */
@Component
@Profile("workers")
final class GoalsJdbc implements Goals {

  private static final String RAISED =
      """
      with start as (
        -- Found by their ids, and not by going back through all signals for the greatest.
        select max(id) as id from (
          select id from signal where message_id = any(:starts) offset 0) known)
      select s.name
      from signal s cross join start
      where s.lead_id in (
            select cast(:lead as uuid) union all select id from lead where merged_into = :lead)
        and (s.name, s.correlation_key) in (select * from unnest(:names::text[], :keys::text[]))
        and case when start.id is null then s.state = 'pending' or s.raised_at > :since
                 else s.id > start.id end
      order by s.id
      limit 1
      """;

  private final FlowGoals flows;
  private final JdbcClient jdbc;

  GoalsJdbc(FlowGoals flows, JdbcClient jdbc) {
    this.flows = flows;
    this.jdbc = jdbc;
  }

  @Override
  public Optional<String> reached(Run run, UUID leadId, Instant since) {
    FlowGoals.Goals goals = flows.of(run.flow(), run.version());
    Map<String, String> variables = variables(run.about());
    List<FlowGoals.End> ends =
        goals.ends().stream()
            .filter(end -> variables.containsKey(end.variable()))
            .filter(end -> !end.after().contains(run.step()))
            .toList();
    return ends.isEmpty()
        ? Optional.empty()
        : jdbc.sql(RAISED)
            .param("starts", starts(goals, run.about(), variables))
            .param("lead", leadId)
            .param("names", ends.stream().map(FlowGoals.End::signal).toArray(String[]::new))
            .param(
                "keys",
                ends.stream()
                    .map(end -> variables.get(end.variable()) + end.suffix())
                    .toArray(String[]::new))
            .param("since", since.atOffset(ZoneOffset.UTC))
            .query(String.class)
            .optional();
  }

  /** The message ids that the signal which began the run may have. */
  private static String[] starts(
      FlowGoals.Goals goals, Subject about, Map<String, String> variables) {
    List<String> ids = new ArrayList<>();
    if (about.eventId() != null) {
      for (String start : goals.starts()) {
        for (String key : variables.values()) {
          ids.add(about.eventId() + ':' + start + ':' + key);
        }
      }
    }
    return ids.toArray(String[]::new);
  }

  /** What signals are correlated by, as the run's variables name it. */
  private static Map<String, String> variables(Subject about) {
    Map<String, String> variables = new LinkedHashMap<>();
    put(variables, "leadId", about.leadId());
    put(variables, "cartId", about.cartId());
    put(variables, "orderId", about.orderId());
    return variables;
  }

  private static void put(Map<String, String> variables, String name, @Nullable UUID id) {
    if (id != null) {
      variables.put(name, id.toString());
    }
  }
}
