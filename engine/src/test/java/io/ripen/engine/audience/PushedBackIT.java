package io.ripen.engine.audience;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.google.protobuf.InvalidProtocolBufferException;
import io.camunda.client.CamundaClient;
import io.camunda.client.api.command.ClientException;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.BrokerInfo;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.CreateProcessInstanceRequest;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition.PartitionBrokerHealth;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition.PartitionBrokerRole;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.TopologyResponse;
import io.camunda.zeebe.model.bpmn.Bpmn;
import io.grpc.Status;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.segments.Segments;
import io.ripen.engine.segments.SegmentsFile;
import io.ripen.engine.steps.StartFlow;
import io.ripen.engine.steps.StepsFixture;
import io.ripen.engine.testing.FakeGateway;
import io.ripen.engine.testing.TestDatabase;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Broadcasts by Camunda's client to a broker that takes no more for now, on real PostgreSQL. */
class PushedBackIT {

  private static final String FLOW = "welcome";
  private static final String SEGMENT = "guests";
  private static final String START = "CreateProcessInstance";
  private static final int MANY = 50;
  private static final Pattern LEAD = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final String TOPOLOGY =
      """
      {"brokers": [
        {"nodeId": 0, "host": "zeebe", "port": 26501, "version": "8.9.0",
         "partitions": [{"partitionId": 1, "role": "leader", "health": "healthy"}]}],
       "clusterId": "c", "clusterSize": 1, "partitionsCount": 1,
       "replicationFactor": 1, "gatewayVersion": "8.9.0", "lastCompletedChangeId": "1"}
      """;
  private static final String CREATED =
      """
      {"processInstanceKey": "9", "processDefinitionKey": "7", "processDefinitionId": "welcome",
       "processDefinitionVersion": 1, "tenantId": "<default>", "variables": {}, "tags": []}
      """;

  private final DataSource database = TestDatabase.migrated();
  private final JdbcClient jdbc = JdbcClient.create(database);
  private final FakeGateway gateway = new FakeGateway();
  private final List<UUID> taken = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger asked = new AtomicInteger();
  private final CamundaClient zeebe =
      CamundaClient.newClientBuilder()
          .grpcAddress(gateway.address())
          .preferRestOverGrpc(false)
          .build();

  private Instant now = Instant.parse("2026-03-02T12:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private final Broadcasts broadcasts = broadcasts(zeebe);

  @BeforeEach
  void members_and_a_flow() {
    led(1, PartitionBrokerHealth.HEALTHY);
    jdbc.sql(
            """
            insert into segment_member (segment, lead_id, since)
            select 'guests', gen_random_uuid(), now() from generate_series(1, ?)
            """)
        .param(MANY)
        .update();
    jdbc.sql(
            """
            insert into flow_version (process_key, process_id, version, name, xml, signals, deployed_at)
            values (7, 'welcome', 1, 'Welcome', ?, '{}', now())
            """)
        .param(
            Bpmn.convertToString(Bpmn.createExecutableProcess(FLOW).startEvent().endEvent().done()))
        .update();
  }

  @AfterEach
  void stop() {
    zeebe.close();
    gateway.close();
  }

  @Test
  void everybody_is_started_once_and_in_order_though_zeebe_pushes_back_again_and_again() {
    pushBack(call -> call <= 5 || call % 3 == 0);
    Broadcast begun = broadcasts.begin(FLOW, SEGMENT, null, false);

    int pushedBack = 0;
    while (of(begun).state().equals("running")) {
      long done = of(begun).done();
      try {
        boolean unused = broadcasts.round();
      } catch (ClientException e) {
        pushedBack++;
        assertThat(StartFlow.isPushBack(e)).isTrue();
        assertThat(of(begun).started()).as("who runs, and no others").isEqualTo(taken.size());
        assertThat(of(begun).done()).isEqualTo(taken.size()).isGreaterThanOrEqualTo(done);
        assertThat(noted()).as("nobody is noted in vain").isEqualTo(taken.size());
      }
    }

    assertThat(pushedBack).isGreaterThan(MANY / 3);
    assertThat(taken).hasSize(MANY).doesNotHaveDuplicates().isEqualTo(members());
    assertThat(of(begun).state()).isEqualTo("done");
    assertThat(of(begun).done()).isEqualTo(MANY);
    assertThat(of(begun).started()).isEqualTo(MANY);
  }

  @Test
  void it_asks_one_at_a_time_and_rests_after_each_push_back() {
    pushBack(call -> true);
    Broadcast begun = broadcasts.begin(FLOW, SEGMENT, null, false);
    var loop = new Loop("broadcasts", Duration.ofHours(1), broadcasts::round);
    loop.start();
    try {
      for (int rest = 1; rest <= 5; rest++) {
        int asks = rest;
        await().untilAsserted(() -> assertThat(asked).hasValue(asks));
        loop.wake();
      }
      await().untilAsserted(() -> assertThat(asked).hasValue(6));
      assertThat(of(begun).state()).isEqualTo("running");
      assertThat(of(begun).done()).isZero();

      pushBack(call -> false);
      loop.wake();
      await().until(() -> of(begun).state().equals("done"));
    } finally {
      loop.stop();
    }
    assertThat(taken).isEqualTo(members());
  }

  @Test
  void what_zeebe_did_not_take_in_time_does_not_hasten_a_broadcast_at_a_pace() {
    pushBack(call -> true);
    Broadcast begun = broadcasts.begin(FLOW, SEGMENT, 60, false);
    for (int minute = 0; minute < 10; minute++) {
      assertThatThrownBy(broadcasts::round).isInstanceOf(ClientException.class);
      now = now.plus(Duration.ofMinutes(1));
    }
    pushBack(call -> false);

    List<Integer> startedInTurn = new ArrayList<>();
    for (int turn = 0; turn < 10; turn++) {
      int before = taken.size();
      runWhatIsDue();
      startedInTurn.add(taken.size() - before);
      now = now.plus(Duration.ofSeconds(61));
    }

    assertThat(startedInTurn).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 1);
    assertThat(of(begun).done()).isEqualTo(10);
  }

