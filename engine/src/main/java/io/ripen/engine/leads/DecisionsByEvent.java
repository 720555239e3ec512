package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.scoring.ScoreTable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Decisions are events that Ripen itself reports, applied here and now. */
final class DecisionsByEvent implements Decisions {

  private static final String NOW =
      """
      select l.stage, exists (
        select 1 from stage_change c where c.lead_id = l.id and c.cause = :cause) as done
      from lead asked
      join lead l on l.id = coalesce(asked.merged_into, asked.id)
      where asked.id = :lead
      """;

  private final ApplyPatiently applyEvents;
  private final JdbcClient jdbc;
  private final Clock clock;

  DecisionsByEvent(ApplyPatiently applyEvents, JdbcClient jdbc, Clock clock) {
    this.applyEvents = applyEvents;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  private record Now(Stage stage, boolean isDone) {}

  @Override
  public Outcome moveTo(String id, UUID leadId, Stage to, String reason, DecidedBy by) {
    Now now = now(id, leadId);
    if (now == null) {
      return new Outcome.Impossible("there is no lead " + leadId);
    }
    if (now.isDone()) {
      return new Outcome.Moved();
    }
    boolean isTakenFromSales = now.stage().isBack(to) && by.person() == null;
    if (now.stage().isAtOrBeyond(to) || isTakenFromSales) {
      return new Outcome.AlreadyThere();
    }
    ObjectNode properties = properties(reason, by.inWords()).put("to", to.name());
    by.addTo(properties);
    return apply(event(id, leadId, Stages.STAGE_CHANGED, properties))
        .<Outcome>map(Outcome.Impossible::new)
        .orElseGet(Outcome.Moved::new);
  }

  @Override
  public Optional<String> addPoints(String id, UUID leadId, int points, String reason, String by) {
    ObjectNode properties = properties(reason, by).put("points", points);
    return apply(event(id, leadId, ScoreTable.POINTS_ADDED, properties));
  }

  @Override
  public Optional<String> changeSegments(
      String id, List<SegmentChange> changes, String by, boolean quietly) {
    List<Event> events = changes.stream().map(change -> event(id, change, by, quietly)).toList();
    return events.isEmpty()
        ? Optional.empty()
        : applyEvents.apply(events).values().stream().findFirst();
  }

  private Event event(String id, SegmentChange change, String by, boolean quietly) {
    ObjectNode properties =
        JsonNodeFactory.instance.objectNode().put("segment", change.segment()).put("by", by);
    if (quietly) {
      properties.put(SegmentChange.QUIETLY, true);
    }
    return event(
        "%s-%s-%s".formatted(id, change.segment(), change.leadId()),
        change.leadId(),
        change.event(),
        properties);
  }

  private @Nullable Now now(String id, UUID leadId) {
    return jdbc.sql(NOW)
        .param("lead", leadId)
        .param("cause", Stages.cause(id))
        .query((row, n) -> new Now(Stage.valueOf(row.getString("stage")), row.getBoolean("done")))
        .optional()
        .orElse(null);
  }

  private Optional<String> apply(Event event) {
    return Optional.ofNullable(applyEvents.apply(List.of(event)).get(event.messageId()));
  }

  private static ObjectNode properties(String reason, String by) {
    return JsonNodeFactory.instance.objectNode().put("reason", reason).put("by", by);
  }

  private Event event(String id, UUID leadId, String name, ObjectNode properties) {
    return Event.ofOurs(
        id, name, leadId, clock.instant(), properties, JsonNodeFactory.instance.objectNode());
  }
}
