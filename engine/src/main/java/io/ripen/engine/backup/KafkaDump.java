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

  /** Writes the topics that are there, each up to what it has now. */
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
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(config, bytes, bytes);
  }

  private void seek(TopicDescription topic) throws BackupFailed {
    List<TopicPartition> partitions =
        topic.partitions().stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Optional<String> readers = READERS.getOrDefault(topic.name(), Optional.empty());
    Map<TopicPartition, OffsetAndMetadata> read =
        readers.isPresent() ? kafka.places(readers.get()) : Map.of();
    for (TopicPartition partition : partitions) {
      long first = begins.getOrDefault(partition, 0L);
      @Nullable OffsetAndMetadata place = read.get(partition);
      consumer.seek(partition, place == null ? first : Math.max(first, place.offset()));
    }
  }

  private long write(String topic, OutputStream out) throws IOException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    long count = 0;
    while (isBehind(ends)) {
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

  private boolean isBehind(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }
}
