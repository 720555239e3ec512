package io.ripen.exporter;

/** Tells the broker to offer a record again later; says all in its message, so without a stack. */
final class KafkaBehind extends RuntimeException {

  private static final long serialVersionUID = 1L;

  KafkaBehind() {
    super(
        Delivery.LIMIT + " records wait for Kafka; the broker offers the next one again",
        null,
        false,
        false);
  }
}
