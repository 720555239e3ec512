package io.ripen.benchmarks;

import io.ripen.app.Failure;
import io.ripen.engine.events.EventTopics;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;

/**
 * Events through the HTTP door to the table {@code event}, beside the very same records of the
 * topic copied into a bare table.
 */
final class EventsBenchmark {

  /** As many as Ripen has. */
  private static final int CONSUMERS = 2;

  /** Ripen tells of events itself, too: who came into a segment. */
  private static final String FROM_DOOR = "event where name not like 'Segment %'";

  private static final int PARTITIONS = 6;
  private static final String TOPIC = "benchmark.events";

  private final Deployment ripen;
  private final Sizes sizes;
  private final Database database;
  private final Programs programs;
  private final PlainProducer producer;

  EventsBenchmark(Deployment ripen, Sizes sizes) {
    this.ripen = ripen;
    this.sizes = sizes;
    this.database = ripen.database();
    this.programs = ripen.programs();
    this.producer = new PlainProducer(ripen.kafka());
  }

  void run(Report report) throws Exception {
    Copier.makeTable(database);
    Comparison comparison =
        new Comparison(
            "events",
            "HTTP door to PostgreSQL",
            "limit: topic to COPY, %d consumers".formatted(CONSUMERS),
            "topic to COPY, 1 consumer",
            "producer to topic to COPY, %d consumers".formatted(CONSUMERS));
    try (Admin kafka =
        Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, ripen.kafka()))) {
      kafka.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1))).all().get();
      DoorToPostgres door = new DoorToPostgres(ripen, kafka);
      for (int round = 0; round <= sizes.rounds(); round++) {
        Report.round("events", round, sizes.rounds());
        List<Measured> measured = round(door, round);
        if (round > 0) {
          comparison.add(measured);
        }
      }
    }
    report.heading("Events");
    report.paragraph(
        """
        %,d events a round in batches of %d over %d connections, from the first request until all \
        are in PostgreSQL, with leads, visits and carts kept up to date; no flow waits for them. \
        Beside it the same records of the same topic, copied into a bare table with the columns \
        and the primary key of `event`."""
            .formatted(sizes.events(), Traffic.EVENTS_PER_BATCH, DoorToPostgres.CONNECTIONS));
    comparison.print(report);
  }

  private List<Measured> round(DoorToPostgres door, int round) throws Exception {
    int count = sizes.events();
    List<byte[]> batches = Traffic.batches(round, count);
    Map<TopicPartition, Long> before = KafkaToPostgres.ends(ripen.kafka(), EventTopics.EVENTS);
    List<Measured> measured = new ArrayList<>();
    measured.add(filled(FROM_DOOR, () -> door.run(batches)));
    Map<TopicPartition, Long> counts = KafkaToPostgres.ends(ripen.kafka(), EventTopics.EVENTS);
    counts.replaceAll((partition, end) -> end - before.getOrDefault(partition, 0L));
    long onTopic = counts.values().stream().mapToLong(Long::longValue).sum();
    if (onTopic != count) {
      throw new Failure("%d records on the topic (expected: %d)".formatted(onTopic, count));
    }
    for (int consumers : List.of(CONSUMERS, 1)) {
      try (var limit = copy(before, counts, consumers)) {
        measured.add(copied(limit::copy));
      }
    }
    measured.add(producedAndCopied(KafkaToPostgres.read(ripen.kafka(), before, count)));
    return measured;
  }

  private Measured copied(Measured.Work work) throws Exception {
    database.update("truncate " + Copier.TABLE);
    return filled(Copier.TABLE, work);
  }

  /** Measures what adds rows to a table, and sees that they are there. */
  private Measured filled(String table, Measured.Work work) throws Exception {
    String count = "select count(*) from " + table;
    long before = database.number(count);
    Measured measured = Measured.of(programs, sizes.events(), work);
    long added = database.number(count) - before;
    if (added != sizes.events()) {
      throw new Failure("%s: %d rows more (expected: %d)".formatted(table, added, sizes.events()));
    }
    return measured;
  }

  private Measured producedAndCopied(List<byte[]> records) throws Exception {
    Map<TopicPartition, Long> from = KafkaToPostgres.ends(ripen.kafka(), TOPIC);
    Map<TopicPartition, Long> counts = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      counts.merge(new TopicPartition(TOPIC, i % PARTITIONS), 1L, Long::sum);
    }
    try (var limit = copy(from, counts, CONSUMERS)) {
      return copied(
          () -> {
            Thread producing =
                Thread.ofPlatform().start(() -> producer.produce(TOPIC, PARTITIONS, records));
            long end = limit.copy();
            producing.join();
            return end;
          });
    }
  }

  private KafkaToPostgres copy(
      Map<TopicPartition, Long> from, Map<TopicPartition, Long> counts, int consumers)
      throws SQLException {
    return new KafkaToPostgres(ripen.kafka(), database, from, counts, consumers);
  }
}
