package io.ripen.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.JobError;
import io.ripen.engine.sales.Choice;
import io.ripen.engine.sales.ChooseSalesperson;
import io.ripen.engine.sales.Handoffs;
import io.ripen.engine.sales.NoRoute;
import io.ripen.engine.sales.Outcome;
import io.ripen.engine.sales.RecordOutcome;
import io.ripen.engine.sales.Verdict;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class SalesWorkersTest {

  private static final UUID LEAD = UUID.fromString("0198f3a1-0000-7000-8000-000000000001");

  private final ChooseSalesperson choose = mock(ChooseSalesperson.class);
  private final Handoffs handoffs = mock(Handoffs.class);
  private final RecordOutcome outcomes = mock(RecordOutcome.class);
  private final Map<String, String> headers = new HashMap<>(Map.of("note", " Half is gone "));
  private final Map<String, Object> variables = new HashMap<>(Map.of("leadId", LEAD.toString()));

  @Test
  void the_choice_becomes_the_flow_s_variables() throws NoRoute {
    when(choose.choose(4500, LEAD))
        .thenReturn(new Choice(LEAD, "sales", "sales-leads", "anna", Duration.ofHours(4)));

    assertThat(new ChooseSalespersonWorker(choose).handle(job()))
        .isEqualTo(
            Map.of(
                "team", "sales",
                "teamLeads", "sales-leads",
                "salesperson", "anna",
                "within", "PT4H",
                "remindAfter", "PT2H"));
  }

  @Test
  void where_nobody_takes_leads_the_variable_is_there_and_null() throws NoRoute {
    when(choose.choose(4500, LEAD))
        .thenReturn(new Choice(LEAD, "sales", "sales-leads", null, Duration.ofHours(1)));

    assertThat(new ChooseSalespersonWorker(choose).handle(job()))
        .containsEntry("salesperson", null)
        .containsEntry("remindAfter", "PT30M");
  }

  @Test
  void a_lead_without_a_route_is_an_incident_that_says_why() throws NoRoute {
    NoRoute noRoute = mock(NoRoute.class);
    when(noRoute.getMessage()).thenReturn("no rule fits");
    when(choose.choose(anyLong(), any())).thenThrow(noRoute);

    JobError failure = failure(() -> new ChooseSalespersonWorker(choose).handle(job()));
    assertThat(failure.getRetries()).isZero();
    assertThat(failure.getErrorMessage()).contains("no rule fits", "then retry");
  }

  @Test
  void a_lead_id_that_is_none_is_an_incident_that_does_not_tell_it() {
    variables.put("leadId", "anna@example.com");

    JobError failure = failure(() -> new NoteForSalesWorker(handoffs).handle(job()));
    assertThat(failure.getRetries()).isZero();
    assertThat(failure.getErrorMessage()).contains("leadId is no UUID").doesNotContain("anna@");
    verifyNoInteractions(handoffs);
  }

  @Test
  void a_note_goes_into_the_inbox_once_for_each_pass_through_its_step() {
    new NoteForSalesWorker(handoffs).handle(job());

    verify(handoffs).note(4503, 4500, LEAD, "Half is gone", null);
  }

  @Test
  void a_note_is_told_to_whom_the_step_names() {
    headers.put("tell", "team-leads");
    new NoteForSalesWorker(handoffs).handle(job());

    verify(handoffs).note(4503, 4500, LEAD, "Half is gone", Handoffs.Tell.TEAM_LEADS);
  }

  @Test
  void a_step_that_names_nobody_we_know_is_an_incident() {
    headers.put("tell", "everybody");

    assertThat(failure(() -> new NoteForSalesWorker(handoffs).handle(job())).getErrorMessage())
        .contains("header \"tell\" is \"everybody\" (expected: team or team-leads)");
    verifyNoInteractions(handoffs);
  }

  @Test
  void a_step_without_a_note_is_an_incident() {
    headers.clear();

    assertThat(failure(() -> new NoteForSalesWorker(handoffs).handle(job())).getErrorMessage())
        .contains("header \"note\" is missing");
  }

  @Test
  void an_outcome_is_recorded_with_who_had_the_lead() {
    variables.putAll(Map.of("outcome", "won", "budget", "yes", "acceptedBy", " anna "));

    assertThat(new RecordOutcomeWorker(outcomes).handle(job())).isEmpty();

    verify(outcomes)
        .record(4500, 4503, LEAD, new Verdict(Outcome.WON, null, Map.of("budget", "yes")), "anna");
  }

  @Test
  void why_somebody_is_no_lead_is_told_to_the_flow_in_words() {
    variables.putAll(Map.of("outcome", "disqualified", "reason", "unreachable"));

    assertThat(new RecordOutcomeWorker(outcomes).handle(job()))
        .isEqualTo(Map.of("outcomeReason", "Could not be reached"));
  }

  @Test
  void an_outcome_that_is_none_is_an_incident() {
    variables.put("outcome", "sold");

    JobError failure = failure(() -> new RecordOutcomeWorker(outcomes).handle(job()));
    assertThat(failure.getRetries()).isZero();
    assertThat(failure.getErrorMessage()).contains("expected: one of won, notNow, noNeed");
  }

  @Test
  void servers_out_of_reach_cost_no_retry() {
    variables.put("outcome", "won");
    doThrow(new CompletionException(new IllegalStateException("kafka")))
        .when(outcomes)
        .record(anyLong(), anyLong(), eq(LEAD), any(), any());
    doThrow(new DataAccessResourceFailureException("anna@example.com is locked"))
        .when(handoffs)
        .note(anyLong(), anyLong(), any(), any(), any());

    JobError kafka = failure(() -> new RecordOutcomeWorker(outcomes).handle(job()));
    JobError database = failure(() -> new NoteForSalesWorker(handoffs).handle(job()));
    assertThat(kafka.getRetries()).isEqualTo(10);
    assertThat(kafka.getErrorMessage()).isEqualTo("Kafka is out of reach");
    assertThat(database.getRetries()).isEqualTo(10);
    assertThat(database.getErrorMessage()).isEqualTo("the database is out of reach");
  }

  private static JobError failure(Runnable job) {
    return catchThrowableOfType(JobError.class, job::run);
  }

  private ActivatedJob job() {
    ActivatedJob job = mock(ActivatedJob.class);
    when(job.getRetries()).thenReturn(10);
    when(job.getElementInstanceKey()).thenReturn(4503L);
    when(job.getProcessInstanceKey()).thenReturn(4500L);
    when(job.getBpmnProcessId()).thenReturn("sales-handoff");
    when(job.getElementId()).thenReturn("serviceTask_remindTeam");
    when(job.getCustomHeaders()).thenReturn(headers);
    when(job.getVariablesAsMap()).thenReturn(variables);
    return job;
  }
}
