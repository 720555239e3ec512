package io.ripen.workers;

import io.camunda.client.api.response.ActivatedJob;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.flows.StepFields;
import io.ripen.engine.gate.Priority;
import io.ripen.engine.leads.DecidedBy;
import io.ripen.engine.leads.Stage;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.sales.Handoffs;
import io.ripen.engine.sales.Outcome;
import io.ripen.engine.splits.AssignVariant;
import io.ripen.engine.splits.Experiment;
import io.ripen.engine.touches.Touch;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what a job asks for. */
final class JobReader {

  /** The variables that {@link #subject} reads. */
  static final String LEAD = "leadId";

  static final String CART = "cartId";
  static final String ORDER = "orderId";
  static final String EVENT = "eventId";

  /** Who took the task or the lead, as our inbox calls them; nobody has to have. */
  static final String ACCEPTED_BY = "acceptedBy";

  /** What somebody of sales said in the end, be it without their name. */
  static final String OUTCOME = "outcome";

  private static final String SALES = "sales";

  /** What {@link #reason} reads. */
  static final String REASON = "reason";

  private final ActivatedJob job;
  private final Map<String, Object> variables;

  JobReader(ActivatedJob job) {
    this.job = job;
    this.variables = job.getVariablesAsMap();
  }

  Subject subject() throws BadJob {
    UUID leadId = id(LEAD);
    if (leadId == null) {
      throw new BadJob(job, "variable leadId is missing (expected: the lead's id)");
    }
    return new Subject(
        leadId, id(CART), id(ORDER), variables.get(EVENT) instanceof String event ? event : null);
  }

  /** The touch that a job asks for, by this channel. */
  Touch touch(String channel) throws BadJob {
    Subject about = subject();
    String message = required("message", "the name of a message in the flow's folder");
    String purpose = header("purpose").orElse("");
    if (!Purposes.ALL.contains(purpose)) {
      throw new BadJob(
          job,
          "header \"purpose\" is \"%s\" (expected: marketing, newsletter or transactional)"
              .formatted(purpose));
    }
    return new Touch(
            job.getElementInstanceKey(),
            about,
            channel,
            purpose,
            message,
            job.getCustomHeaders().get("onlyIf"),
            priority(),
            useBy(),
            new Touch.Place(
                job.getBpmnProcessId(),
                job.getProcessDefinitionVersion(),
                job.getElementId(),
                job.getProcessInstanceKey()))
        .with(header("form").orElse(null));
  }

  private Priority priority() throws BadJob {
    String name = header("priority").orElse(Priority.NORMAL.lower());
    Priority priority = Priority.named(name);
    if (priority == null) {
      throw new BadJob(
          job, "header \"priority\" is \"%s\" (expected: low, normal or high)".formatted(name));
    }
    return priority;
  }

  /** How long what the job asks for is of use, where its flow says it. */
  @Nullable Duration useBy() throws BadJob {
    return read("useBy", StepFields::useBy, "P1D for a day, PT4H for four hours").orElse(null);
  }

  /** Who of sales is told by e-mail; null for nobody. */
  Handoffs.@Nullable Tell tell() throws BadJob {
    Optional<String> name = header("tell");
    Optional<Handoffs.Tell> tell = name.flatMap(Handoffs.Tell::named);
    if (name.isPresent() && tell.isEmpty()) {
      throw new BadJob(
          job, "header \"tell\" is \"%s\" (expected: team or team-leads)".formatted(name.get()));
    }
    return tell.orElse(null);
  }

