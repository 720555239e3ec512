package io.ripen.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.BpmnError;
import io.camunda.client.exception.JobError;
import io.grpc.Status;
import io.ripen.engine.feel.InvalidFeel;
import io.ripen.engine.leads.DecidedBy;
import io.ripen.engine.leads.Decisions;
import io.ripen.engine.leads.SegmentChange;
import io.ripen.engine.leads.Stage;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.leads.UnknownLead;
import io.ripen.engine.rules.RuleSet;
import io.ripen.engine.sales.Handoffs;
import io.ripen.engine.segments.Segments;
import io.ripen.engine.splits.AssignVariant;
import io.ripen.engine.splits.Experiment;
import io.ripen.engine.steps.EnterFlow;
import io.ripen.engine.steps.LookUp;
import io.ripen.engine.steps.StartFlow;
import java.nio.file.Path;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.InOrder;
import org.springframework.dao.DataAccessResourceFailureException;

/** Workers only translate: what the job says goes in, what came out is told to the flow. */
class StepWorkersTest {

  private static final UUID LEAD = UUID.fromString("0198f3a1-0000-7000-8000-000000000001");

  private static final RuleSet RULES =
      RuleSet.NONE.with(Segments.FILE, Segments.read(Path.of("../bpmn/segments.dmn")));

  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, Object> variables =
      new HashMap<>(Map.of("leadId", LEAD.toString(), "eventId", "e-1"));
  private final Decisions decisions = mock(Decisions.class);
  private final Handoffs handoffs = mock(Handoffs.class);
  private final LookUp lookUp = mock(LookUp.class);
  private final EnterFlow enterFlow = mock(EnterFlow.class);
  private final AssignVariant assignVariant = mock(AssignVariant.class);

  @Test
  void a_value_goes_into_the_variable_that_the_flow_names() throws Exception {
    headers.putAll(Map.of("expression", "lead.answers.topic", "result", "topic"));
    when(lookUp.value(new Subject(LEAD, null, null, "e-1"), "lead.answers.topic"))
        .thenReturn(Optional.of("prices"));
    assertThat(new LookUpWorker(lookUp).handle(job())).isEqualTo(Map.of("topic", "prices"));
  }

  @Test
  void an_expression_that_is_no_good_is_an_incident_that_says_where() throws Exception {
    headers.put("expression", "lead.");
    when(lookUp.value(any(), anyString())).thenThrow(new InvalidFeel("lead.", "no name"));
    JobError failure =
        catchThrowableOfType(JobError.class, () -> new LookUpWorker(lookUp).handle(job()));
    assertThat(failure.getRetries()).isZero();
    assertThat(failure.getErrorMessage())
        .contains("serviceTask_step in flow nurturing, version 3")
        .contains("lead.");
  }

  @Test
  void a_database_that_is_away_costs_no_retry() throws Exception {
    headers.put("expression", "true");
    when(lookUp.value(any(), anyString()))
        .thenThrow(new DataAccessResourceFailureException("Anna was here"));
    JobError failure =
        catchThrowableOfType(JobError.class, () -> new LookUpWorker(lookUp).handle(job()));
    assertThat(failure.getRetries()).isEqualTo(10);
    assertThat(failure.getErrorMessage()).isEqualTo("the database is out of reach");
  }

  @ParameterizedTest
  @CsvSource({"RESOURCE_EXHAUSTED, 10", "UNAVAILABLE, 9"})
  void a_zeebe_that_has_too_much_to_do_costs_no_retry(Status.Code code, int left) throws Exception {
    headers.put("flow", "nurturing");
    StartFlow startFlow = mock(StartFlow.class);
    Status status = code.toStatus();
    when(startFlow.start(anyString(), eq(LEAD), eq("nurturing")))
        .thenThrow(new ClientStatusException(status, status.asRuntimeException()));
    JobError failure =
        catchThrowableOfType(JobError.class, () -> new StartFlowWorker(startFlow).handle(job()));
    assertThat(failure.getRetries()).isEqualTo(left);
    assertThat(failure.getErrorMessage()).startsWith("Zeebe does not start flow nurturing: ");
  }

  @Test
  void a_lead_that_is_not_there_is_an_incident() throws Exception {
    headers.put("expression", "true");
    when(lookUp.value(any(), anyString())).thenThrow(new UnknownLead(LEAD));
    JobError failure =
        catchThrowableOfType(JobError.class, () -> new LookUpWorker(lookUp).handle(job()));
    assertThat(failure.getErrorMessage()).contains(LEAD + " is not in the database");
  }

  @Test
  void who_may_not_enter_is_told_by_an_error_that_the_flow_catches() throws Exception {
    headers.putAll(Map.of("again", "P30D", "atMost", "3", "onlyIf", "lead.known"));
    when(enterFlow.enter(
            "nurturing",
            4500L,
            new Subject(LEAD, null, null, "e-1"),
            new EnterFlow.Rule("lead.known", Period.ofDays(30), 3)))
        .thenReturn(new EnterFlow.Outcome.Refused("too-soon", "Not yet."));
    BpmnError error =
        catchThrowableOfType(BpmnError.class, () -> new EnterFlowWorker(enterFlow).handle(job()));
    assertThat(error.getErrorCode()).isEqualTo("entry.refused");
    assertThat(error.getVariables()).isEqualTo(Map.of("entryRefused", "too-soon"));
  }