  @Test
  void who_is_moved_up_while_zeebe_pushes_back_is_still_the_only_one_asked_for() {
    pushBack(call -> true);
    Broadcast begun = broadcasts.begin(FLOW, SEGMENT, null, false);
    assertThatThrownBy(broadcasts::round).isInstanceOf(ClientException.class);
    jdbc.sql("delete from segment_member where lead_id = ?").param(members().getFirst()).update();
    pushBack(call -> false);
    runWhatIsDue();
    assertThat(taken).as("who has left the segment meanwhile is not in it").isEqualTo(members());
    assertThat(of(begun).started()).isEqualTo(MANY - 1);
  }

  @Test
  void a_start_that_was_not_counted_before_its_engine_died_is_counted_by_the_next() {
    pushBack(call -> false);
    Broadcast begun = broadcasts.begin(FLOW, SEGMENT, null, false);
    note(begun, members().get(0), 4711L);
    note(begun, members().get(1), null);
    runWhatIsDue();
    assertThat(taken).isEqualTo(members().subList(2, MANY));
    assertThat(of(begun).done()).isEqualTo(MANY);
    assertThat(of(begun).started()).as("all but one that nobody can tell of").isEqualTo(MANY - 1);
  }

  /** The gateway knows its brokers, and none of them answers it. */
  @Test
  void while_zeebe_starts_nothing_a_broadcast_uses_up_only_a_handful_of_leads() {
    gateway.answer(START, call -> Status.UNAVAILABLE);
    Broadcast begun = broadcasts.begin(FLOW, SEGMENT, null, false);
    for (int second = 0; second < 60; second++) {
      if (broadcasts.isAnyDue()) {
        assertThatThrownBy(broadcasts::round).isInstanceOf(ClientException.class);
      }
      assertThat(broadcasts.round()).as("rests").isFalse();
      now = now.plusSeconds(1);
    }
    assertThat(noted()).isBetween(2L, 7L);

    pushBack(call -> false);
    now = now.plus(Duration.ofMinutes(5));
    runWhatIsDue();
    assertThat(of(begun).state()).isEqualTo("done");
    assertThat(of(begun).unknown()).isBetween(2L, 7L);
    assertThat(of(begun).started()).isEqualTo(MANY - of(begun).unknown()).isEqualTo(taken.size());
  }

  @Test
  void after_a_clear_success_the_next_rest_is_short_again() {
    pushBack(call -> false);
    broadcasts.begin(FLOW, SEGMENT, null, false);
    for (int i = 0; i < 6; i++) {
      gateway.answer(START, call -> Status.UNAVAILABLE);
      assertThatThrownBy(broadcasts::round).isInstanceOf(ClientException.class);
      now = now.plus(Duration.ofMinutes(5));
    }
    AtomicInteger calls = new AtomicInteger();
    gateway.answer(START, call -> calls.incrementAndGet() > 1 ? Status.UNAVAILABLE : Status.OK);
    assertThatThrownBy(broadcasts::round).isInstanceOf(ClientException.class);
    now = now.plusSeconds(1);
    assertThat(broadcasts.isAnyDue()).isTrue();
  }

  @Test
  void nobody_is_noted_while_a_partition_has_no_leader_in_good_health() {
    Broadcast begun = broadcasts.begin(FLOW, SEGMENT, null, false);
    led(2, PartitionBrokerHealth.HEALTHY);
    assertThatThrownBy(broadcasts::round).hasMessageContaining("1 of Zeebe's 2 partitions");
    led(1, PartitionBrokerHealth.UNHEALTHY);
    assertThatThrownBy(broadcasts::round).hasMessageContaining("0 of Zeebe's 1 partitions");
    assertThat(noted()).isZero();
    assertThat(of(begun).state()).isEqualTo("running");
  }

