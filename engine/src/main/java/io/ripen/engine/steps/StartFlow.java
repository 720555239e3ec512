package io.ripen.engine.steps;

import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.client.api.command.ClientStatusException;
import io.camunda.client.api.command.ProblemException;
import io.camunda.client.api.response.PartitionBrokerHealth;
import io.camunda.client.api.response.PartitionInfo;
import io.camunda.client.api.response.Topology;
import io.grpc.Status;
import io.ripen.engine.flows.FlowStart;
import io.ripen.engine.flows.FlowStarts;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** What is noted for this cause, of the lead or of any that was merged with it. */
  private static final String NOTED =
      """
      from (select coalesce(merged_into, id) as id from lead where id = :lead) today
      cross join lateral
        (select today.id union all select id from lead where merged_into = today.id) one
      join flow_start s on s.lead_id = one.id and s.cause = :cause
      """;

  private static final String NOTE =
      """
      insert into flow_start (cause, lead_id, flow, started_at)
      select :cause, :lead::uuid, :flow, :now::timestamptz where not exists (select 1 %s)
      on conflict (cause, lead_id) do nothing
      """
          .formatted(NOTED);

  /** As HTTP's: a bad request, not found, a conflict. */
  private static final Set<Integer> FOR_GOOD = Set.of(400, 404, 409);

  private static final Set<PartitionBrokerHealth> ILL =
      Set.of(PartitionBrokerHealth.UNHEALTHY, PartitionBrokerHealth.DEAD);

  private static final Set<Integer> NOT_ALLOWED = Set.of(401, 403);
  private static final int TOO_MANY = 429;
  private static final String PUSHES_BACK = Status.Code.RESOURCE_EXHAUSTED.name();

  /** What a start gives to the flow. */
  private static final String LEAD = "leadId";

  private final CamundaClient zeebe;
  private final FlowStarts flows;
  private final JdbcClient jdbc;
  private final Clock clock;

  StartFlow(CamundaClient zeebe, FlowStarts flows, JdbcTemplate jdbc, Clock clock) {
    this.zeebe = zeebe;
    this.flows = flows;
    this.jdbc = JdbcClient.create(jdbc);
    this.clock = clock;
  }

  /** Whether the flow runs for the lead. */
  public enum Outcome {
    /** It was started now. */
    STARTED,
    /** It was started for this cause before. */
    KNOWN,
    /** Somebody tried for this cause before, and nobody can tell whether it runs. */
    UNSURE
  }

  /**
   * Why a flow cannot be started for a lead by anybody.
   *
   * @param flow the BPMN process id
   * @return a sentence; empty when it can
   */
  public Optional<String> obstacle(String flow) {
    try {
      FlowStart unused = startable(flow);
      return Optional.empty();
    } catch (FlowNotStarted e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private FlowStart startable(String flow) throws FlowNotStarted {
    Optional<FlowStart> start = flows.of(flow);
    if (start.isEmpty()) {
      throw new FlowNotStarted(
          "there is no flow %s (expected: the id of one that is deployed)".formatted(flow));
    }
    for (String variable : start.get().variables()) {
      if (!variable.equals(LEAD)) {
        throw new FlowNotStarted(
            "flow %s goes by %s, which only its signal tells (expected: a flow that is about the lead alone)"
                .formatted(flow, variable));
      }
    }
    return start.get();
  }

  /**
   * Starts the newest version of a flow: at its start event without a signal, or where it has none,
   * at what follows the first one.
   *
   * @param cause why; the same cause starts it once for the same lead
   * @param flow the BPMN process id
   * @throws FlowNotStarted when nobody can start it
   * @throws ClientException when Zeebe does not take it for now; then it is as if nobody had tried,
   *     or, where that cannot be told, as if it had been started
   */
  public Outcome start(String cause, UUID leadId, String flow) throws FlowNotStarted {
    FlowStart start = startable(flow);
    int noted =
        jdbc.sql(NOTE)
            .param("cause", cause)
            .param("lead", leadId)
            .param("flow", flow)
            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
            .update();
    if (noted == 0) {
      return isStarted(cause, leadId) ? Outcome.KNOWN : Outcome.UNSURE;
    }
    try {
      long instance = start(start, leadId);
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
      if (isForGood(e)) {
        throw new FlowNotStarted(
            "Zeebe does not start flow %s: %s".formatted(flow, e.getMessage()));
      }
      throw e;
    }
  }

  /**
   * Sees that Zeebe can start something, so that nobody is noted as started in vain: a gateway
   * answers without its brokers, too.
   *
   * @throws ClientException when it cannot
   */
  public void checkZeebe() {
    Topology topology = zeebe.newTopologyRequest().send().join();
    long led =
        topology.getBrokers().stream()
            .flatMap(broker -> broker.getPartitions().stream())
            .filter(partition -> partition.isLeader() && !ILL.contains(partition.getHealth()))
            .map(PartitionInfo::getPartitionId)
            .distinct()
            .count();
    if (led == 0 || led < topology.getPartitionsCount()) {
      throw new ClientException(
          "%d of Zeebe's %d partitions have a leader in good health (expected: all)"
              .formatted(led, topology.getPartitionsCount()));
    }
  }

  private boolean isStarted(String cause, UUID leadId) {
    return jdbc.sql(
            """
            select exists (
              select from flow_start
              where cause = :cause and lead_id = :lead and instance_key is not null)
              or exists (select 1 %s where s.instance_key is not null)
            """
                .formatted(NOTED))
        .param("cause", cause)
        .param("lead", leadId)
        .query(Boolean.class)
        .single();
  }

  private long start(FlowStart start, UUID leadId) {
    var command =
        zeebe
            .newCreateInstanceCommand()
            .processDefinitionKey(start.processKey())
            .variables(Map.of(LEAD, leadId.toString()));
    if (start.before() != null) {
      command = command.startBeforeElement(start.before());
    }
    return command.send().join().getProcessInstanceKey();
  }

  /** Whether Zeebe would say the same the next time. */
  private static boolean isForGood(ClientException e) {
    return switch (e) {
      case ClientStatusException grpc ->
          switch (grpc.getStatus().getCode()) {
            case INVALID_ARGUMENT, NOT_FOUND, FAILED_PRECONDITION -> true;
            default -> false;
          };
      case ProblemException rest -> FOR_GOOD.contains(rest.code());
      default -> false;
    };
  }

  /** Whether nobody can tell if Zeebe has started it. */
  public static boolean isUnclear(ClientException e) {
    return !isCertain(e);
  }

  /** Whether Zeebe has certainly not started it. */
  private static boolean isCertain(ClientException e) {
    return isForGood(e)
        || isPushBack(e)
        || switch (e) {
          case ClientStatusException grpc ->
              switch (grpc.getStatus().getCode()) {
                case PERMISSION_DENIED, UNAUTHENTICATED, UNIMPLEMENTED -> true;
                default -> false;
              };
          case ProblemException rest -> NOT_ALLOWED.contains(rest.code());
          default -> false;
        };
  }

  /**
   * Whether Zeebe has too much to do: nothing is wrong, and the same may be asked again later. Over
   * REST it says so by a title, with the status that others use for that it is not there.
   */
  public static boolean isPushBack(ClientException e) {
    return switch (e) {
      case ClientStatusException grpc ->
          grpc.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED;
      case ProblemException rest ->
          rest.code() == TOO_MANY
              || (rest.details() != null && PUSHES_BACK.equals(rest.details().getTitle()));
      default -> false;
    };
  }
}
