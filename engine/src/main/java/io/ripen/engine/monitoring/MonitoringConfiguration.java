package io.ripen.engine.monitoring;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.flows.FlowRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.TopicBuilder;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/** Wires the reader of Zeebe's export stream. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties(MonitoringProperties.class)
class MonitoringConfiguration {

  static final String CONTAINER_FACTORY = "monitoringListenerContainerFactory";

  private static final int BATCH = 2_000;

  /** So long at most it takes to stand still where nothing comes. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private static final Duration KEEP = Duration.ofDays(90);

  @Bean
  NewTopic exportTopic() {
    return TopicBuilder.name(ExportTopic.NAME)
        .partitions(1)
        .config("retention.ms", Long.toString(KEEP.toMillis()))
        .build();
  }

  @Bean
  @ConditionalOnProperty(
      name = MonitoringProperties.SOURCE,
      havingValue = "export",
      matchIfMissing = true)
  ExportListener exportListener(
      JdbcTemplate jdbc, FlowRegistry flows, PlatformTransactionManager transactions) {
    return new ExportListener(
        new ReadModel(
            new ReadModelJdbc(jdbc),
            new InstanceModelJdbc(jdbc),
            new EndedStepsJdbc(jdbc),
            new TaskModelJdbc(jdbc),
            flows,
            new ReadModelSourceJdbc(jdbc),
            new TransactionTemplate(transactions)));
  }

  @Bean(CONTAINER_FACTORY)
  ConcurrentKafkaListenerContainerFactory<String, String> containerFactory(
      ConsumerFactory<?, ?> kafka, MeterRegistry meters) {
    Map<String, Object> config = new HashMap<>(kafka.getConfigurationProperties());
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    var factory = new ConcurrentKafkaListenerContainerFactory<String, String>();
    var consumers = new DefaultKafkaConsumerFactory<String, String>(config);
    consumers.addListener(new MicrometerConsumerListener<>(meters));
    factory.setConsumerFactory(consumers);
    factory.setBatchListener(true);
    factory.getContainerProperties().setPollTimeout(POLL.toMillis());
    factory.setCommonErrorHandler(new DefaultErrorHandler(untilItWorks()));
    return factory;
  }

  /** The database will be back; until then nothing may be passed over. */
  private static ExponentialBackOff untilItWorks() {
    ExponentialBackOff backOff = new ExponentialBackOff(500, 2);
    backOff.setMaxInterval(15_000);
    return backOff;
  }
}
