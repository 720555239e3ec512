package io.ripen.engine.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Publishes to Kafka; batches are made by the producer, so nothing waits here. */
final class KafkaEventPublisher implements EventPublisher, AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final EventJson json;
  private final Counter published;

  KafkaEventPublisher(Producer<byte[], byte[]> producer, EventJson json, MeterRegistry meters) {
    this.producer = producer;
    this.json = json;
    this.published = meters.counter("ripen.events.published");
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The callback is told the same, sooner.
  public CompletableFuture<Void> publish(Event event) {
    var acknowledged = new CompletableFuture<Void>();
    try {
      producer.send(
          new ProducerRecord<>(EventTopics.EVENTS, key(event), json.write(event)),
          (metadata, failure) -> {
            if (failure == null) {
              published.increment();
              acknowledged.complete(null);
            } else {
              acknowledged.completeExceptionally(failure);
            }
          });
    } catch (KafkaException e) {
      acknowledged.completeExceptionally(e);
    }
    return acknowledged;
  }

  /** Hands over what is still on its way. */
  @Override
  public void close() {
    producer.close();
  }

  /** The same id for as long as the person goes by it, so that their events keep their order. */
  private static byte[] key(Event event) {
    String id = event.anonymousId() != null ? event.anonymousId() : event.userId();
    return (id == null ? Objects.toString(event.leadId()) : id).getBytes(UTF_8);
  }
}
