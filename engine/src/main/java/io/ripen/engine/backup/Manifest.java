package io.ripen.engine.backup;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a backup consists of; written last, so that a folder without one is no backup.
 *
 * @param format of the folder, counted up when it changes
 * @param id by which Zeebe knows its part
 * @param ripen the version that has made it
 * @param schema of PostgreSQL's tables, with the checksum of what made them
 * @param at when all stood still
 * @param tables in an order in which they can be filled: what others refer to first
 */
record Manifest(
    int format,
    long id,
    String ripen,
    String schema,
    Instant at,
    List<Table> tables,
    List<Sequence> sequences,
    List<Topic> topics) {

  static final int FORMAT = 1;

  /** A file of the folder, and what it must be like. */
  record Content(String file, long bytes, String sha256) {}

  /**
   * A table.
   *
   * @param columns those that are in the file
   */
  record Table(String name, List<String> columns, long rows, Content content) {}

  record Sequence(String name, long value) {}

  /**
   * A topic.
   *
   * @param settings that it had of its own
   */
  record Topic(
      String name, int partitions, Map<String, String> settings, long records, Content content) {}

  long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  long records() {
    return topics.stream().mapToLong(Topic::records).sum();
  }

  long bytes() {
    return tables.stream().mapToLong(table -> table.content().bytes()).sum()
        + topics.stream().mapToLong(topic -> topic.content().bytes()).sum();
  }

  List<Content> contents() {
    return java.util.stream.Stream.concat(
            tables.stream().map(Table::content), topics.stream().map(Topic::content))
        .toList();
  }
}