  @ParameterizedTest
  @CsvSource({
    "again, soon, P14D for two weeks",
    "again, P0D, P14D for two weeks",
    "atMost, many, a whole number",
    "atMost, 0, a whole number"
  })
  void a_rule_that_cannot_be_read_is_an_incident(String header, String value, String expected) {
    headers.put(header, value);
    JobError failure =
        catchThrowableOfType(JobError.class, () -> new EnterFlowWorker(enterFlow).handle(job()));
    assertThat(failure.getErrorMessage()).contains("header \"" + header + "\"").contains(expected);
  }

  @Test
  void a_stage_changes_once_for_each_element_instance() {
    headers.putAll(Map.of("to", "SQL", "reason", "meets BANT"));
    when(decisions.moveTo(anyString(), eq(LEAD), any(), anyString(), any()))
        .thenReturn(new Decisions.Outcome.Moved());
    assertThat(new ChangeStageWorker(decisions, handoffs).handle(job()))
        .isEqualTo(Map.of("stageChanged", true));
    verify(decisions)
        .moveTo(
            "flow-4503-" + LEAD,
            LEAD,
            Stage.SQL,
            "meets BANT",
            DecidedBy.step("nurturing", "serviceTask_step", 4500L, null));
    verifyNoInteractions(handoffs);
  }

  @Test
  void why_a_stage_changes_may_be_what_a_step_before_found_out() {
    headers.put("to", "DISQUALIFIED");
    variables.put("reason", " no budget, no say, no date ");
    when(decisions.moveTo(anyString(), eq(LEAD), any(), anyString(), any()))
        .thenReturn(new Decisions.Outcome.Moved());
    new ChangeStageWorker(decisions, handoffs).handle(job());
    verify(decisions)
        .moveTo(
            anyString(), eq(LEAD), eq(Stage.DISQUALIFIED), eq("no budget, no say, no date"), any());
  }

  /** In {@code sales-handoff} there is a variable of this name already. */
  @Test
  void the_words_of_a_step_of_a_former_version_come_first() {
    headers.putAll(Map.of("to", "CUSTOMER", "reason", "won by sales"));
    variables.put("reason", "spam");
    when(decisions.moveTo(anyString(), eq(LEAD), any(), anyString(), any()))
        .thenReturn(new Decisions.Outcome.Moved());
    new ChangeStageWorker(decisions, handoffs).handle(job());
    verify(decisions).moveTo(anyString(), any(), any(), eq("won by sales"), any());
  }

  @Test
  void a_stage_that_nobody_says_why_to_change_is_an_incident() {
    headers.put("to", "DISQUALIFIED");
    variables.put("reason", " ");
    JobError failure =
        catchThrowableOfType(
            JobError.class, () -> new ChangeStageWorker(decisions, handoffs).handle(job()));
    assertThat(failure.getErrorMessage())
        .contains("variable reason is empty (expected: why, in a few words)");
    verifyNoInteractions(decisions);
  }

  @Test
  void a_hand_off_leaves_its_note_with_sales() {
    headers.putAll(Map.of("to", "SQL", "reason", "meets BANT", "note", " Call soon "));
    when(decisions.moveTo(anyString(), any(), any(), anyString(), any()))
        .thenReturn(new Decisions.Outcome.AlreadyThere());
    assertThat(new ChangeStageWorker(decisions, handoffs).handle(job()))
        .isEqualTo(Map.of("stageChanged", false));
    InOrder order = inOrder(handoffs, decisions);
    order.verify(handoffs).note(4503, 4500, LEAD, "Call soon");
    order.verify(decisions).moveTo(anyString(), any(), any(), anyString(), any());
    verifyNoMoreInteractions(handoffs);
  }

  @Test
  void a_stage_is_changed_in_the_name_of_who_has_taken_the_lead() {
    headers.putAll(Map.of("to", "CUSTOMER", "reason", "won by sales"));
    variables.put("acceptedBy", " anna ");
    when(decisions.moveTo(anyString(), eq(LEAD), any(), anyString(), any()))
        .thenReturn(new Decisions.Outcome.Moved());
    new ChangeStageWorker(decisions, handoffs).handle(job());
    verify(decisions)
        .moveTo(
            "flow-4503-" + LEAD,
            LEAD,
            Stage.CUSTOMER,
            "won by sales",
            DecidedBy.step("nurturing", "serviceTask_step", 4500L, "anna"));
  }

  @ParameterizedTest
  @CsvSource({"notNow, sales", "eligible, "})
  void who_says_how_it_ended_and_not_their_name_is_sales_and_other_outcomes_are_no_word_of_theirs(
      String outcome, String person) {
    headers.putAll(Map.of("to", "LEAD", "reason", "as they say"));
    variables.putAll(Map.of("acceptedBy", "", "outcome", outcome));
    when(decisions.moveTo(anyString(), eq(LEAD), any(), anyString(), any()))
        .thenReturn(new Decisions.Outcome.Moved());
    new ChangeStageWorker(decisions, handoffs).handle(job());
    verify(decisions)
        .moveTo(
            anyString(),
            any(),
            eq(Stage.LEAD),
            anyString(),
            eq(DecidedBy.step("nurturing", "serviceTask_step", 4500L, person)));
  }

