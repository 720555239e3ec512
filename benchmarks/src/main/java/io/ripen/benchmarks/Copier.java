package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.postgresql.PGConnection;

/**
 * Copies events to a bare table and loses none: each poll is one {@code COPY} in one transaction,
 * and then its offsets are committed.
 */
final class Copier implements Callable<Long>, AutoCloseable {

  static final String TABLE = "benchmark_event";

  private static final String COPY =
      "copy %s (%s) from stdin with (format binary)".formatted(TABLE, EventRows.COLUMNS);
  private static final Duration STANDSTILL = Duration.ofSeconds(30);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Connection connection;
  private final long count;
  private final EventRows rows = new EventRows();

  /**
   * @param consumer stands where to begin
   * @param count how many to copy
   */
  Copier(KafkaConsumer<byte[], byte[]> consumer, Connection connection, long count)
      throws SQLException {
    this.consumer = consumer;
    this.connection = connection;
    this.count = count;
    connection.setAutoCommit(false);
  }

  /** Makes the table, with the columns and the primary key of {@code event}. */
  static void makeTable(Database database) throws SQLException {
    database.update("create table %s (like event, primary key (message_id))".formatted(TABLE));
  }

  @Override
  public Long call() throws SQLException, IOException {
    long copied = 0;
    while (copied < count) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(STANDSTILL);
      if (records.isEmpty()) {
        throw new Failure("%d of %d records are on the topic".formatted(copied, count));
      }
      copy(records);
      copied += records.count();
    }
    return copied;
  }

  private void copy(ConsumerRecords<byte[], byte[]> records) throws SQLException, IOException {
    for (ConsumerRecord<byte[], byte[]> each : records) {
      rows.add(each.value(), each.offset());
    }
    connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, rows.end(), BUFFER_BYTES);
    connection.commit();
    consumer.commitSync();
  }

  @Override
  public void close() throws SQLException {
    consumer.close();
    connection.close();
  }
}
