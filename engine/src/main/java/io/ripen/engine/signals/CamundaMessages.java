package io.ripen.engine.signals;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Publishes by Camunda's client, over gRPC or REST, whichever it is set to. */
final class CamundaMessages implements ZeebeMessages {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int CONFLICT = 409;
  private static final int TIMED_OUT = 408;
  private static final int TOO_MANY = 429;

  private final CamundaClient client;

  CamundaMessages(CamundaClient client) {
    this.client = client;
  }

  @Override
  public CompletableFuture<Answer> publish(PendingSignal signal) {
    return client
        .newPublishMessageCommand()
        .messageName(signal.name())
        .correlationKey(signal.correlationKey())
        .messageId(signal.messageId())
        .timeToLive(signal.timeToLive())
        .variables(signal.variables())
        .requestTimeout(TIMEOUT)
        .send()
        .toCompletableFuture()
        .handle((done, failure) -> failure == null ? new Answer.Taken() : answer(failure));
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

  private static Answer answer(Status status) {
    String text = status.getCode() + ": " + status.getDescription();
    return switch (status.getCode()) {
      case OK, ALREADY_EXISTS -> new Answer.Taken();
      case INVALID_ARGUMENT, NOT_FOUND, OUT_OF_RANGE, FAILED_PRECONDITION, UNIMPLEMENTED ->
          new Answer.Refused(text);
      case CANCELLED,
          UNKNOWN,
          DEADLINE_EXCEEDED,
          PERMISSION_DENIED,
          RESOURCE_EXHAUSTED,
          ABORTED,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS,
          UNAUTHENTICATED ->
          new Answer.NotNow(text);
    };
  }

  private static Answer answer(int code, String text) {
    if (code == CONFLICT) {
      return new Answer.Taken();
    }
    boolean ours = code >= 400 && code < 500 && code != TIMED_OUT && code != TOO_MANY;
    boolean denied = code == 401 || code == 403;
    return ours && !denied ? new Answer.Refused(text) : new Answer.NotNow(text);
  }
}
