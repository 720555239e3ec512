package io.ripen.benchmarks;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records on a topic, in batches and as durable as Ripen's door does. */
final class PlainProducer {

  private final String kafka;

  PlainProducer(String kafka) {
    this.kafka = kafka;
  }

  /** Spreads them over so many partitions; returns when all are acknowledged. */
  @SuppressWarnings("FutureReturnValueIgnored") // Who copies them would miss them.
  void produce(String topic, int partitions, List<byte[]> records) {
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings(), bytes, bytes)) {
      for (int i = 0; i < records.size(); i++) {
        producer.send(new ProducerRecord<>(topic, i % partitions, null, records.get(i)));
      }
    }
  }

  private Map<String, Object> settings() {
    return Map.of(
        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
        kafka,
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        "lz4",
        ProducerConfig.LINGER_MS_CONFIG,
        5,
        ProducerConfig.BATCH_SIZE_CONFIG,
        256 * 1024);
  }
}
