package io.ripen.engine.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.backup.Manifest.Topic;
import io.ripen.engine.backup.Stores.KafkaClients;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Puts records back onto empty topics. What an earlier try has put there is known by its headers
 * and left, so it may be done again.
 */
final class KafkaLoad {

  private static final Duration POLL = Duration.ofMillis(500);

  /** Records that the brokers took once, they take again. */
  private static final int LARGEST_REQUEST = 64 * 1024 * 1024;

  private static final int AT_ONCE = 1_000;

  private final KafkaClients clients;
  private final Manifest manifest;
  private final Map<String, Set<String>> there = new HashMap<>();

  KafkaLoad(KafkaClients clients, Manifest manifest) {
    this.clients = clients;
    this.manifest = manifest;
  }

  /** Sees that nothing but this backup is on the topics. */
  void check() throws BackupFailed {
    try (Admin admin = Admin.create(clients.admin());
        KafkaConsumer<byte[], byte[]> consumer = KafkaDump.consumer(clients)) {
      KafkaAnswers kafka = new KafkaAnswers(admin);
      for (TopicDescription topic : kafka.describe(KafkaDump.READERS.keySet()).values()) {
        there.put(topic.name(), places(consumer, topic));
      }
    }
  }

  private Set<String> places(KafkaConsumer<byte[], byte[]> consumer, TopicDescription topic)
      throws BackupFailed {
    Set<String> places = new HashSet<>();
    List<TopicPartition> partitions =
        topic.partitions().stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (!header(record, KeptRecord.BACKUP).equals(Long.toString(manifest.id()))) {
          throw new BackupFailed(
              "the topic %s has records that are not of this backup, the first at %d-%d (expected: no records). Stop whatever runs, delete the topics %s, and try again"
                  .formatted(
                      topic.name(),
                      record.partition(),
                      record.offset(),
                      String.join(", ", KafkaDump.READERS.keySet())));
        }
        places.add(header(record, KeptRecord.PLACE));
      }
    }
    return places;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  /** Makes the topics that are missing, and puts back what is not there. */
  void load(BackupFolder folder) throws BackupFailed, IOException {
    Map<String, Object> config = new HashMap<>(clients.producer());
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A partition that was just made may refuse the first batch and take the second, if both are on
    // their way; the first is never in order then.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    var bytes = new ByteArraySerializer();
    try (Admin admin = Admin.create(clients.admin());
        var producer = new KafkaProducer<>(config, bytes, bytes)) {
      KafkaAnswers kafka = new KafkaAnswers(admin);
      for (Optional<String> readers : KafkaDump.READERS.values()) {
        if (readers.isPresent()) {
          kafka.forget(readers.get());
        }
      }
      Map<String, TopicDescription> topics =
          kafka.describe(manifest.topics().stream().map(Topic::name).toList());
      for (Topic topic : manifest.topics()) {
        TopicDescription known = topics.get(topic.name());
        if (known == null) {
          kafka.create(topic);
        }
        load(
            folder,
            topic,
            known == null ? topic.partitions() : known.partitions().size(),
            producer);
      }
    }
  }

  private void load(
      BackupFolder folder, Topic topic, int partitions, KafkaProducer<byte[], byte[]> producer)
      throws IOException, BackupFailed {
    Set<String> known = there.getOrDefault(topic.name(), Set.of());
    try (var lines =
        new BufferedReader(new InputStreamReader(folder.read(topic.content()), UTF_8))) {
      List<Future<?>> sent = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        KeptRecord record = KeptRecord.read(line);
        if (!known.contains(record.place())) {
          sent.add(producer.send(record.toProduce(topic.name(), partitions, manifest.id())));
        }
        if (sent.size() == AT_ONCE) {
          await(sent, topic.name());
        }
      }
      await(sent, topic.name());
    }
  }

  private static void await(List<Future<?>> sent, String topic) throws BackupFailed {
    try {
      for (Future<?> each : sent) {
        var unused = each.get();
      }
      sent.clear();
    } catch (ExecutionException e) {
      throw new BackupFailed(
          "Kafka does not take back the records of %s: %s".formatted(topic, e.getCause()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackupFailed("interrupted", e);
    }
  }
}
