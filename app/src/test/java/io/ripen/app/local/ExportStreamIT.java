package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.camunda.client.CamundaClient;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the real broker keeps for the exporter. */
class ExportStreamIT {

  private static final Path FLOW = Path.of("../bpmn/abandoned-cart/abandoned-cart.bpmn");

  private final List<JsonNode> records = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void stream_keeps_its_name_until_the_broker_is_emptied() throws IOException {
    try (LocalStack stack =
            LocalStack.in(folder).without(Part.POSTGRES).onFreePorts().shortLived().start();
        KafkaConsumer<String, String> topic = reader(stack)) {
      JsonNode first = deployed("Cart", stack, topic);
      takeSnapshotWith(first, stack);

      stack.stop(Part.ZEEBE);
      stack.start(Part.ZEEBE);
      JsonNode second = deployed("Cart, anew", stack, topic);
      assertThat(stream(second)).isNotEmpty().isEqualTo(stream(first));
      assertThat(second.path("version").asInt()).isEqualTo(2);

      stack.stop(Part.ZEEBE);
      FileSystemUtils.deleteRecursively(folder.resolve("zeebe"));
      stack.start(Part.ZEEBE);
      JsonNode third = deployed("Cart", stack, topic);
      assertThat(stream(third)).isNotEmpty().isNotEqualTo(stream(first));
      assertThat(third.path("position").asLong()).isLessThan(second.path("position").asLong());
    }
  }

  /** The next record after a deploy of the flow under this name. */
  private JsonNode deployed(String name, LocalStack stack, KafkaConsumer<String, String> topic)
      throws IOException {
    int before = records.size();
    String flow =
        Files.readString(FLOW).replace("name=\"Abandoned cart\"", "name=\"" + name + "\"");
    try (CamundaClient client =
        CamundaClient.newClientBuilder()
            .grpcAddress(stack.zeebeGrpc())
            .preferRestOverGrpc(false)
            .defaultRequestTimeout(Duration.ofMinutes(1))
            .build()) {
      client
          .newDeployResourceCommand()
          .addResourceStringUtf8(flow, "abandoned-cart.bpmn")
          .send()
          .join();
    }
    await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              topic
                  .poll(Duration.ofMillis(200))
                  .forEach(record -> records.add(JsonMapper.shared().readTree(record.value())));
              return records.size() > before;
            });
    return records.get(before);
  }

  /**
   * As the broker does by itself every few minutes. The exporter hears of the acknowledgement a
   * little after the reader has the record, and its name is kept no sooner.
   */
  private static void takeSnapshotWith(JsonNode record, LocalStack stack) throws IOException {
    URI partitions = stack.zeebeActuator().resolve("/actuator/partitions");
    long position = record.path("position").asLong();
    awaitPartition(
        partitions, partition -> partition.path("exportedPosition").asLong(-1) >= position);
    Http.exchange("POST", partitions.resolve("/actuator/partitions/takeSnapshot"), "{}");
    awaitPartition(partitions, partition -> !partition.path("snapshotId").asString("").isEmpty());
  }

  private static void awaitPartition(URI partitions, Predicate<JsonNode> reached) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () ->
                reached.test(
                    JsonMapper.shared()
                        .readTree(Http.exchange("GET", partitions, null))
                        .path("1")));
  }

  private static String stream(JsonNode record) {
    return record.path("stream").asString("");
  }

  private static KafkaConsumer<String, String> reader(LocalStack stack) {
    KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", stack.kafkaBootstrapServers(),
                "group.id", "test",
                "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new StringDeserializer());
    consumer.subscribe(List.of("ripen.zeebe"));
    return consumer;
  }
}
