package io.ripen.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.camunda.client.annotation.JobWorker;
import io.camunda.client.api.response.ActivatedJob;
import io.camunda.client.exception.BpmnError;
import io.camunda.client.exception.JobError;
import io.camunda.client.jobhandling.JobHandlingUtil;
import io.ripen.engine.flows.SendJobs;
import io.ripen.engine.gate.Priority;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.touches.SendTouch;
import io.ripen.engine.touches.Touch;
import io.ripen.engine.touches.TouchOutcome;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.util.ReflectionUtils;

@ExtendWith(OutputCaptureExtension.class)
class SendWorkersTest {

  private static final String LEAD = "0198f3a1-0000-7000-8000-000000000001";
  private static final String CART = "0198f3a1-0000-7000-8000-000000000002";

  private final Map<String, String> headers =
      new HashMap<>(
          Map.of("message", "reminder", "purpose", "marketing", "onlyIf", "cart.state = \"open\""));
  private final Map<String, Object> variables =
      new HashMap<>(Map.of("leadId", LEAD, "cartId", CART));

  private ActivatedJob job() {
    ActivatedJob job = mock(ActivatedJob.class);
    when(job.getKey()).thenReturn(77L);
    when(job.getRetries()).thenReturn(10);
    when(job.getElementInstanceKey()).thenReturn(4503L);
    when(job.getProcessInstanceKey()).thenReturn(4500L);
    when(job.getBpmnProcessId()).thenReturn("abandoned-cart");
    when(job.getProcessDefinitionVersion()).thenReturn(3);
    when(job.getElementId()).thenReturn("serviceTask_sendReminder");
    when(job.getCustomHeaders()).thenReturn(headers);
    when(job.getVariablesAsMap()).thenReturn(variables);
    return job;
  }

  private void handle(SendTouch sendTouch) {
    new SendWorkers(sendTouch).email(job());
  }

  private JobError failure(SendTouch sendTouch) {
    return catchThrowableOfType(JobError.class, () -> handle(sendTouch));
  }

  private static Duration backoff(JobError failure) {
    return failure.getRetryBackoff().apply(failure.getRetries());
  }

  @Test
  void a_job_says_what_is_to_be_sent_to_whom() {
    AtomicReference<Touch> asked = new AtomicReference<>();

    handle(
        touch -> {
          asked.set(touch);
          return new TouchOutcome.Done();
        });

    assertThat(asked.get())
        .isEqualTo(
            new Touch(
                4503,
                new Subject(UUID.fromString(LEAD), UUID.fromString(CART), null, null),
                "email",
                "marketing",
                "reminder",
                "cart.state = \"open\"",
                Priority.NORMAL,
                null,
                new Touch.Place("abandoned-cart", 3, "serviceTask_sendReminder", 4500)));
  }

  /** Called as the starter does it: from another package, without making the method accessible. */
  @ParameterizedTest
  @ValueSource(strings = {"email", "sms", "messenger", "chat", "popup", "push", "best"})
  void each_channel_has_a_worker_of_its_own(String channel) throws Exception {
    AtomicReference<Touch> asked = new AtomicReference<>();
    SendWorkers workers =
        new SendWorkers(
            touch -> {
              asked.set(touch);
              return new TouchOutcome.Done();
            });
    Method worker = SendWorkers.class.getDeclaredMethod(channel, ActivatedJob.class);

    ReflectionUtils.invokeMethod(worker, workers, job());

    assertThat(asked.get().channel()).isEqualTo(channel);
    String type = worker.getAnnotation(JobWorker.class).type();
    assertThat(SendJobs.channel(type)).hasValue(channel);
  }

  @Test
  void a_popup_may_carry_a_form() {
    headers.put("form", " newsletter ");
    AtomicReference<Touch> asked = new AtomicReference<>();

    handle(
        touch -> {
          asked.set(touch);
          return new TouchOutcome.Done();
        });

    assertThat(asked.get().form()).isEqualTo("newsletter");
  }

