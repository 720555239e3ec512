package io.ripen.engine.privacy;

import io.ripen.engine.privacy.Erasure.Remains;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Says what an erasure cannot delete, or must not. */
final class Remainders {

  /** What the topics hold of people; all others hold ids of leads at most. */
  private static final Map<String, String> ON_TOPICS =
      Map.of(
          "ripen.events", "events, as they came",
          "ripen.events.dead", "events that could not be read, if any was theirs");

  private final Topics topics;

  Remainders(Topics topics) {
    this.topics = topics;
  }

  /** Kafka does not say how long it keeps what. */
  static final class Unknown extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unknown(KafkaException cause) {
      super(String.valueOf(cause.getMessage()), cause);
    }
  }

  /**
   * What remains of a person whose rows are gone.
   *
   * @throws Unknown when Kafka is away
   */
  List<Remains> after(Erasure erasure) {
    Instant emptiedAt = Objects.requireNonNull(erasure.emptiedAt());
    List<Remains> all = new ArrayList<>();
    try {
      for (Topics.Kept kept : topics.kept()) {
        all.add(
            new Remains(
                "Kafka, topic " + kept.topic(),
                ON_TOPICS.getOrDefault(kept.topic(), "ids of leads, which mean nobody any more"),
                until(emptiedAt, kept.most()),
                "Kafka cannot delete single records; read again, they are dropped"));
      }
    } catch (KafkaException e) {
      throw new Unknown(e);
    }
    all.add(
        new Remains(
            "PostgreSQL, erased_trace and erased_lead",
            "keyed hashes of what they went by and of their events; ids of leads",
            null,
            "so that an old event does not bring them back"));
    if (erasure.removed().containsKey("suppressions")) {
      all.add(
          new Remains(
              "PostgreSQL, suppression",
              "keyed hashes of addresses that must not be written to",
              null,
              "so that nobody writes to them again"));
    }
    all.add(
        new Remains(
            "logs, and Zeebe's own data",
            "ids of leads, which mean nobody any more",
            null,
            "they never held anything else of a person"));
    all.add(
        new Remains(
            "outside Ripen",
            "backups that you made, mails in mailboxes, what providers and shops keep",
            null,
            "Ripen does not reach them; after an older backup is restored, erase these leads again"));
    return all;
  }

  private static @Nullable Instant until(Instant from, @Nullable Duration most) {
    return most == null ? null : from.plus(most);
  }
}
