package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;

import io.camunda.client.CamundaClient;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the instances of flows do, as Zeebe's export stream tells it. */
final class Instances implements AutoCloseable {

  private static final String TOPIC = "ripen.zeebe";

  private final CamundaClient zeebe;
  private final KafkaConsumer<String, String> consumer;
  private final Map<Long, Instance> instances = new LinkedHashMap<>();
  private final Map<String, Long> tasks = new HashMap<>();
  private final Map<String, Set<String>> taken = new HashMap<>();
  private final Map<String, Set<String>> past = new HashMap<>();

  Instances(LocalRipen ripen) {
    zeebe =
        CamundaClient.newClientBuilder()
            .grpcAddress(uri(ripen.port("ripen.local.zeebe.grpc-port")))
            .restAddress(uri(ripen.port("ripen.local.zeebe.rest-port")))
            .build();
    Properties config = new Properties();
    config.put("bootstrap.servers", ripen.kafka());
    config.put("auto.offset.reset", "earliest");
    config.put("enable.auto.commit", "false");
    consumer = new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    List<TopicPartition> partitions =
        soon("the export topic").until(this::partitions, found -> !found.isEmpty());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  private static URI uri(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  private List<TopicPartition> partitions() {
    return consumer.partitionsFor(TOPIC).stream()
        .map(partition -> new TopicPartition(TOPIC, partition.partition()))
        .toList();
  }

  /** The one instance of the flow that begins when this is done. */
  Instance begunBy(String flow, Runnable trigger) {
    read();
    Set<Long> before = new HashSet<>(instances.keySet());
    trigger.run();
    return soon("an instance of " + flow)
        .until(
            () -> {
              read();
              return instances.values().stream()
                  .filter(instance -> instance.flow.equals(flow))
                  .filter(instance -> !before.contains(instance.key))
                  .findFirst()
                  .orElse(null);
            },
            instance -> instance != null);
  }

  /** The arrows of a flow that any instance has gone along. */
  Set<String> taken(String flow) {
    read();
    return taken.getOrDefault(flow, Set.of());
  }

  /** The elements of a flow that any instance has gone through. */
  Set<String> past(String flow) {
    read();
    return past.getOrDefault(flow, Set.of());
  }

  /** How many instances of a flow have gone through an element. */
  long countPast(String flow, String element) {
    read();
    return instances.values().stream()
        .filter(instance -> instance.flow.equals(flow) && instance.isPast(element))
        .count();
  }

  /** All that was told until now: a poll that brings nothing may only have been too early. */
  private void read() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
        read(JsonMapper.shared().readTree(record.value()));
      }
    }
  }

  private void read(JsonNode record) {
    String type = record.path("valueType").asString();
    if (type.equals("USER_TASK")) {
      tasks.put(
          record.path("instanceKey").asLong() + record.path("elementId").asString(),
          record.path("key").asLong());
    }
    if (!type.equals("PROCESS_INSTANCE")) {
      return;
    }
    String flow = record.path("processId").asString();
    String element = record.path("elementId").asString();
    String intent = record.path("intent").asString();
    long key = record.path("instanceKey").asLong();
    Instance instance = instances.computeIfAbsent(key, k -> new Instance(k, flow));
    if (intent.equals("SEQUENCE_FLOW_TAKEN")) {
      taken.computeIfAbsent(flow, f -> new HashSet<>()).add(element);
    } else {
      instance.states.put(element, intent);
      if (intent.equals("ELEMENT_COMPLETED")) {
        past.computeIfAbsent(flow, f -> new HashSet<>()).add(element);
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
    zeebe.close();
  }

  /** One run through a flow. */
  final class Instance {

    private final long key;
    private final String flow;
    private final Map<String, String> states = new LinkedHashMap<>();

    private Instance(long key, String flow) {
      this.key = key;
      this.flow = flow;
    }

    /** Waits until the instance stands at this element. */
    Instance awaitAt(String element) {
      return await(element, "ELEMENT_ACTIVATED");
    }

    /** Waits until the instance has gone through this element. */
    Instance awaitPast(String element) {
      return await(element, "ELEMENT_COMPLETED");
    }

    /** Waits until the instance is over, by this end. */
    void awaitEnd(String element) {
      awaitPast(element).awaitPast(flow);
    }

    /** Whether the instance has gone through this element. */
    boolean isPast(String element) {
      return "ELEMENT_COMPLETED".equals(states.get(element));
    }

    /** Does what a person would do who has this task. */
    void completes(String task) {
      completes(task, Map.of());
    }

    /** The same, with what they chose in its form. */
    void completes(String task, Map<String, Object> choices) {
      long taskKey =
          soon("the task " + task)
              .until(
                  () -> {
                    read();
                    return tasks.get(key + task);
                  },
                  found -> found != null);
      zeebe.newCompleteUserTaskCommand(taskKey).variables(choices).send().join();
    }

    private Instance await(String element, String state) {
      soon("%s of %s: %s".formatted(element, flow, state))
          .conditionEvaluationListener(
              condition -> {
                if (condition.getRemainingTimeInMS() <= 0 && !condition.isSatisfied()) {
                  System.out.println("instance " + key + ": " + states);
                }
              })
          .until(
              () -> {
                read();
                return state.equals(states.get(element));
              });
      return this;
    }
  }
}
