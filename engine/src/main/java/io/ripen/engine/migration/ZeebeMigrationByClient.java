package io.ripen.engine.migration;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.MigrationPlan;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Migrates with Camunda's client, over gRPC or REST, whichever it is set to. */
final class ZeebeMigrationByClient implements ZeebeMigration {

  /** Of what Zeebe does not find it tells in words alone whether it is this or the version. */
  private static final String NO_INSTANCE = "no process instance found";

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final CamundaClient client;

  ZeebeMigrationByClient(CamundaClient client) {
    this.client = client;
  }

  @Override
  public CompletableFuture<Answer> move(
      long instance, long processKey, Map<String, String> instructions) {
    return client
        .newMigrateProcessInstanceCommand(instance)
        .migrationPlan(plan(processKey, instructions))
        .requestTimeout(TIMEOUT)
        .send()
        .toCompletableFuture()
        .handle((done, failure) -> failure == null ? new Answer.Moved() : answer(failure));
  }

  private static MigrationPlan plan(long processKey, Map<String, String> instructions) {
    Iterator<Map.Entry<String, String>> all = instructions.entrySet().iterator();
    Map.Entry<String, String> first = all.next();
    var plan =
        MigrationPlan.newBuilder()
            .withTargetProcessDefinitionKey(processKey)
            .addMappingInstruction(first.getKey(), first.getValue());
    while (all.hasNext()) {
      Map.Entry<String, String> next = all.next();
      plan = plan.addMappingInstruction(next.getKey(), next.getValue());
    }
    return plan.build();
  }

  /** What a failure means. */
  static Answer answer(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return switch (cause) {
      case ClientStatusException grpc -> answer(grpc.getStatus());
      // What a future fails with; the client wraps it only for who joins.
      case StatusRuntimeException grpc -> answer(grpc.getStatus());
      case ProblemException rest -> answer(rest.code(), String.valueOf(rest.getMessage()));
      default -> new Answer.NotNow(String.valueOf(cause.getMessage()));
    };
  }

  /** Only an instance that is certainly not there has ended. */
  private static Answer notFound(String text) {
    return text.contains(NO_INSTANCE)
        ? new Answer.Gone()
        : new Answer.Refused(
            text
                + " (if the version was deleted in Zeebe, deploy the flow again and move to that)");
  }

  private static Answer answer(Status status) {
    String text = String.valueOf(status.getDescription());
    return switch (status.getCode()) {
      case OK -> new Answer.Moved();
      case NOT_FOUND -> notFound(text);
      case INVALID_ARGUMENT, FAILED_PRECONDITION, ALREADY_EXISTS, OUT_OF_RANGE, UNIMPLEMENTED ->
          new Answer.Refused(text);
      default -> new Answer.NotNow(status.getCode() + ": " + text);
    };
  }

  private static Answer answer(int code, String text) {
    return switch (code) {
      case 404 -> notFound(text);
      case 400, 409, 422 -> new Answer.Refused(text);
      default -> new Answer.NotNow(text);
    };
  }
}
