package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.identify;
import static io.ripen.engine.leads.Happening.ordered;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.events.EventTopics;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentMatchers;
import org.mockito.Mockito;
import org.springframework.kafka.core.KafkaOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Real PostgreSQL, and a Kafka that a test lets fail. */
class TellStageChangesIT {

  private final Intake intake = new Intake(TestDatabase.migrated());
  private final List<JsonNode> told = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();
  private final TellStageChanges changes =
      new TellStageChanges(intake.jdbc, kafka(), Clock.systemUTC());

  @BeforeEach
  void anna_becomes_a_lead_and_a_customer() {
    intake.take(identify("anna").by("a").trait("email", "anna@example.org"));
    intake.take(ordered("o1", "mug").by("a"));
  }

  @Test
  void each_change_is_told_once_in_order_and_names_nobody() throws Exception {
    UUID anna = intake.user("anna");
    assertThat(changes.isCalledFor()).isTrue();
    assertThat(changes.round()).as("one after the other").isTrue();
    assertThat(changes.round()).isFalse();
    assertThat(told)
        .extracting(json -> json.path("to").asString())
        .containsExactly("LEAD", "CUSTOMER");
    assertThat(told)
        .allSatisfy(
            json -> {
              assertThat(json.path("leadId").asString()).isEqualTo(anna.toString());
              assertThat(json.path("at").asString()).startsWith("2026-");
              assertThat(json.propertyNames())
                  .containsExactly("id", "leadId", "from", "to", "at", "reason", "cause", "by");
              assertThat(json.toString()).doesNotContain("example.org");
            });
    assertThat(told)
        .extracting(json -> json.path("by").toString())
        .containsExactly("{\"rule\":\"reachable\"}", "{\"rule\":\"purchase\"}");
    assertThat(changes.isCalledFor()).isFalse();
    tellAll();
    assertThat(told).hasSize(2);
  }

  @Test
  void it_says_which_step_and_which_salesperson_decided() throws Exception {
    tellAll();
    told.clear();
    intake.decisions.moveTo(
        "d1",
        intake.user("anna"),
        Stage.NO_NEED,
        "sales: no need",
        DecidedBy.step("sales-handoff", "serviceTask_noNeed", 2251799813685249L, "olga"));
    tellAll();
    assertThat(told)
        .singleElement()
        .satisfies(
            json ->
                assertThat(json.path("by").toString())
                    .isEqualTo(
                        "{\"flow\":\"sales-handoff\",\"element\":\"serviceTask_noNeed\","
                            + "\"instance\":\"2251799813685249\",\"person\":\"olga\"}"));
  }

  @Test
  void what_kafka_does_not_take_is_overtaken_by_no_other_change_of_the_lead() throws Exception {
    refused.add("LEAD");
    assertThatThrownBy(changes::round).isInstanceOf(KafkaException.class);
    assertThat(told).as("the next one was not sent").isEmpty();
    refused.clear();
    tellAll();
    assertThat(told)
        .extracting(json -> json.path("to").asString())
        .containsExactly("LEAD", "CUSTOMER");
    assertThat(changes.isCalledFor()).isFalse();
  }

  @Test
  void what_kafka_takes_of_others_is_told_once_though_it_refuses_one() throws Exception {
    tellAll();
    intake.take(ordered("o2", "mug").by("b"));
    intake.take(identify("cili").by("c").trait("email", "cili@example.org"));
    told.clear();
    refused.add("CUSTOMER");
    assertThatThrownBy(changes::round).isInstanceOf(KafkaException.class);
    refused.clear();
    tellAll();
    assertThat(told)
        .extracting(json -> json.path("to").asString())
        .containsExactly("LEAD", "CUSTOMER");
  }

  private void tellAll() throws InterruptedException {
    boolean more = true;
    while (more) {
      more = changes.round();
    }
  }

  @SuppressWarnings("unchecked")
  private KafkaOperations<byte[], byte[]> kafka() {
    KafkaOperations<byte[], byte[]> kafka = Mockito.mock(KafkaOperations.class);
    Mockito.when(
            kafka.send(
                ArgumentMatchers.eq(EventTopics.LEAD_CHANGES),
                ArgumentMatchers.<byte[]>any(),
                ArgumentMatchers.<byte[]>any()))
        .thenAnswer(
            call -> {
              JsonNode json = JsonMapper.shared().readTree(call.<byte[]>getArgument(2));
              assertThat(new String(call.<byte[]>getArgument(1), UTF_8))
                  .isEqualTo(json.path("leadId").asString());
              if (refused.contains(json.path("to").asString())) {
                return CompletableFuture.failedFuture(new TimeoutException("not now"));
              }
              told.add(json);
              return CompletableFuture.completedFuture(null);
            });
    return kafka;
  }
}
