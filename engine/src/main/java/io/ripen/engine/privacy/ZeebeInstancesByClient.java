package io.ripen.engine.privacy;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import java.time.Duration;

/** Ends instances with Camunda's client, over gRPC or REST, whichever it is set to. */
final class ZeebeInstancesByClient implements ZeebeInstances {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final CamundaClient client;

  ZeebeInstancesByClient(CamundaClient client) {
    this.client = client;
  }

  @Override
  public Answer stop(long instance) {
    try {
      client.newCancelInstanceCommand(instance).requestTimeout(TIMEOUT).send().join();
      return Answer.STOPPED;
    } catch (ClientStatusException e) {
      return switch (e.getStatusCode()) {
        case NOT_FOUND -> Answer.GONE;
        case INVALID_ARGUMENT, FAILED_PRECONDITION -> Answer.PART;
        default -> throw away(instance, e);
      };
    } catch (ProblemException e) {
      return switch (e.code()) {
        case 404 -> Answer.GONE;
        case 400, 409 -> Answer.PART;
        default -> throw away(instance, e);
      };
    } catch (ClientException e) {
      throw away(instance, e);
    }
  }

  private static Away away(long instance, ClientException e) {
    return new Away(
        "Zeebe does not end instance %d now: %s".formatted(instance, e.getMessage()), e);
  }
}