  /** A header that has something in it. */
  Optional<String> header(String name) {
    return Optional.ofNullable(job.getCustomHeaders().get(name))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  String required(String name, String expected) throws BadJob {
    return header(name)
        .orElseThrow(
            () ->
                new BadJob(
                    job, "header \"%s\" is missing (expected: %s)".formatted(name, expected)));
  }

  /** Why a step does what it does: a variable, and a header of steps of former templates. */
  String reason() throws BadJob {
    return header(REASON)
        .or(() -> variable(REASON))
        .orElseThrow(
            () -> new BadJob(job, "variable reason is empty (expected: why, in a few words)"));
  }

  /** A variable that has something in it. */
  private Optional<String> variable(String name) {
    return Optional.ofNullable(variables.get(name))
        .map(value -> value.toString().strip())
        .filter(value -> !value.isEmpty());
  }

  /** Points in a header, to give or to take. */
  Optional<Integer> points(String name) throws BadJob {
    return read(name, StepFields::points, "a whole number, such as 10 or -5");
  }

  /** In a header, how many times. */
  Optional<Integer> times(String name) throws BadJob {
    return read(name, StepFields::times, "a whole number, such as 3");
  }

  /** An ISO 8601 duration in a header, of days and more or of less. */
  Optional<TemporalAmount> pause(String name) throws BadJob {
    return read(name, StepFields::pause, "P14D for two weeks, PT1H for an hour");
  }

  /**
   * @param reading as the check of the flow reads it; gives null for what is no good
   */
  private <T> Optional<T> read(String name, Function<String, @Nullable T> reading, String expected)
      throws BadJob {
    Optional<String> text = header(name);
    Optional<T> value = text.map(reading);
    if (text.isPresent() && value.isEmpty()) {
      throw new BadJob(
          job, "header \"%s\" is \"%s\" (expected: %s)".formatted(name, text.get(), expected));
    }
    return value;
  }

  /** A stage that a header names. */
  Stage stage(String name) throws BadJob {
    String value = required(name, "a stage, such as MQL");
    Stage stage = Stage.named(value);
    if (stage == null) {
      throw new BadJob(
          job,
          "header \"%s\" is \"%s\" (expected: one of %s)"
              .formatted(name, value, Arrays.toString(Stage.values())));
    }
    return stage;
  }

  /** How a job divides leads, and what for. */
  Experiment experiment() throws BadJob {
    try {
      return Experiment.read(job.getCustomHeaders()::get);
    } catch (IllegalArgumentException e) {
      throw new BadJob(job, String.valueOf(e.getMessage()));
    }
  }

  /** Where a job divides leads. */
  AssignVariant.Place split() {
    return new AssignVariant.Place(
        job.getBpmnProcessId(),
        job.getProcessDefinitionVersion(),
        job.getElementId(),
        job.getProcessInstanceKey());
  }

  /** A web address in a header. */
  URI url(String name) throws BadJob {
    URI url = StepFields.url(required(name, "an address, such as https://example.com/hook"));
    if (url == null) {
      // It may have a password in it, so it is not told.
      throw new BadJob(
          job,
          "header \"%s\" is no web address (expected: such as https://example.com/hook)"
              .formatted(name));
    }
    return url;
  }

  /** The id of what the job decides: the same each time that Zeebe hands the job out. */
  String decisionId() throws BadJob {
    // With the lead's id, as a broker that lost its data hands its keys out again.
    return "flow-%d-%s".formatted(job.getElementInstanceKey(), subject().leadId());
  }

  /** The flow and the element, for whoever asks later. */
  String place() {
    return "flow %s, step %s".formatted(job.getBpmnProcessId(), job.getElementId());
  }

  /**
   * The flow, the element and the run, and for whom it goes on: who has taken the lead, or sales
   * where they said how it ended and not who they are, as one may in Tasklist.
   */
  DecidedBy decidedBy() {
    String person =
        variable(ACCEPTED_BY)
            .or(() -> variable(OUTCOME).flatMap(Outcome::named).map(said -> SALES))
            .orElse(null);
    return DecidedBy.step(
        job.getBpmnProcessId(), job.getElementId(), job.getProcessInstanceKey(), person);
  }

  /** Who has taken the lead, where somebody said their name. */
  @Nullable String acceptedBy() {
    return variable(ACCEPTED_BY).orElse(null);
  }

  private @Nullable UUID id(String name) throws BadJob {
    Object value = variables.get(name);
    if (value == null) {
      return null;
    }
    try {
      return UUID.fromString(value.toString());
    } catch (IllegalArgumentException e) {
      // The value itself is not told: whoever set it may have put an address there.
      throw new BadJob(job, "variable " + name + " is no UUID (expected: an id of Ripen's)");
    }
  }
}
