package io.ripen.exporter;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Hands out producers that answer when the test says so. */
final class Kafka {

  final List<MockProducer<String, String>> producers = new ArrayList<>();
  @Nullable RuntimeException unreachable;

  Producer<String, String> open() {
    if (unreachable != null) {
      throw unreachable;
    }
    producers.add(new MockProducer<>(false, null, new StringSerializer(), new StringSerializer()));
    return producers.getLast();
  }

  MockProducer<String, String> producer() {
    return producers.getLast();
  }

  List<String> values() {
    return producer().history().stream().map(record -> record.value()).toList();
  }
}
