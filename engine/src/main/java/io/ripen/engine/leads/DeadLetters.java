package io.ripen.engine.leads;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.events.EventTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.stereotype.Component;

/** Puts aside what cannot be read or applied, as it came, with the reason in its headers. */
@Component
@Profile("engine")
class DeadLetters {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final KafkaOperations<byte[], byte[]> kafka;

  DeadLetters(KafkaOperations<byte[], byte[]> leadsDeadLetters) {
    this.kafka = leadsDeadLetters;
  }

  /** Returns when Kafka has it, so that the event may be passed over. */
  void bury(ConsumerRecord<byte[], byte[]> record, String reason) {
    String origin = record.topic() + '-' + record.partition() + '-' + record.offset();
    LOG.warn("Event at {} goes to {}: {}", origin, EventTopics.DEAD, reason);
    var dead = new ProducerRecord<>(EventTopics.DEAD, record.key(), record.value());
    dead.headers().add("reason", reason.getBytes(UTF_8)).add("origin", origin.getBytes(UTF_8));
    kafka.send(dead).join();
  }
}
