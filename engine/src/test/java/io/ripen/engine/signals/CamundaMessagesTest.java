package io.ripen.engine.signals;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.api.command.ClientStatusException;
import io.grpc.Status;
import io.ripen.engine.signals.ZeebeMessages.Answer;
import java.net.ConnectException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CamundaMessagesTest {

  private static final Set<Status.Code> ITS_OWN_FAULT =
      Set.of(
          Status.Code.INVALID_ARGUMENT,
          Status.Code.NOT_FOUND,
          Status.Code.OUT_OF_RANGE,
          Status.Code.FAILED_PRECONDITION,
          Status.Code.UNIMPLEMENTED);

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OK", "ALREADY_EXISTS"})
  void only_what_a_message_itself_is_guilty_of_refuses_it(Status.Code code) {
    Answer answer = answer(code);
    if (ITS_OWN_FAULT.contains(code)) {
      assertThat(answer).isEqualTo(new Answer.Refused(code + ": why"));
    } else {
      assertThat(answer).isEqualTo(new Answer.NotNow(code + ": why"));
    }
  }

  @Test
  void a_message_that_zeebe_has_already_is_taken() {
    assertThat(answer(Status.Code.ALREADY_EXISTS)).isEqualTo(new Answer.Taken());
  }

  @Test
  void a_future_fails_with_grpcs_own_exception() {
    assertThat(CamundaMessages.answer(Status.ALREADY_EXISTS.asRuntimeException()))
        .isEqualTo(new Answer.Taken());
    assertThat(
            CamundaMessages.answer(
                Status.INVALID_ARGUMENT.withDescription("why").asRuntimeException()))
        .isEqualTo(new Answer.Refused("INVALID_ARGUMENT: why"));
  }

  @Test
  void a_broken_connection_is_waited_for() {
    assertThat(CamundaMessages.answer(new CompletionException(new ConnectException("refused"))))
        .isEqualTo(new Answer.NotNow("refused"));
  }

  private static Answer answer(Status.Code code) {
    return CamundaMessages.answer(
        new CompletionException(
            new ClientStatusException(code.toStatus().withDescription("why"), null)));
  }
}
