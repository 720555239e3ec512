package io.ripen.engine.leads;

import static io.ripen.engine.leads.Happening.added;
import static io.ripen.engine.leads.Happening.page;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventTopics;
import io.ripen.engine.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The consumer in its container, on real Kafka and real PostgreSQL. */
class EventConsumerIT {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final EmbeddedKafkaKraftBroker kafka =
      new EmbeddedKafkaKraftBroker(1, 4, EventTopics.EVENTS, EventTopics.DEAD);
  private final DataSource database = TestDatabase.migrated();
  private final AtomicBoolean isAway = new AtomicBoolean();
  private final AtomicInteger refused = new AtomicInteger();
  private final Intake intake = new Intake(steered(), Clock.systemUTC());
  private final List<ConcurrentMessageListenerContainer<byte[], byte[]>> running =
      new ArrayList<>();
  private final List<DeadLetters> opened = new ArrayList<>();

  @BeforeEach
  void startKafka() {
    kafka.setAdminTimeout(60);
    kafka.afterPropertiesSet();
  }

  @AfterEach
  void stop() {
    running.forEach(ConcurrentMessageListenerContainer::stop);
    opened.forEach(DeadLetters::close);
    kafka.destroy();
  }

  @Test
  void all_events_arrive_and_poison_is_put_aside() {
    publish(200, 0);
    publish("poison".getBytes(UTF_8));
    publish(200, 200);
    start();
    arrived(400);
    List<ConsumerRecord<byte[], byte[]>> dead = dead(1);
    assertThat(dead.getFirst().value()).isEqualTo("poison".getBytes(UTF_8));
    assertThat(new String(dead.getFirst().headers().lastHeader("ripen-reason").value(), UTF_8))
        .startsWith("not JSON");
  }

  @Test
  void a_database_that_is_away_is_waited_for_and_nothing_is_lost_or_buried() {
    publish(100, 0);
    start();
    arrived(100);
    isAway.set(true);
    publish(100, 100);
    await().atMost(PATIENCE).until(() -> refused.get() > 2);
    isAway.set(false);
    arrived(200);
    assertThat(intake.count("cart")).isEqualTo(20);
    assertThat(dead(0)).isEmpty();
  }

  @Test
  void servers_that_come_and_go_apply_each_event_once() {
    publish(300, 0);
    var first = start();
    await().atMost(PATIENCE).until(() -> intake.count("event") > 0);
    var second = start();
    publish(300, 300);
    first.stop();
    publish(300, 600);
    start();
    second.stop();
    arrived(900);
    assertThat(intake.jdbc.sql("select sum(page_views) from lead").query(Long.class).single())
        .isEqualTo(810);
  }

  private ConcurrentMessageListenerContainer<byte[], byte[]> start() {
    Map<String, Object> brokers =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBrokersAsString());
    var consumer =
        new EventConsumer(
            new EventJson(),
            new Numbers(site -> Optional.empty()),
            new ApplyPatiently(intake.applyEvents, new LeadMetrics(new SimpleMeterRegistry())),
            deadLetters(brokers),
            new LeadMetrics(new SimpleMeterRegistry()),
            Clock.systemUTC());
    var container =
        LeadsConfiguration.container(
            brokers,
            new LeadsProperties(Duration.ofMinutes(30), 2, 50),
            consumer,
            new SimpleMeterRegistry());
    running.add(container);
    container.start();
    return container;
  }

  private DeadLetters deadLetters(Map<String, Object> brokers) {
    DeadLetters deadLetters = LeadsConfiguration.deadLetters(brokers);
    opened.add(deadLetters);
    return deadLetters;
  }

  /** Of every ten, nine page views and a product that is put into a cart. */
  private void publish(int count, int from) {
    byte[][] values = new byte[count][];
    for (int i = 0; i < count; i++) {
      String who = "p" + (from + i) / 10;
      Happening happening = i % 10 == 9 ? added("c", "mug", 1) : page("/" + i);
      values[i] = happening.by(who).value();
    }
    publish(values);
  }

  private void publish(byte[]... values) {
    Map<String, Object> config =
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBrokersAsString());
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(config, bytes, bytes)) {
      for (byte[] value : values) {
        var unused = producer.send(new ProducerRecord<>(EventTopics.EVENTS, value));
      }
    }
  }

  private void arrived(int events) {
    await().atMost(PATIENCE).until(() -> !isAway.get() && intake.count("event") >= events);
    assertThat(intake.count("event")).isEqualTo(events);
  }

  private List<ConsumerRecord<byte[], byte[]>> dead(int expected) {
    Map<String, Object> config =
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBrokersAsString());
    List<ConsumerRecord<byte[], byte[]>> dead = new ArrayList<>();
    var bytes = new ByteArrayDeserializer();
    try (var consumer = new KafkaConsumer<>(config, bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(EventTopics.DEAD).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      // They are put aside after the others are stored.
      long end =
          await()
              .atMost(PATIENCE)
              .pollInSameThread()
              .until(
                  () -> consumer.endOffsets(partitions).values().stream().mapToLong(o -> o).sum(),
                  sum -> sum >= expected);
      assertThat(end).isEqualTo(expected);
      while (dead.size() < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(dead::add);
      }
    }
    return dead;
  }

  private DataSource steered() {
    return new DelegatingDataSource(database) {
      @Override
      public Connection getConnection() throws SQLException {
        if (isAway.get()) {
          refused.incrementAndGet();
          throw new SQLException("connection refused", "08001");
        }
        return super.getConnection();
      }
    };
  }
}
