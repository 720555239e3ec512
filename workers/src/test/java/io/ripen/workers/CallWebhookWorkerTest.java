package io.ripen.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.BpmnError;
import io.camunda.client.exception.JobError;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.steps.CallWebhook;
import io.ripen.engine.steps.CallWebhook.Call;
import io.ripen.engine.steps.CallWebhook.Outcome;
import io.ripen.engine.steps.CallWebhook.Tries;
import io.ripen.engine.steps.LookUp;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallWebhookWorkerTest {

  private static final UUID LEAD = UUID.fromString("0198f3a1-0000-7000-8000-000000000001");
  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final Call CALL =
      new Call(
          URI.create("https://crm.example.com/hooks/lead"),
          "flow-4503-" + LEAD,
          new Subject(LEAD, null, null, "e-1"),
          "nurturing",
          "serviceTask_tell",
          null);

  private final Map<String, String> headers =
      new HashMap<>(Map.of("url", "https://crm.example.com/hooks/lead"));
  private final Map<String, Object> variables =
      new HashMap<>(Map.of("leadId", LEAD.toString(), "eventId", "e-1"));
  private final CallWebhook webhook = mock(CallWebhook.class);
  private final LookUp lookUp = mock(LookUp.class);

  @Test
  void another_system_is_told() {
    when(webhook.call(CALL, Tries.NONE)).thenReturn(new Outcome.Taken());
    assertThatCode(this::handle).doesNotThrowAnyException();
  }

  @Test
  void a_job_that_comes_back_remembers_its_tries_and_uses_up_no_retry() {
    Tries once = new Tries(1, NOON);
    when(webhook.call(CALL, Tries.NONE))
        .thenReturn(new Outcome.TryLater("answered 503", Duration.ofMinutes(2), once));
    JobError failure = catchThrowableOfType(JobError.class, this::handle);
    assertThat(failure.getErrorMessage()).isEqualTo("answered 503");
    assertThat(failure.getRetries()).isEqualTo(10);
    assertThat(failure.getRetryBackoff().apply(10)).isEqualTo(Duration.ofMinutes(2));
    assertThat(failure.getVariables())
        .isEqualTo(Map.of("webhookTries", Map.of("failed", 1, "since", "2026-05-04T12:00:00Z")));

    variables.put("webhookTries", ((Map<?, ?>) failure.getVariables()).get("webhookTries"));
    when(webhook.call(CALL, once)).thenReturn(new Outcome.Taken());
    assertThatCode(this::handle).doesNotThrowAnyException();
  }

  @Test
  void tries_that_somebody_else_wrote_are_none() {
    when(webhook.call(CALL, Tries.NONE)).thenReturn(new Outcome.Taken());
    for (Object other :
        new Object[] {"many", 7, Map.of("failed", 1), Map.of("failed", 1, "since", "noon")}) {
      variables.put("webhookTries", other);
      assertThatCode(this::handle).doesNotThrowAnyException();
    }
  }

  @Test
  void a_refusal_is_an_error_that_the_flow_catches() {
    when(webhook.call(CALL, Tries.NONE)).thenReturn(new Outcome.Refused("answered 410"));
    BpmnError error = catchThrowableOfType(BpmnError.class, this::handle);
    assertThat(error.getErrorCode()).isEqualTo("webhook.refused");
    assertThat(error.getErrorMessage()).isEqualTo("answered 410");
  }

  @Test
  void the_flow_may_say_how_long_it_is_of_use() {
    headers.put("useBy", "PT4H");
    Call forFourHours =
        new Call(
            CALL.url(),
            CALL.id(),
            CALL.subject(),
            CALL.flow(),
            CALL.element(),
            Duration.ofHours(4));
    when(webhook.call(forFourHours, Tries.NONE)).thenReturn(new Outcome.Taken());
    assertThatCode(this::handle).doesNotThrowAnyException();
  }

  @Test
  void nobody_is_told_when_the_condition_does_not_hold() throws Exception {
    headers.put("onlyIf", "lead.known");
    when(lookUp.value(any(), anyString())).thenReturn(Optional.of(false));
    handle();
    verify(webhook, never()).call(any(), any());
  }

  @ParameterizedTest
  @CsvSource({
    "url, ftp://example.com/, is no web address",
    "url, https://me:pass@example.com/, is no web address",
    "useBy, soon, expected: P1D for a day"
  })
  void a_step_that_cannot_be_read_is_an_incident(String header, String value, String expected) {
    headers.put(header, value);
    JobError failure = catchThrowableOfType(JobError.class, this::handle);
    assertThat(failure.getRetries()).isZero();
    assertThat(failure.getErrorMessage()).contains(expected).doesNotContain("pass");
  }

  private void handle() {
    ActivatedJob job = mock(ActivatedJob.class);
    when(job.getKey()).thenReturn(77L);
    when(job.getRetries()).thenReturn(10);
    when(job.getElementInstanceKey()).thenReturn(4503L);
    when(job.getBpmnProcessId()).thenReturn("nurturing");
    when(job.getProcessDefinitionVersion()).thenReturn(3);
    when(job.getElementId()).thenReturn("serviceTask_tell");
    when(job.getCustomHeaders()).thenReturn(headers);
    when(job.getVariablesAsMap()).thenReturn(variables);
    new CallWebhookWorker(webhook, lookUp).handle(job);
  }
}
