package io.ripen.engine.backup;

import io.ripen.engine.backup.BackupFolder.Filled;
import io.ripen.engine.backup.Manifest.Topic;
import io.ripen.engine.backup.Stores.KafkaClients;
import io.ripen.engine.events.EventTopics;
import io.ripen.engine.monitoring.ExportTopic;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** What Kafka has of ours that is nowhere else. For one thread. */
final class KafkaDump implements AutoCloseable {

  /** What was read stands in PostgreSQL; of the other topics all is kept, whoever reads them. */
  static final Map<String, Optional<String>> READERS =
      Map.of(
          EventTopics.EVENTS,
          Optional.of(EventTopics.READERS),
          ExportTopic.NAME,
          Optional.of(ExportTopic.READERS),
          EventTopics.DEAD,
          Optional.empty(),
          EventTopics.LEAD_CHANGES,
          Optional.empty());

  private static final Duration POLL = Duration.ofMillis(500);

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final KafkaAnswers kafka;
  private final Map<String, Map<TopicPartition, OffsetAndMetadata>> places = new HashMap<>();
  private final Map<TopicPartition, Long> ends = new HashMap<>();

  private KafkaDump(KafkaClients clients) {
    this.admin = Admin.create(clients.admin());
    this.consumer = consumer(clients);
    this.kafka = new KafkaAnswers(admin);
  }

  /** Sees that Kafka answers, which takes a while the first time. */
  static KafkaDump connect(KafkaClients clients) throws BackupFailed {
    KafkaDump dump = new KafkaDump(clients);
    try {
      Map<String, TopicDescription> unused = dump.kafka.describe(READERS.keySet());
      Map<String, ?> topics = dump.consumer.listTopics();
      if (topics.isEmpty()) {
        throw new BackupFailed("Kafka has no topics: see spring.kafka.bootstrap-servers");
      }
      return dump;
    } catch (BackupFailed | RuntimeException e) {
      dump.close();
      throw e;
    }
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }

  /**
   * From here on all is kept; before PostgreSQL is read, so that what somebody reads in between is
   * in both, and known there, and not in neither.
   */
  void notePlaces() throws BackupFailed {
    for (Optional<String> group : READERS.values()) {
      if (group.isPresent()) {
        places.put(group.get(), kafka.places(group.get()));
      }
    }
  }

  /** Up to here all is kept. */
  void noteEnds() throws BackupFailed {
    for (TopicDescription topic : kafka.describe(READERS.keySet()).values()) {
      ends.putAll(consumer.endOffsets(partitions(topic)));
    }
  }

  /** Writes what there was of the topics between the places and the ends that were noted. */
  List<Topic> dump(BackupFolder folder) throws IOException, SQLException, BackupFailed {
    Map<String, TopicDescription> there = kafka.describe(READERS.keySet());
    List<Topic> topics = new ArrayList<>();
    for (String name : READERS.keySet().stream().sorted().toList()) {
      TopicDescription topic = there.get(name);
      if (topic != null) {
        seek(topic);
        Filled filled = folder.write("kafka/" + name + ".jsonl.gz", out -> write(name, out));
        topics.add(
            new Topic(
                name,
                topic.partitions().size(),
                kafka.settings(name),
                filled.count(),
                filled.content()));
      }
    }
    return topics;
  }

  /** One of no group, that leaves no trace. */
  static KafkaConsumer<byte[], byte[]> consumer(KafkaClients clients) {
    Map<String, Object> config = new HashMap<>(clients.consumer());
    config.remove(ConsumerConfig.GROUP_ID_CONFIG);
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(config, bytes, bytes);
  }

  private static List<TopicPartition> partitions(TopicDescription topic) {
    return topic.partitions().stream()
        .map(partition -> new TopicPartition(topic.name(), partition.partition()))
        .toList();
  }

  private void seek(TopicDescription topic) {
    List<TopicPartition> partitions = partitions(topic);
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Optional<String> readers = READERS.getOrDefault(topic.name(), Optional.empty());
    Map<TopicPartition, OffsetAndMetadata> read =
        readers.isPresent() ? places.getOrDefault(readers.get(), Map.of()) : Map.of();
    for (TopicPartition partition : partitions) {
      long first = begins.getOrDefault(partition, 0L);
      @Nullable OffsetAndMetadata place = read.get(partition);
      consumer.seek(partition, place == null ? first : Math.max(first, place.offset()));
    }
  }

  private long write(String topic, OutputStream out) throws IOException {
    long count = 0;
    while (isBehind()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        long end = ends.getOrDefault(new TopicPartition(topic, record.partition()), 0L);
        if (record.offset() < end) {
          KeptRecord.of(record).write(out);
          count++;
        }
      }
    }
    return count;
  }

  private boolean isBehind() {
    return consumer.assignment().stream()
        .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L));
  }
}
