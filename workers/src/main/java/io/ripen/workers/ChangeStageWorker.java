package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.CamundaError;
import io.ripen.engine.leads.Decisions;
import io.ripen.engine.leads.Stage;
import io.ripen.engine.sales.Handoffs;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code change-stage}. Moves the lead {@code to} a stage for a {@code reason}, in the
 * name of this step and of who has taken the lead; the variable {@code stageChanged} says whether
 * there was anything to do. A {@code note} goes into the sales inbox with the lead. Where there is
 * no way, the BPMN error {@code stage.refused} says so.
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class ChangeStageWorker {

  private final Decisions decisions;
  private final Handoffs handoffs;

  ChangeStageWorker(Decisions decisions, Handoffs handoffs) {
    this.decisions = decisions;
    this.handoffs = handoffs;
  }

  @JobWorker(
      type = "change-stage",
      fetchVariables = {JobReader.LEAD, JobReader.ACCEPTED_BY, JobReader.OUTCOME, JobReader.REASON})
  public Map<String, Boolean> handle(ActivatedJob job) {
    Decisions.Outcome outcome = Edge.run(job, reader -> move(job, reader));
    return switch (outcome) {
      case Decisions.Outcome.Moved moved -> Map.of("stageChanged", true);
      case Decisions.Outcome.AlreadyThere already -> Map.of("stageChanged", false);
      case Decisions.Outcome.Impossible impossible ->
          throw CamundaError.bpmnError("stage.refused", impossible.reason());
    };
  }

  private Decisions.Outcome move(ActivatedJob job, JobReader reader) throws BadJob {
    UUID leadId = reader.subject().leadId();
    Stage to = reader.stage("to");
    String reason = reader.reason();
    Optional<String> note = reader.header("note");
    // First: the move may end this run, and a run that has ended says nothing any more.
    note.ifPresent(
        text ->
            handoffs.note(job.getElementInstanceKey(), job.getProcessInstanceKey(), leadId, text));
    Decisions.Outcome outcome =
        decisions.moveTo(reader.decisionId(), leadId, to, reason, reader.decidedBy());
    if (note.isPresent() && outcome instanceof Decisions.Outcome.Impossible) {
      handoffs.takeBack(job.getElementInstanceKey(), leadId);
    }
    return outcome;
  }
}
