package io.ripen.engine.monitoring;

/** The Kafka topic that our exporter in the Zeebe broker writes to. */
public final class ExportTopic {

  /**
   * Records of one Zeebe partition have one key and so stay in order; the reader relies on it, so
   * the topic must keep the number of Kafka partitions that it was made with.
   */
  public static final String NAME = "ripen.zeebe";

  /** The group of those who read it. */
  public static final String READERS = "ripen-monitoring";

  private ExportTopic() {}
}