  @Test
  void a_flow_without_cart_or_condition_may_send_too() {
    variables.remove("cartId");
    headers.remove("onlyIf");
    AtomicReference<Touch> asked = new AtomicReference<>();

    handle(
        touch -> {
          asked.set(touch);
          return new TouchOutcome.Done();
        });

    assertThat(asked.get().about().cartId()).isNull();
    assertThat(asked.get().onlyIf()).isNull();
  }

  @Test
  void what_the_gate_denies_goes_the_drawn_way() {
    BpmnError error =
        catchThrowableOfType(
            BpmnError.class,
            () -> handle(touch -> new TouchOutcome.Denied("no-consent", "Never agreed.")));

    assertThat(error.getErrorCode()).isEqualTo("touch.denied");
    assertThat(error.getVariables()).isEqualTo(Map.of("touchDenied", "no-consent"));
  }

  @Test
  void what_the_provider_rejects_goes_the_drawn_way() {
    assertThatThrownBy(() -> handle(touch -> new TouchOutcome.Rejected("550 no such user")))
        .isInstanceOfSatisfying(
            BpmnError.class, e -> assertThat(e.getErrorCode()).isEqualTo("touch.rejected"));
  }

  @Test
  void what_has_to_wait_waits_without_using_up_a_retry() {
    JobError failure =
        failure(touch -> new TouchOutcome.TryLater(Duration.ofMinutes(2), "the server is down"));

    assertThat(failure.getRetries()).isEqualTo(10);
    assertThat(backoff(failure)).isEqualTo(Duration.ofMinutes(2));
    assertThat(JobHandlingUtil.createErrorMessage(failure).strip()).isEqualTo("the server is down");
  }

  @Test
  void what_somebody_has_to_mend_becomes_an_incident() {
    JobError failure = failure(touch -> new TouchOutcome.Broken("reminder.en.mjml, line 7: …"));

    assertThat(failure.getRetries()).isZero();
    assertThat(JobHandlingUtil.createErrorMessage(failure).strip())
        .isEqualTo("reminder.en.mjml, line 7: …");
  }

  @Test
  void a_database_out_of_reach_uses_up_no_retry_and_tells_nothing(CapturedOutput output) {
    JobError failure =
        failure(
            touch -> {
              throw new DataAccessResourceFailureException("Key (email)=(anna@example.org)");
            });

    assertThat(failure.getRetries()).isEqualTo(10);
    assertThat(failure.getErrorMessage()).isEqualTo("the database is out of reach");
    assertThat(output.getAll())
        .contains("Job 77 waits for the database: DataAccessResourceFailureException")
        .doesNotContain("anna@example.org");
  }

  @Test
  void a_bug_becomes_an_incident_in_the_end_and_tells_where_but_not_who(CapturedOutput output) {
    JobError failure =
        failure(
            touch -> {
              throw new IllegalStateException("no such user: anna@example.org");
            });

    assertThat(failure.getRetries()).isEqualTo(9);
    assertThat(JobHandlingUtil.createErrorMessage(failure))
        .startsWith("a bug: IllegalStateException at io.ripen.workers.SendWorkersTest")
        .doesNotContain("anna@example.org");
    assertThat(output.getAll()).contains("Job 77 failed").doesNotContain("anna@example.org");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "leadId  |                  | variable leadId is missing",
        "leadId  | anna@example.org | variable leadId is no UUID",
        "cartId  | anna@example.org | variable cartId is no UUID",
        "message |                  | header \"message\" is missing",
        "message | ' '              | header \"message\" is missing",
        "purpose |                  | header \"purpose\" is \"\" (expected: marketing, newsletter or transactional)",
        "purpose | spam             | header \"purpose\" is \"spam\"",
      })
  void a_job_that_is_no_good_is_an_incident_that_says_where(
      String what, String value, String problem) {
    Map<String, ? super String> target = what.endsWith("Id") ? variables : headers;
    target.remove(what);
    if (value != null) {
      target.put(what, value);
    }

    JobError failure =
        failure(
            touch -> {
              throw new AssertionError("must not be asked");
            });

    assertThat(failure.getRetries()).isZero();
    assertThat(failure.getErrorMessage())
        .startsWith("serviceTask_sendReminder in flow abandoned-cart, version 3: ")
        .contains(problem)
        .doesNotContain("anna@example.org");
  }
}
