package io.ripen.engine.monitoring;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of what Camunda's search found, in the form of the exporter's records.
 *
 * @param records each with the time that it was looked for by
 * @param leads whom instances on the page are about, as far as it was asked for
 * @param others what is not on the page and was asked for by its key
 * @param unknown keys of what was asked for and is known no more
 * @param cursor to the next page; null after the last
 */
record SearchPage(
    List<ExportedRecord> records,
    List<ExportedRecord> leads,
    List<ExportedRecord> others,
    List<Long> unknown,
    @Nullable String cursor) {

  static SearchPage of(List<ExportedRecord> records, @Nullable String cursor) {
    return new SearchPage(records, List.of(), List.of(), List.of(), cursor);
  }

  SearchPage withLeads(List<ExportedRecord> found) {
    return new SearchPage(records, found, others, unknown, cursor);
  }

  SearchPage withRecords(List<ExportedRecord> instead) {
    return new SearchPage(instead, leads, others, unknown, cursor);
  }

  SearchPage withOthers(List<ExportedRecord> found, List<Long> lost) {
    return new SearchPage(records, leads, found, lost, cursor);
  }

  /** Without what the instances themselves are, which are read by themselves. */
  SearchPage withoutInstances() {
    return withRecords(
        records.stream()
            .filter(each -> !SearchRecords.PROCESS.equals(each.elementType()))
            .toList());
  }

  boolean isLast() {
    return cursor == null;
  }

  @Nullable Instant newest() {
    return records.stream().map(ExportedRecord::at).max(Comparator.naturalOrder()).orElse(null);
  }

  long lastKey() {
    return records.stream().mapToLong(ExportedRecord::key).max().orElse(0);
  }

  long[] keys() {
    return records.stream().mapToLong(ExportedRecord::key).toArray();
  }
}
