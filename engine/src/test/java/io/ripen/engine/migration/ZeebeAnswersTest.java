package io.ripen.engine.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.camunda.client.api.command.ClientStatusException;
import io.grpc.Status;
import io.ripen.engine.migration.ZeebeMigration.Answer;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** The sentences are Zeebe's; MovesIT sees to it that they still are. */
class ZeebeAnswersTest {

  @Test
  void what_is_not_running_any_more_has_gone() {
    Status status =
        Status.NOT_FOUND.withDescription(
            "Command 'MIGRATE' rejected with code 'NOT_FOUND': Expected to migrate process instance"
                + " but no process instance found with key '7'");

    assertThat(ZeebeMigrationByClient.answer(status.asRuntimeException()))
        .isEqualTo(new Answer.Gone());
    assertThat(
            ZeebeMigrationByClient.answer(
                new CompletionException(
                    new ClientStatusException(status, status.asRuntimeException()))))
        .isEqualTo(new Answer.Gone());
  }

  @Test
  void a_version_that_is_gone_is_no_instance_that_has_ended() {
    Status status =
        Status.NOT_FOUND.withDescription(
            "Command 'MIGRATE' rejected with code 'NOT_FOUND': Expected to migrate process instance"
                + " to process definition but no process definition found with key '7'");

    assertThat(ZeebeMigrationByClient.answer(status.asRuntimeException()))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("no process definition found with key '7'", "deploy the flow again"));
  }

  @Test
  void a_no_is_not_taken_for_silence_nor_silence_for_a_no() {
    assertThat(
            ZeebeMigrationByClient.answer(
                Status.FAILED_PRECONDITION.withDescription("no mapping").asRuntimeException()))
        .isEqualTo(new Answer.Refused("no mapping"));
    assertThat(
            ZeebeMigrationByClient.answer(
                Status.UNAVAILABLE.withDescription("away").asRuntimeException()))
        .isEqualTo(new Answer.NotNow("UNAVAILABLE: away"));
  }
}
