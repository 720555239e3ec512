package io.ripen.engine.leads;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.events.EventTopics;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Puts aside what cannot be read or applied, as it came, with headers {@code ripen-reason}, {@code
 * ripen-topic}, {@code ripen-partition} and {@code ripen-offset}.
 */
final class DeadLetters implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  /** An event to put aside, and why. */
  record DeadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {}

  private final KafkaOperations<byte[], byte[]> kafka;

  DeadLetters(KafkaOperations<byte[], byte[]> kafka) {
    this.kafka = kafka;
  }

  /**
   * Returns when Kafka has them all, so that they may be passed over.
   *
   * @throws KafkaException when it has not
   */
  void bury(List<DeadLetter> letters) {
    List<? extends CompletableFuture<?>> sent =
        letters.stream().map(letter -> kafka.send(dead(letter))).toList();
    kafka.flush();
    try {
      CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw new KafkaException("events could not be put on " + EventTopics.DEAD, e.getCause());
    }
    // The reason may quote what the event says of a person; it is in the header.
    letters.forEach(
        letter ->
            LOG.warn(
                "The event at {}-{} offset {} cannot be taken, and went to {}",
                letter.record().topic(),
                letter.record().partition(),
                letter.record().offset(),
                EventTopics.DEAD));
  }

  @Override
  public void close() {
    kafka.getProducerFactory().reset();
  }

  private static ProducerRecord<byte[], byte[]> dead(DeadLetter letter) {
    ConsumerRecord<byte[], byte[]> record = letter.record();
    var dead = new ProducerRecord<>(EventTopics.DEAD, record.key(), record.value());
    record.headers().forEach(dead.headers()::add);
    dead.headers()
        .add("ripen-reason", letter.reason().getBytes(UTF_8))
        .add("ripen-topic", record.topic().getBytes(UTF_8))
        .add("ripen-partition", String.valueOf(record.partition()).getBytes(UTF_8))
        .add("ripen-offset", String.valueOf(record.offset()).getBytes(UTF_8));
    return dead;
  }
}
