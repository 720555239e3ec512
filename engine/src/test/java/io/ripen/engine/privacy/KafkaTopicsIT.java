package io.ripen.engine.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** On real Kafka. */
class KafkaTopicsIT {

  private final EmbeddedKafkaKraftBroker kafka =
      new EmbeddedKafkaKraftBroker(1, 3, "ripen.events", "ripen.events.dead", "others");
  private final UUID lead = UUID.randomUUID();
  private final Mentions mentions =
      new Mentions(
          new Person(
              List.of(lead),
              Set.of("7"),
              Set.of("browser-1"),
              Set.of("anna@example.org"),
              List.of()));

  @BeforeEach
  void start() {
    kafka.setAdminTimeout(60);
    kafka.afterPropertiesSet();
  }

  @AfterEach
  void stop() {
    kafka.destroy();
  }

  @Test
  void finds_what_names_the_person_and_nothing_of_others() {
    publish("ripen.events", "{'type':'page','anonymousId':'browser-1'}");
    publish("ripen.events", "{'type':'page','anonymousId':'browser-12','properties':{'id':'7'}}");
    publish("ripen.events", "{'userId':'7'}");
    publish("ripen.events", "{'anonymousId':'b','traits':{'mails':['Anna@Example.org']}}");
    publish("ripen.events", "{'userId':'browser-1'}");
    publish("ripen.events", "{'anonymousId':'c','properties':{'invited':'anna@example.org'}}");
    publish("ripen.events", "{'leadId':'%s'}".formatted(lead));
    publish("ripen.events.dead", "{'broken', to anna@example.org");
    publish("ripen.events.dead", "{'broken', to others");
    publish("others", "{'userId':'7'}");

    Topics.Findings found = topics().find(mentions);

    assertThat(found.complete()).isTrue();
    assertThat(found.records())
        .extracting(record -> record.topic() + " " + record.record())
        .containsExactlyInAnyOrder(
            "ripen.events {\"type\":\"page\",\"anonymousId\":\"browser-1\"}",
            "ripen.events {\"userId\":\"7\"}",
            "ripen.events {\"anonymousId\":\"b\",\"traits\":{\"mails\":[\"Anna@Example.org\"]}}",
            "ripen.events {\"leadId\":\"%s\"}".formatted(lead),
            "ripen.events.dead {\"broken\", to anna@example.org");
  }

  @Test
  void tells_how_long_records_are_kept() {
    assertThat(topics().kept())
        .containsExactly(
            new Topics.Kept("ripen.events", Duration.ofDays(14)),
            new Topics.Kept("ripen.events.dead", Duration.ofDays(14)));
  }

  private KafkaTopics topics() {
    return new KafkaTopics(
        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBrokersAsString()),
        Duration.ofMinutes(1));
  }

  private void publish(String topic, String value) {
    var bytes = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.getBrokersAsString()),
            bytes,
            bytes)) {
      var unused =
          producer.send(new ProducerRecord<>(topic, value.replace('\'', '"').getBytes(UTF_8)));
    }
  }
}
