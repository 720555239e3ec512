package io.ripen.benchmarks;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The plainest way from a topic to a table: a {@link Copier} or a few. Fetches as Ripen does. */
final class KafkaToPostgres implements AutoCloseable {

  /** A partition that has come to its end must not hold up the others. */
  private static final int SHORTEST_WAIT_MILLIS = 10;

  private final List<Copier> copiers = new ArrayList<>();

  /**
   * Gets ready; everything is connected before anybody looks at the clock.
   *
   * @param from where to begin in each partition
   * @param counts how many records to copy of each
   * @param consumers how many share the partitions
   */
  KafkaToPostgres(
      String kafka,
      Database database,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> counts,
      int consumers)
      throws SQLException {
    for (int i = 0; i < consumers; i++) {
      Map<TopicPartition, Long> share = new HashMap<>();
      long count = 0;
      for (Map.Entry<TopicPartition, Long> partition : from.entrySet()) {
        if (partition.getKey().partition() % consumers == i) {
          share.put(partition.getKey(), partition.getValue());
          count += counts.getOrDefault(partition.getKey(), 0L);
        }
      }
      copiers.add(new Copier(at(kafka, share), database.connect(), count));
    }
  }

  /**
   * Copies all.
   *
   * @return when the last transaction was committed, by {@link System#nanoTime()}
   */
  long copy() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(copiers.size())) {
      List<Future<?>> copies = new ArrayList<>();
      for (Copier copier : copiers) {
        copies.add(threads.submit(copier));
      }
      for (Future<?> copy : copies) {
        copy.get();
      }
      return System.nanoTime();
    }
  }

  @Override
  public void close() throws SQLException {
    for (Copier copier : copiers) {
      copier.close();
    }
  }

  /** Where each partition of a topic ends now. */
  static Map<TopicPartition, Long> ends(String kafka, String topic) {
    try (var consumer = consumer(kafka)) {
      return new HashMap<>(
          consumer.endOffsets(
              consumer.partitionsFor(topic).stream()
                  .map(partition -> new TopicPartition(topic, partition.partition()))
                  .toList()));
    }
  }

  /** So many records behind these offsets. */
  static List<byte[]> read(String kafka, Map<TopicPartition, Long> from, long count) {
    List<byte[]> values = new ArrayList<>();
    try (var consumer = at(kafka, from)) {
      while (values.size() < count) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
        records.forEach(each -> values.add(each.value()));
      }
    }
    return values;
  }

  private static KafkaConsumer<byte[], byte[]> at(
      String kafka, Map<TopicPartition, Long> positions) {
    var consumer = consumer(kafka);
    consumer.assign(positions.keySet());
    positions.forEach(consumer::seek);
    // Connects.
    consumer.endOffsets(positions.keySet());
    return consumer;
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String kafka) {
    var bytes = new ByteArrayDeserializer();
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ConsumerConfig.GROUP_ID_CONFIG,
            "benchmark",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            SHORTEST_WAIT_MILLIS,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            2000,
            ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
            4 * 1024 * 1024,
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
            8 * 1024 * 1024),
        bytes,
        bytes);
  }
}
