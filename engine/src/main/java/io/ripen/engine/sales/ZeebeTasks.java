package io.ripen.engine.sales;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientHttpException;
import io.camunda.client.api.command.FinalCommandStep;
import io.camunda.client.api.command.ProblemException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** By Zeebe's REST API: tasks are not to be had over gRPC. */
final class ZeebeTasks implements TaskCommands {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int NOT_FOUND = 404;
  private static final int TIMED_OUT = 408;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;

  private final CamundaClient client;

  ZeebeTasks(CamundaClient client) {
    this.client = client;
  }

  @Override
  public TaskAnswer claim(long key, String name) {
    return answer(client.newAssignUserTaskCommand(key).assignee(name).allowOverride(false));
  }

  @Override
  public TaskAnswer giveBack(long key) {
    return answer(client.newUnassignUserTaskCommand(key));
  }

  @Override
  public TaskAnswer complete(long key, Map<String, Object> variables) {
    return answer(client.newCompleteUserTaskCommand(key).variables(variables));
  }

  private static TaskAnswer answer(FinalCommandStep<?> command) {
    try {
      var unused = command.requestTimeout(TIMEOUT).send().join();
      return new TaskAnswer.Done();
    } catch (ProblemException e) {
      return answer(e.code(), detail(e));
    } catch (ClientHttpException e) {
      return answer(e.code(), e.getMessage());
    } catch (ClientException e) {
      return new TaskAnswer.Away(String.valueOf(e.getMessage()));
    }
  }

  static TaskAnswer answer(int code, @Nullable String detail) {
    String why = String.valueOf(detail);
    return switch (code) {
      case NOT_FOUND -> new TaskAnswer.Gone();
      case CONFLICT -> new TaskAnswer.Taken();
      case TIMED_OUT, TOO_MANY -> new TaskAnswer.Away(why);
      default -> code >= 400 && code < 500 ? new TaskAnswer.Refused(why) : new TaskAnswer.Away(why);
    };
  }

  private static @Nullable String detail(ProblemException problem) {
    return problem.details() == null ? problem.getMessage() : problem.details().getDetail();
  }
}
