package io.ripen.engine.leads;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** How the topic of events is read. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableKafka
@EnableConfigurationProperties(LeadsProperties.class)
class LeadsConfiguration {

  @Bean
  ConcurrentKafkaListenerContainerFactory<byte[], byte[]> leadsListeners(
      KafkaProperties kafka, LeadsProperties properties) {
    Map<String, Object> settings = new HashMap<>(kafka.buildConsumerProperties());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.batch());
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 * 1024 * 1024);
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 * 1024 * 1024);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    var factory = new ConcurrentKafkaListenerContainerFactory<byte[], byte[]>();
    factory.setConsumerFactory(
        new DefaultKafkaConsumerFactory<>(
            settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    factory.setBatchListener(true);
    factory.setConcurrency(properties.consumers());
    factory.getContainerProperties().setAckMode(AckMode.BATCH);
    factory.setCommonErrorHandler(new DefaultErrorHandler(untilItWorks()));
    return factory;
  }

  @Bean
  KafkaOperations<byte[], byte[]> leadsDeadLetters(KafkaProperties kafka) {
    return new KafkaTemplate<>(
        new DefaultKafkaProducerFactory<>(
            kafka.buildProducerProperties(), new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** A database that is away is waited for; no event is given up for it. */
  private static ExponentialBackOff untilItWorks() {
    var backOff = new ExponentialBackOff(500, 2);
    backOff.setMaxInterval(10_000);
    return backOff;
  }
}
