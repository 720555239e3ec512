package io.ripen.engine.steps;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Starts a flow for a lead, once for each cause. Zeebe does not know of causes, so it is noted
 * first: who dies between the note and Zeebe's answer leaves a start that nobody can be sure of,
 * and that is not tried again, as a message too few is better than one too many.
 */
@Component
public final class StartFlow {

  private static final String NOTE =
      """
      insert into flow_start (cause, lead_id, flow, started_at) values (:cause, :lead, :flow, :now)
      on conflict (cause, lead_id) do nothing
      """;

  private final CamundaClient zeebe;
  private final JdbcClient jdbc;
  private final Clock clock;

  StartFlow(CamundaClient zeebe, JdbcTemplate jdbc, Clock clock) {
    this.zeebe = zeebe;
    this.jdbc = JdbcClient.create(jdbc);
    this.clock = clock;
  }

  /** Whether the flow runs for the lead. */
  public enum Outcome {
    /** It was started now. */
    STARTED,
    /** It was started for this cause before. */
    KNOWN
  }

  /**
   * Starts the newest version of a flow.
   *
   * @param cause why; the same cause starts it once for the same lead
   * @param flow the BPMN process id
   * @throws ClientException when Zeebe does not take it for now, or knows no such flow; then it is
   *     as if nobody had tried
   */
  public Outcome start(String cause, UUID leadId, String flow) {
    int noted =
        jdbc.sql(NOTE)
            .param("cause", cause)
            .param("lead", leadId)
            .param("flow", flow)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    if (noted == 0) {
      return Outcome.KNOWN;
    }
    try {
      long instance =
          zeebe
              .newCreateInstanceCommand()
              .bpmnProcessId(flow)
              .latestVersion()
              .variables(Map.of("leadId", leadId.toString()))
              .send()
              .join()
              .getProcessInstanceKey();
      jdbc.sql("update flow_start set instance_key = ? where cause = ? and lead_id = ?")
          .params(instance, cause, leadId)
          .update();
      return Outcome.STARTED;
    } catch (ClientException e) {
      if (isCertain(e)) {
        jdbc.sql("delete from flow_start where cause = ? and lead_id = ?")
            .params(cause, leadId)
            .update();
      }
      throw e;
    }
  }

  /** Whether Zeebe has certainly not started it. */
  private static boolean isCertain(ClientException e) {
    return e instanceof ClientStatusException status
        && switch (status.getStatus().getCode()) {
          case INVALID_ARGUMENT,
              NOT_FOUND,
              FAILED_PRECONDITION,
              RESOURCE_EXHAUSTED,
              PERMISSION_DENIED,
              UNAUTHENTICATED,
              UNIMPLEMENTED ->
              true;
          default -> false;
        };
  }
}
