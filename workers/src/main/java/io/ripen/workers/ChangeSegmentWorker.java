package io.ripen.workers;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.leads.Decisions;
import io.ripen.engine.leads.SegmentChange;
import io.ripen.engine.rules.Rules;
import io.ripen.engine.segments.Segment;
import io.ripen.engine.segments.Segments;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Jobs of type {@code change-segment}. Puts the lead into a {@code segment} or takes it out, as
 * {@code change} says ({@code enter}, {@code leave}).
 *
 * <p>Public, as Camunda's starter calls the method by plain reflection.
 */
@Component
@Profile("workers")
public final class ChangeSegmentWorker {

  private final Decisions decisions;
  private final Rules rules;

  ChangeSegmentWorker(Decisions decisions, Rules rules) {
    this.decisions = decisions;
    this.rules = rules;
  }

  @JobWorker(
      type = "change-segment",
      fetchVariables = {JobReader.LEAD})
  public void handle(ActivatedJob job) {
    Edge.run(
            job,
            reader ->
                decisions.changeSegments(
                    reader.decisionId(), List.of(change(job, reader)), reader.place(), false))
        .ifPresent(
            problem -> {
              throw JobFailure.incident(problem);
            });
  }

  private SegmentChange change(ActivatedJob job, JobReader reader) throws BadJob {
    String change = reader.required("change", "enter or leave");
    if (!change.equals("enter") && !change.equals("leave")) {
      throw new BadJob(
          job, "header \"change\" is \"%s\" (expected: enter or leave)".formatted(change));
    }
    return new SegmentChange(reader.subject().leadId(), list(job, reader), change.equals("enter"));
  }

  private String list(ActivatedJob job, JobReader reader) throws BadJob {
    String id = reader.required("segment", "the id of a list in segments.dmn");
    Optional<Segment> segment = rules.now().get(Segments.FILE).named(id);
    if (segment.isEmpty() || !segment.get().isList()) {
      throw new BadJob(
          job,
          "header \"segment\" is \"%s\", which is %s (expected: a list of segments.dmn)"
              .formatted(id, segment.isEmpty() ? "no segment" : "filled by its condition"));
    }
    return id;
  }
}
