package io.ripen.exporter;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way to Kafka. Everything is the exporter's thread's own but the answer, which
 * Kafka's thread gives.
 */
final class Pending {

  final ProducerRecord<String, String> record;

  /** The position that is settled with this record: its own, or that of a skipped one after it. */
  long settles;

  private volatile boolean acknowledged;
  private volatile @Nullable Exception failure;

  Pending(ProducerRecord<String, String> record, long position) {
    this.record = record;
    this.settles = position;
  }

  void acknowledge() {
    acknowledged = true;
  }

  void fail(Exception cause) {
    failure = cause;
  }

  /** Forgets an answer, since the record will be sent again. */
  void again() {
    failure = null;
  }

  boolean acknowledged() {
    return acknowledged;
  }

  @Nullable Exception failure() {
    return failure;
  }
}
