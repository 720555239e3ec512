package io.ripen.engine.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventTopics;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "ripen.events.ack-timeout=2s")
class DurabilityIT extends DoorIT {

  @Test
  void what_kafka_refuses_is_not_called_taken() throws Exception {
    largestMessage(1);
    try {
      HttpResponse<String> answer =
          await()
              .atMost(Duration.ofSeconds(30))
              .until(
                  () -> post("/v1/batch", batch(messageId(), messageId())),
                  answered -> answered.statusCode() == 503);

      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(answer.body())
          .isEqualTo(
              "{\"success\":false,\"message\":\"the events could not be stored (expected: the same"
                  + " request again, later)\"}");
    } finally {
      largestMessage(1_000_000);
    }

    // Whatever was answered with 503 may be there nevertheless: each attempt has an id of its own.
    String id =
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> {
                  String fresh = messageId();
                  return post("/v1/batch", batch(fresh)).statusCode() == 200 ? fresh : "";
                },
                taken -> !taken.isEmpty());
    assertThat(eventsOnTopic()).extracting(Event::messageId).containsOnlyOnce(id);
  }

  @Nested
  class When_Kafka_goes_away {

    private static final EmbeddedKafkaBroker ITS_OWN = startKafka();

    @DynamicPropertySource
    static void itsOwn(DynamicPropertyRegistry registry) {
      registry.add("spring.kafka.bootstrap-servers", ITS_OWN::getBrokersAsString);
    }

    @Test
    void requests_are_refused_in_time_and_may_be_sent_again() throws Exception {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> post("/v1/batch", batch(messageId())).statusCode() == 200);

      ITS_OWN.destroy();

      HttpResponse<String> answer = post("/v1/batch", batch(messageId(), messageId()));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    }
  }

  @Nested
  class Without_Kafka {

    @DynamicPropertySource
    static void nobodyIsThere(DynamicPropertyRegistry registry) throws IOException {
      try (var socket = new ServerSocket(0)) {
        int port = socket.getLocalPort();
        registry.add("spring.kafka.bootstrap-servers", () -> "localhost:" + port);
      }
      registry.add("spring.kafka.admin.auto-create", () -> false);
    }

    @Test
    void a_batch_is_refused_as_soon_as_its_first_event_is_not_taken() throws Exception {
      HttpResponse<String> answer =
          post("/v1/batch", batch(messageId(), messageId(), messageId(), messageId()));

      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    }

    @Test
    void what_is_wrong_with_a_request_is_told_all_the_same() throws Exception {
      assertThat(post("/v1/batch", "{").statusCode()).isEqualTo(400);
    }
  }

  private static String batch(String... ids) {
    List<String> events =
        List.of(ids).stream()
            .map("{\"type\": \"page\", \"anonymousId\": \"a\", \"messageId\": \"%s\"}"::formatted)
            .toList();
    return "{\"batch\": [" + String.join(", ", events) + "]}";
  }

  private static void largestMessage(int bytes) throws InterruptedException, ExecutionException {
    try (var admin =
        Admin.create(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, KAFKA.getBrokersAsString()))) {
      var entry = new ConfigEntry("max.message.bytes", Integer.toString(bytes));
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, EventTopics.EVENTS),
                  List.of(new AlterConfigOp(entry, OpType.SET))))
          .all()
          .get();
    }
  }
}
