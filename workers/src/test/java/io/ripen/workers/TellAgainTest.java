package io.ripen.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.api.worker.BackoffSupplier;
import io.camunda.client.jobhandling.CommandExceptionHandlingStrategy;
import io.camunda.client.jobhandling.CommandWrapper;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TellAgainTest {

  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final BackoffSupplier backoff = delay -> delay + 1;
  private final CommandExceptionHandlingStrategy strategy = new TellAgain(backoff, later);
  private final Command command = new Command(strategy);

  /** One that writes down what it is asked for. */
  private static final class Command extends CommandWrapper {

    private final List<String> asked = new ArrayList<>();

    @SuppressWarnings("NullAway")
    Command(CommandExceptionHandlingStrategy strategy) {
      super(null, null, strategy, null, null, 0);
    }

    @Override
    public void increaseBackoffUsing(BackoffSupplier backoff) {
      asked.add("back off");
    }

    @Override
    public void scheduleExecutionUsing(ScheduledExecutorService executor) {
      asked.add("again");
    }
  }

  @AfterEach
  void end() {
    later.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"UNAVAILABLE", "RESOURCE_EXHAUSTED", "DEADLINE_EXCEEDED"})
  void what_zeebe_did_not_take_is_told_again(Status.Code code) {
    strategy.handleCommandError(command, new CompletionException(code.toStatus().asException()));
    assertThat(command.asked).containsExactly("back off", "again");
  }

  @Test
  void it_is_told_again_however_the_problem_is_wrapped() {
    strategy.handleCommandError(command, Status.UNAVAILABLE.asRuntimeException());
    assertThat(command.asked).containsExactly("back off", "again");
  }

  @ParameterizedTest
  @EnumSource(
      value = Status.Code.class,
      names = {"NOT_FOUND", "INVALID_ARGUMENT", "FAILED_PRECONDITION"})
  void what_zeebe_refuses_is_not(Status.Code code) {
    strategy.handleCommandError(
        command, new CompletionException(code.toStatus().asRuntimeException()));
    assertThat(command.asked).isEmpty();
  }
}
