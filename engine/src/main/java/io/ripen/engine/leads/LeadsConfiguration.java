package io.ripen.engine.leads;

import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.consents.Consents;
import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.events.EventTopics;
import io.ripen.engine.loops.Loop;
import io.ripen.engine.loops.OneAtATime;
import io.ripen.engine.privacy.Erased;
import io.ripen.engine.rules.Rules;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.segments.Segment;
import io.ripen.engine.segments.Segments;
import io.ripen.engine.signals.Signals;
import io.ripen.engine.tracking.Sites;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.backoff.ExponentialBackOff;

/** How events are applied, and the topic of events is read. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LeadsProperties.class)
class LeadsConfiguration {

  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** So long at most it takes to stand still where nothing comes. */
  private static final Duration POLL = Duration.ofSeconds(1);

  private static final int LEADS_AT_ONCE = 200;
  private static final int PARTITION_BYTES = 4 * 1024 * 1024;
  private static final int FETCH_BYTES = 2 * PARTITION_BYTES;

  @Bean
  ApplyEvents applyEvents(
      PlatformTransactionManager transactions,
      JdbcTemplate jdbc,
      Erased erased,
      Consents consents,
      Rules rules,
      Decay decay,
      Signals signals,
      MessageNews messageNews,
      LeadsProperties properties) {
    JdbcClient client = JdbcClient.create(jdbc);
    SegmentJdbc segments = new SegmentJdbc(client);
    return new ApplyEvents(
        new TransactionTemplate(transactions),
        new BookJdbc(client, decay, () -> byCondition(rules)),
        new EventJdbc(jdbc),
        erased,
        consents,
        rules,
        signals,
        work -> {
          if (!rules.now().get(Segments.FILE).byFacts().isEmpty()) {
            segments.mark(work.touched());
          }
          List<Event> news = work.news();
          if (!news.isEmpty()) {
            messageNews.heard(news);
          }
        },
        properties.newVisitAfter());
  }

  private static Set<String> byCondition(Rules rules) {
    return rules.now().get(Segments.FILE).byFacts().stream()
        .map(Segment::id)
        .collect(Collectors.toSet());
  }

  @Bean
  ApplyPatiently applyPatiently(ApplyEvents applyEvents, MeterRegistry meters) {
    return new ApplyPatiently(applyEvents, new LeadMetrics(meters));
  }

  @Bean
  Decisions decisions(ApplyPatiently applyEvents, JdbcClient jdbc, Clock clock) {
    return new DecisionsByEvent(applyEvents, jdbc, clock);
  }

  @Bean
  @Profile("engine")
  LeadsChangeApi leadsChangeApi(
      JdbcTemplate jdbc,
      EventPublisher publisher,
      EventJson json,
      RipenProperties properties,
      MailDomains domains,
      Clock clock) {
    return new LeadsChangeApi(
        new LeadJdbc(JdbcClient.create(jdbc)),
        new ContactIds(ContactIds.key(properties.signingKey())),
        new TellTraits(publisher, json, domains, clock));
  }

  @Bean
  @Profile("engine")
  RecomputeScores recomputeScores(
      PlatformTransactionManager transactions,
      JdbcTemplate template,
      Rules rules,
      Decay decay,
      Clock clock) {
    JdbcClient jdbc = JdbcClient.create(template);
    return new RecomputeScores(
        new TransactionTemplate(transactions),
        new RecomputeJdbc(jdbc),
        new LeadJdbc(jdbc),
        new PointsAnew(new EventJdbc(template), new ScoreJdbc(jdbc), decay),
        rules,
        decay,
        clock,
        LEADS_AT_ONCE);
  }

  @Bean
  @Profile("engine")
  RecomputeRunner recomputeRunner(DataSource database, RecomputeScores scores) {
    return new RecomputeRunner(database, scores);
  }

  @Bean
  @Profile("engine")
  DeadLetters deadLetters(ProducerFactory<?, ?> producers) {
    return deadLetters(producers.getConfigurationProperties());
  }

  /** Stopped with the server; stopping waits for the batch that is being worked on. */
  @Bean
  @Profile("engine")
  ConcurrentMessageListenerContainer<byte[], byte[]> eventsContainer(
      ConsumerFactory<?, ?> consumers,
      EventJson json,
      Sites sites,
      ApplyPatiently applyEvents,
      DeadLetters deadLetters,
      LeadsProperties properties,
      MeterRegistry meters,
      Clock clock) {
    var container =
        container(
            consumers.getConfigurationProperties(),
            properties,
            new EventConsumer(
                json,
                new Numbers(sites::country),
                applyEvents,
                deadLetters,
                new LeadMetrics(meters),
                clock),
            meters);
    // BeginReading does.
    container.setAutoStartup(false);
    return container;
  }

  static DeadLetters deadLetters(Map<String, Object> kafka) {
    return new DeadLetters(surely(kafka));
  }

  @Bean
  @Profile("engine")
  Loop stageChanges(
      DataSource database, JdbcClient jdbc, ProducerFactory<?, ?> producers, Clock clock) {
    var changes = new TellStageChanges(jdbc, surely(producers.getConfigurationProperties()), clock);
    // Kafka may take long to answer.
    var alone = OneAtATime.watched(database, "stage changes");
    return new Loop(
        "changes of stages", LOOK_EVERY, () -> changes.isCalledFor() && alone.run(changes::round));
  }

  /** What is sent so is answered for when all replicas have it. */
  private static KafkaTemplate<byte[], byte[]> surely(Map<String, Object> kafka) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    return new KafkaTemplate<>(
        new DefaultKafkaProducerFactory<>(
            config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  static ConcurrentMessageListenerContainer<byte[], byte[]> container(
      Map<String, Object> kafka,
      LeadsProperties properties,
      EventConsumer consumer,
      MeterRegistry meters) {
    Map<String, Object> config = new HashMap<>(kafka);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, properties.batch());
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_BYTES);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    var containerProperties = new ContainerProperties(EventTopics.EVENTS);
    containerProperties.setGroupId(EventTopics.READERS);
    containerProperties.setAckMode(AckMode.BATCH);
    containerProperties.setPollTimeout(POLL.toMillis());
    containerProperties.setMessageListener(consumer);
    var consumers =
        new DefaultKafkaConsumerFactory<>(
            config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumers.addListener(new MicrometerConsumerListener<>(meters));
    var container = new ConcurrentMessageListenerContainer<>(consumers, containerProperties);
    container.setBeanName("leads");
    container.setConcurrency(properties.consumers());
    container.setCommonErrorHandler(untilItWorks());
    return container;
  }

  /** What the consumer throws is a server's fault, which is waited for; no event is given up. */
  private static DefaultErrorHandler untilItWorks() {
    var backOff = new ExponentialBackOff(500, 2);
    backOff.setMaxInterval(10_000);
    var handler = new DefaultErrorHandler(backOff);
    handler.setClassifications(Map.of(), true);
    return handler;
  }
}