  @Test
  void a_stage_that_cannot_be_reached_is_told_by_an_error() {
    headers.putAll(Map.of("to", "SQL", "reason", "meets BANT", "note", "Call soon"));
    when(decisions.moveTo(anyString(), any(), any(), anyString(), any()))
        .thenReturn(new Decisions.Outcome.Impossible("the lead is DISQUALIFIED"));
    BpmnError error =
        catchThrowableOfType(
            BpmnError.class, () -> new ChangeStageWorker(decisions, handoffs).handle(job()));
    assertThat(error.getErrorCode()).isEqualTo("stage.refused");
    verify(handoffs).takeBack(4503, LEAD);
  }

  @Test
  void a_hand_off_that_says_too_little_leaves_no_note() {
    headers.putAll(Map.of("to", "SQL", "note", "Call soon"));
    assertThat(
            catchThrowableOfType(
                JobError.class, () -> new ChangeStageWorker(decisions, handoffs).handle(job())))
        .isNotNull();
    verifyNoInteractions(handoffs, decisions);
  }

  @Test
  void a_lead_comes_into_a_list() {
    headers.putAll(Map.of("segment", "event-guests", "change", "enter"));
    when(decisions.changeSegments(anyString(), any(), anyString(), anyBoolean()))
        .thenReturn(Optional.empty());
    new ChangeSegmentWorker(decisions, () -> RULES).handle(job());
    verify(decisions)
        .changeSegments(
            "flow-4503-" + LEAD,
            List.of(new SegmentChange(LEAD, "event-guests", true)),
            "flow nurturing, step serviceTask_step",
            false);
  }

  @ParameterizedTest
  @CsvSource({
    "full-carts, enter, filled by its condition",
    "nobody-knows, leave, which is no segment",
    "event-guests, toggle, enter or leave"
  })
  void a_segment_that_no_flow_fills_is_an_incident(String segment, String change, String expected) {
    headers.putAll(Map.of("segment", segment, "change", change));
    JobError failure =
        catchThrowableOfType(
            JobError.class, () -> new ChangeSegmentWorker(decisions, () -> RULES).handle(job()));
    assertThat(failure.getErrorMessage()).contains(expected);
  }

  @Test
  void points_are_given_for_a_reason() {
    headers.putAll(Map.of("points", "-5", "reason", "no answer"));
    when(decisions.addPoints(anyString(), any(), eq(-5), anyString(), anyString()))
        .thenReturn(Optional.empty());
    new AddPointsWorker(decisions).handle(job());
    verify(decisions)
        .addPoints(
            "flow-4503-" + LEAD, LEAD, -5, "no answer", "flow nurturing, step serviceTask_step");
  }

  @Test
  void a_split_is_by_lead_and_place_and_all_that_its_step_says() {
    headers.putAll(Map.of("variants", "A: 1, B: 1", "result", "series", "goal", "clicked"));
    when(assignVariant.assign(
            new AssignVariant.Place("nurturing", 3, "serviceTask_step", 4500L),
            LEAD,
            Experiment.read(headers::get)))
        .thenReturn(Optional.of("A"), Optional.empty());
    assertThat(new SplitWorker(assignVariant).handle(job())).isEqualTo(Map.of("series", "A"));
    JobError failure =
        catchThrowableOfType(JobError.class, () -> new SplitWorker(assignVariant).handle(job()));
    assertThat(failure.getErrorMessage()).contains(LEAD + " is not in the database");
  }

  @ParameterizedTest
  @CsvSource({
    "variants, A, 'as in A: 50, B: 50'",
    "goal, rich, 'ordered, clicked, replied or event'",
    "within, soon, P14D for 14 days"
  })
  void a_split_that_cannot_be_read_is_an_incident(String header, String value, String expected) {
    headers.put("variants", "A: 1, B: 1");
    headers.put(header, value);
    JobError failure =
        catchThrowableOfType(JobError.class, () -> new SplitWorker(assignVariant).handle(job()));
    assertThat(failure.getRetries()).isZero();
    assertThat(failure.getErrorMessage()).contains(expected);
  }

  private ActivatedJob job() {
    ActivatedJob job = mock(ActivatedJob.class);
    when(job.getKey()).thenReturn(77L);
    when(job.getRetries()).thenReturn(10);
    when(job.getElementInstanceKey()).thenReturn(4503L);
    when(job.getProcessInstanceKey()).thenReturn(4500L);
    when(job.getBpmnProcessId()).thenReturn("nurturing");
    when(job.getProcessDefinitionVersion()).thenReturn(3);
    when(job.getElementId()).thenReturn("serviceTask_step");
    when(job.getCustomHeaders()).thenReturn(headers);
    when(job.getVariablesAsMap()).thenReturn(variables);
    return job;
  }
}
