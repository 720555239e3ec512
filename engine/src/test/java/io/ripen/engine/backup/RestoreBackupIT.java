package io.ripen.engine.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.backup.RestoreBackup.Restored;
import io.ripen.engine.events.EventTopics;
import io.ripen.engine.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** From one PostgreSQL and Kafka to others; Zeebe's part is elsewhere. */
class RestoreBackupIT {

  private static final TopicPartition EVENTS = new TopicPartition(EventTopics.EVENTS, 0);

  private final PGSimpleDataSource database = TestDatabase.migratedWithoutPool();
  private final PGSimpleDataSource empty = TestDatabase.migratedWithoutPool();
  private final EmbeddedKafkaKraftBroker kafka =
      new EmbeddedKafkaKraftBroker(1, 1, EventTopics.EVENTS, EventTopics.DEAD);
  private final EmbeddedKafkaKraftBroker emptyKafka = new EmbeddedKafkaKraftBroker(1, 1);
  private Path to = Path.of("backup");

  @BeforeEach
  void fill(@TempDir Path folder) {
    to = folder.resolve("backup");
    for (EmbeddedKafkaKraftBroker each : List.of(kafka, emptyKafka)) {
      each.setAdminTimeout(60);
      each.afterPropertiesSet();
    }
    JdbcClient jdbc = JdbcClient.create(database);
    UUID survivor = UUID.fromString("ffffffff-0000-7000-8000-000000000000");
    lead(jdbc, survivor, null);
    // Comes first in the file, and refers to what comes after it.
    lead(jdbc, UUID.fromString("00000000-0000-7000-8000-000000000000"), survivor);
    jdbc.sql(
            """
            insert into stage_change (lead_id, from_stage, to_stage, changed_at, reason, cause)
            values (?, 'LEAD', 'MQL', now(), ?, 'a test')
            """)
        .params(survivor, "tab\tnew line\n\\N \\. Ő €")
        .update();
    publish(kafka, EventTopics.EVENTS, "read", "unread", "unread too");
    publish(kafka, EventTopics.DEAD, "dead");
    try (var consumer = consumer(kafka)) {
      consumer.commitSync(Map.of(EVENTS, new OffsetAndMetadata(1)));
    }
  }

  private static void lead(JdbcClient jdbc, UUID id, UUID into) {
    jdbc.sql(
            """
            insert into lead (id, first_name, first_seen_at, last_seen_at, merged_into)
            values (?, 'Anna', '-infinity', '2026-03-29 01:30:00.123456+00', ?)
            """)
        .params(id, into)
        .update();
  }

  @AfterEach
  void stop() {
    kafka.destroy();
    emptyKafka.destroy();
  }

  @Test
  void all_comes_back_and_counting_goes_on_where_it_was() throws Exception {
    Manifest manifest = backUp();
    assertThat(restore()).isEqualTo(new Restored(7, manifest.rows(), 3));
    String all = "select string_agg(t::text, '|' order by t::text) from %s t";
    for (String table : List.of("lead", "stage_change")) {
      assertThat(text(empty, all.formatted(table)))
          .isNotNull()
          .isEqualTo(text(database, all.formatted(table)));
    }
    JdbcClient.create(empty)
        .sql(
            """
            insert into stage_change (lead_id, from_stage, to_stage, changed_at, reason, cause)
            select id, 'MQL', 'SQL', now(), '', '' from lead limit 1
            """)
        .update();
    assertThat(text(empty, "select max(id)::text from stage_change")).isEqualTo("2");
    assertThat(values(EventTopics.EVENTS)).containsExactly("unread", "unread too");
    assertThat(values(EventTopics.DEAD)).containsExactly("dead");
    assertThatThrownBy(this::restore).hasMessageContaining("rows in lead, stage_change");
  }

  @Test
  void what_was_cut_off_before_its_end_is_done_again_and_puts_nothing_there_twice()
      throws Exception {
    Manifest manifest = backUp();
    KafkaLoad first = new KafkaLoad(stores(empty, emptyKafka).kafka(), manifest);
    first.check();
    // PostgreSQL's transaction would end now.
    first.load(BackupFolder.at(to));
    assertThat(restore().records()).isEqualTo(3);
    assertThat(values(EventTopics.EVENTS)).containsExactly("unread", "unread too");
    assertThat(text(empty, "select count(*)::text from lead")).isEqualTo("2");
  }

  @Test
  void nothing_is_touched_where_something_does_not_fit() throws Exception {
    Manifest manifest = backUp();
    publish(emptyKafka, EventTopics.EVENTS, "of somebody else");
    assertThatThrownBy(this::restore)
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining("ripen.events has records that are not of this backup");
    Path file = to.resolve(manifest.tables().getFirst().content().file());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(this::restore)
        .isInstanceOf(BackupFailed.class)
        .hasMessageContaining(file + " is damaged");
    Files.delete(file);
    assertThatThrownBy(this::restore).hasMessageContaining(file + " is missing");
    Files.delete(to.resolve("manifest.json"));
    assertThatThrownBy(this::restore).hasMessageContaining("is no backup");
    assertThat(text(empty, "select count(*)::text from lead")).isEqualTo("0");
  }

  private Restored restore() throws BackupFailed {
    return new RestoreBackup(stores(empty, emptyKafka), step -> {}).restore(to);
  }

  private Manifest backUp() throws BackupFailed, SQLException, IOException {
    Stores stores = stores(database, kafka);
    BackupFolder folder = BackupFolder.fresh(to);
    try (Connection session = stores.connect();
        KafkaDump kafkaDump = KafkaDump.connect(stores.kafka())) {
      kafkaDump.notePlaces();
      session.setAutoCommit(false);
      kafkaDump.noteEnds();
      TablesJdbc tables = new TablesJdbc(session);
      Manifest manifest =
          new Manifest(
              Manifest.FORMAT,
              7,
              "1.0",
              tables.schema(),
              Instant.EPOCH,
              tables.dump(folder),
              tables.sequences(),
              kafkaDump.dump(folder));
      folder.finish(manifest);
      return manifest;
    }
  }

  private static Stores stores(PGSimpleDataSource database, EmbeddedKafkaKraftBroker kafka) {
    Map<String, Object> client = Map.of("bootstrap.servers", kafka.getBrokersAsString());
    return new Stores(
        database.getURL(),
        database.getUser(),
        database.getPassword(),
        new Stores.KafkaClients(client, client, client),
        URI.create("http://127.0.0.1:1"));
  }

  private static String text(PGSimpleDataSource database, String sql) {
    return JdbcClient.create(database).sql(sql).query(String.class).single();
  }

  private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedKafkaKraftBroker kafka) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            kafka.getBrokersAsString(),
            "group.id",
            EventTopics.READERS,
            "enable.auto.commit",
            false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private List<String> values(String topic) {
    List<String> values = new ArrayList<>();
    try (var consumer = consumer(emptyKafka)) {
      TopicPartition partition = new TopicPartition(topic, 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(new String(record.value(), UTF_8));
        }
      }
    }
    return values;
  }

  private static void publish(EmbeddedKafkaKraftBroker kafka, String topic, String... values) {
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.getBrokersAsString()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (String value : values) {
        var unused = producer.send(new ProducerRecord<>(topic, 0, null, value.getBytes(UTF_8)));
      }
    }
  }
}
