package io.ripen.engine.sales;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventPublisher;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps how a hand-over ended: in the table of hand-overs, and as events of the lead, so that the
 * answers count like those that the lead gave itself. Doing it again changes nothing.
 */
public final class RecordOutcome {

  /**
   * An answer of the lead's, whoever wrote it down: {@code question}, {@code answer}, {@code by}.
   */
  public static final String QUESTION_ANSWERED = "Question Answered";

  /** {@code outcome}, {@code reason} where it has one, {@code by}. */
  public static final String OUTCOME_RECORDED = "Sales Outcome Recorded";

  private static final Logger LOG = LoggerFactory.getLogger(RecordOutcome.class);

  private final HandoffJdbc handoffs;
  private final EventPublisher events;
  private final Clock clock;

  RecordOutcome(HandoffJdbc handoffs, EventPublisher events, Clock clock) {
    this.handoffs = handoffs;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Records the outcome of one run of the flow.
   *
   * @param stepKey Zeebe's key of the step that records it
   * @param by who had the lead, where known
   * @throws java.util.concurrent.CompletionException when Kafka did not take an event
   */
  public void record(
      long instanceKey, long stepKey, UUID leadId, Verdict verdict, @Nullable String by) {
    Instant now = clock.instant();
    if (!handoffs.close(instanceKey, leadId, verdict, by, now)) {
      LOG.warn(
          "Run {} has no hand-over of lead {}: its outcome is with the lead, and in no report",
          instanceKey,
          leadId);
    }
    // The lead's own id is part of it: a broker that was emptied gives keys out again.
    String id = "sales:" + leadId + ":" + stepKey + ":";
    String name = by == null ? "sales" : by;
    List<Event> told = new ArrayList<>();
    for (Question question : Question.values()) {
      String answer = verdict.answers().get(question.word());
      if (answer != null) {
        ObjectNode given = JsonNodeFactory.instance.objectNode();
        given.put("question", question.word()).put("answer", answer).put("by", name);
        told.add(event(id + question.word(), QUESTION_ANSWERED, leadId, given, now));
      }
    }
    ObjectNode outcome = JsonNodeFactory.instance.objectNode();
    outcome.put("outcome", verdict.outcome().word());
    if (verdict.reason() != null) {
      outcome.put("reason", verdict.reason());
    }
    told.add(event(id + "outcome", OUTCOME_RECORDED, leadId, outcome.put("by", name), now));
    CompletableFuture.allOf(told.stream().map(events::publish).toArray(CompletableFuture[]::new))
        .join();
  }

  private static Event event(
      String messageId, String name, UUID leadId, ObjectNode properties, Instant now) {
    return Event.ofOurs(
        messageId, name, leadId, now, properties, JsonNodeFactory.instance.objectNode());
  }
}
