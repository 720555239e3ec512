package io.ripen.engine.events;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ProducerFactory;

/** Topics and producer of events. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventsProperties.class)
class EventsConfiguration {

  /** Long enough to fill a batch under load, too short for anybody to notice. */
  private static final int LINGER_MILLIS = 5;

  private static final int BATCH_BYTES = 256 * 1024;
  private static final long BUFFER_BYTES = 64L * 1024 * 1024;

  @Bean
  NewTopic eventsTopic(EventsProperties properties) {
    return ofPeople(TopicBuilder.name(EventTopics.EVENTS).partitions(properties.partitions()));
  }

  @Bean
  NewTopic leadChangesTopic(EventsProperties properties) {
    return TopicBuilder.name(EventTopics.LEAD_CHANGES).partitions(properties.partitions()).build();
  }

  @Bean
  NewTopic deadEventsTopic() {
    return ofPeople(TopicBuilder.name(EventTopics.DEAD).partitions(1));
  }

  /** What holds personal data is gone after eight days: Kafka deletes files, not records. */
  private static NewTopic ofPeople(TopicBuilder topic) {
    return topic
        .config(TopicConfig.RETENTION_MS_CONFIG, String.valueOf(Duration.ofDays(7).toMillis()))
        .config(TopicConfig.SEGMENT_MS_CONFIG, String.valueOf(Duration.ofDays(1).toMillis()))
        .build();
  }

  @Bean
  EventPublisher eventPublisher(
      ProducerFactory<?, ?> kafka,
      EventsProperties properties,
      EventJson json,
      MeterRegistry meters) {
    Map<String, Object> config = new HashMap<>(kafka.getConfigurationProperties());
    config.putAll(durable(properties.ackTimeout()));
    var bytes = new ByteArraySerializer();
    return new KafkaEventPublisher(new KafkaProducer<>(config, bytes, bytes), json, meters);
  }

  /**
   * Acknowledged by all in-sync replicas, once and in order, or failed within the time. One request
   * at a time, as Kafka answers those of a connection one after the other anyway: a partition that
   * was just made may refuse the first batch and take a second that was on its way already, after
   * which the first is out of order for good.
   */
  private static Map<String, Object> durable(Duration ackTimeout) {
    int millis = Math.toIntExact(ackTimeout.toMillis());
    return Map.of(
        ProducerConfig.ACKS_CONFIG,
        "all",
        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
        true,
        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
        1,
        ProducerConfig.COMPRESSION_TYPE_CONFIG,
        "lz4",
        ProducerConfig.LINGER_MS_CONFIG,
        LINGER_MILLIS,
        ProducerConfig.BATCH_SIZE_CONFIG,
        BATCH_BYTES,
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        BUFFER_BYTES,
        ProducerConfig.MAX_BLOCK_MS_CONFIG,
        millis / 2,
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
        millis / 2,
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
        millis);
  }
}
