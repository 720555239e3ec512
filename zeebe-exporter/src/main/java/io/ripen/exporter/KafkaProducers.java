package io.ripen.exporter;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the producer. */
final class KafkaProducers {

  private KafkaProducers() {}

  static Producer<String, String> open(ExporterSettings settings) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "ripen-zeebe-exporter");
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A partition that was just made may refuse the first batch and take a second that was on its
    // way already; the first would be out of order for good.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    config.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
    // The producer itself tries again for as long as Kafka is away.
    config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    config.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 * 1024);
    // Gzip, since the other codecs need native code beside the jar. Flows as XML shrink tenfold.
    config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
    config.put(ProducerConfig.COMPRESSION_GZIP_LEVEL_CONFIG, 1);
    // Zeebe takes up to 4 MB in one deployment.
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 8 * 1024 * 1024);
    // A call from the broker's thread must not hang for long.
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 1000);
    config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 5000);
    config.putAll(settings.producer());

    // Kafka finds its own classes by the thread's class loader, which is the broker's.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(KafkaProducers.class.getClassLoader());
    try {
      return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
