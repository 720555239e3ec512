package io.ripen.engine.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Our Kafka topics, which keep what was put on them for a while. */
interface Topics {

  /**
   * A record that names somebody.
   *
   * @param record as it came; text where it is no JSON
   */
  record Found(String topic, int partition, long offset, Instant at, Object record) {}

  /**
   * All that was found.
   *
   * @param complete false where there was not the time to read everything
   */
  record Findings(boolean complete, List<Found> records) {}

  /**
   * How long a topic keeps a record at most; null for ever.
   *
   * @param topic its name
   */
  record Kept(String topic, @Nullable Duration most) {}

  /** Reads all topics from the first record that they still have. */
  Findings find(Mentions mentions);

  /** How long each of them keeps records. */
  List<Kept> kept();
}