  /** The first of so many partitions has a leader. */
  private void led(int partitions, PartitionBrokerHealth health) {
    gateway.reply(
        "Topology",
        TopologyResponse.newBuilder()
            .setPartitionsCount(partitions)
            .addBrokers(
                BrokerInfo.newBuilder()
                    .addPartitions(
                        Partition.newBuilder()
                            .setPartitionId(1)
                            .setRole(PartitionBrokerRole.LEADER)
                            .setHealth(health)))
            .build()
            .toByteArray());
  }

  private void note(Broadcast begun, UUID lead, @Nullable Long instance) {
    jdbc.sql(
            """
            insert into flow_start (cause, lead_id, flow, started_at, instance_key)
            values (?, ?, ?, now(), ?::bigint)
            """)
        .params("broadcast " + begun.id(), lead, FLOW, instance)
        .update();
  }

  /** Its page was read before, and its turn comes after. */
  @Test
  void a_lead_that_was_merged_since_has_no_second_run() throws Exception {
    UUID former = new UUID(0, 1);
    UUID today = new UUID(0, 2);
    UUID another = new UUID(0, 3);
    for (UUID lead : List.of(former, today, another)) {
      jdbc.sql("insert into lead (id, first_seen_at, last_seen_at) values (?, now(), now())")
          .param(lead)
          .update();
    }
    StartFlow start = StepsFixture.startFlow(zeebe, new JdbcTemplate(database), clock);
    assertThat(start.start("broadcast 7", former, FLOW)).isEqualTo(StartFlow.Outcome.STARTED);
    for (UUID lead : List.of(former, another)) {
      jdbc.sql("update lead set merged_into = ? where id = ?").params(today, lead).update();
    }
    assertThat(start.start("broadcast 7", today, FLOW)).isEqualTo(StartFlow.Outcome.KNOWN);
    assertThat(start.start("broadcast 7", another, FLOW)).isEqualTo(StartFlow.Outcome.KNOWN);
    assertThat(start.start("broadcast 8", another, FLOW)).isEqualTo(StartFlow.Outcome.STARTED);
    assertThat(noted()).isEqualTo(2);
  }

  @Test
  void over_rest_nobody_is_lost_either() {
    var http = new WireMockServer(options().dynamicPort());
    http.start();
    http.stubFor(get(urlPathEqualTo("/v2/topology")).willReturn(okJson(TOPOLOGY)));
    http.stubFor(
        post(urlPathEqualTo("/v2/process-instances"))
            .willReturn(
                jsonResponse(
                        "{\"type\":\"about:blank\",\"title\":\"RESOURCE_EXHAUSTED\",\"status\":503}",
                        503)
                    .withHeader("Content-Type", "application/problem+json")));
    try (CamundaClient client =
        CamundaClient.newClientBuilder()
            .restAddress(URI.create(http.baseUrl()))
            .preferRestOverGrpc(true)
            .build()) {
      Broadcasts overRest = broadcasts(client);
      Broadcast begun = overRest.begin(FLOW, SEGMENT, null, false);
      assertThatThrownBy(overRest::round).hasMessageContaining("RESOURCE_EXHAUSTED");
      assertThat(noted()).isZero();

      http.stubFor(post(urlPathEqualTo("/v2/process-instances")).willReturn(okJson(CREATED)));
      while (overRest.round()) {
        // All of it.
      }
      assertThat(of(begun).started()).isEqualTo(MANY);
    } finally {
      http.stop();
    }
  }

  /** Of the calls so far, counted from one, those for which it holds are refused. */
  private void pushBack(IntPredicate when) {
    gateway.answer(
        START,
        call -> {
          if (when.test(asked.incrementAndGet())) {
            return Status.RESOURCE_EXHAUSTED;
          }
          taken.add(lead(call));
          return Status.OK;
        });
  }

  private static UUID lead(FakeGateway.Call call) {
    try {
      Matcher lead =
          LEAD.matcher(CreateProcessInstanceRequest.parseFrom(call.request()).getVariables());
      assertThat(lead.find()).isTrue();
      return UUID.fromString(lead.group());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  private void runWhatIsDue() {
    boolean more = true;
    while (more) {
      more = broadcasts.round();
    }
  }

  private Broadcasts broadcasts(CamundaClient client) {
    Segments segments = new SegmentsFile().with(SEGMENT, "\"list\"").read();
    return new Broadcasts(
        new BroadcastsJdbc(jdbc),
        new SegmentsJdbc(jdbc),
        () -> Conditions.of(segments, "", new SegmentsJdbc.Recomputes(0, false)),
        StepsFixture.startFlow(client, new JdbcTemplate(database), clock),
        clock);
  }

  /** In the order of their ids, as PostgreSQL sorts them. */
  private List<UUID> members() {
    return jdbc.sql("select lead_id from segment_member order by lead_id").query(UUID.class).list();
  }

  private long noted() {
    return jdbc.sql("select count(*) from flow_start").query(Long.class).single();
  }

  private Broadcast of(Broadcast begun) {
    return broadcasts.find(begun.id()).orElseThrow();
  }
}
