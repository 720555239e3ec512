package io.ripen.engine.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** All topics whose names begin with ours. */
final class KafkaTopics implements Topics {

  private static final String OURS = "ripen.";
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(500);

  private final Map<String, Object> kafka;
  private final Duration readWithin;

  /**
   * @param kafka how the brokers are reached
   * @param readWithin how long reading all topics may take
   */
  KafkaTopics(Map<String, Object> kafka, Duration readWithin) {
    this.kafka = kafka;
    this.readWithin = readWithin;
  }

  @Override
  public Findings find(Mentions mentions) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    var bytes = new ByteArrayDeserializer();
    List<Found> found = new ArrayList<>();
    try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.listTopics(ANSWER_WITHIN).entrySet().stream()
              .filter(topic -> topic.getKey().startsWith(OURS))
              .flatMap(topic -> topic.getValue().stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER_WITHIN);
      Predicate<Map.Entry<TopicPartition, Long>> isBehind =
          end -> consumer.position(end.getKey(), ANSWER_WITHIN) < end.getValue();
      long until = System.nanoTime() + readWithin.toNanos();
      boolean more = ends.entrySet().stream().anyMatch(isBehind);
      while (more && System.nanoTime() < until) {
        consumer.poll(POLL).forEach(record -> add(record, mentions, found));
        more = ends.entrySet().stream().anyMatch(isBehind);
      }
      return new Findings(!more, found);
    }
  }

  private static void add(
      ConsumerRecord<byte[], byte[]> record, Mentions mentions, List<Found> found) {
    Object content = mentions.in(record.value());
    if (content != null) {
      found.add(
          new Found(
              record.topic(),
              record.partition(),
              record.offset(),
              Instant.ofEpochMilli(record.timestamp()),
              content));
    }
  }

  @Override
  public List<Kept> kept() {
    Map<String, Object> config = new HashMap<>();
    kafka.forEach(
        (name, value) -> {
          if (!name.contains("serializer")) {
            config.put(name, value);
          }
        });
    try (Admin admin = Admin.create(config)) {
      List<ConfigResource> topics =
          admin.listTopics().names().get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS).stream()
              .filter(name -> name.startsWith(OURS))
              .sorted()
              .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
              .toList();
      Map<ConfigResource, Config> configs =
          admin.describeConfigs(topics).all().get(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS);
      return topics.stream()
          .map(topic -> new Kept(topic.name(), most(configs.get(topic))))
          .toList();
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the topics could not be asked how long they keep records", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /** A record goes with the last one of its file, and a file takes records for so long. */
  private static @Nullable Duration most(@Nullable Config config) {
    long retention = millis(config, TopicConfig.RETENTION_MS_CONFIG);
    long file = millis(config, TopicConfig.SEGMENT_MS_CONFIG);
    return retention < 0 || file < 0 ? null : Duration.ofMillis(retention).plusMillis(file);
  }

  private static long millis(@Nullable Config config, String name) {
    ConfigEntry entry = config == null ? null : config.get(name);
    return entry == null || entry.value() == null ? -1 : Long.parseLong(entry.value());
  }
}
