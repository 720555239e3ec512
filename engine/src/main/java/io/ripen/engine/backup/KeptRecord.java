package io.ripen.engine.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record of Kafka as a line of JSON; its bytes are in Base64.
 *
 * @param timestamp as the topic has it, in milliseconds
 */
record KeptRecord(
    int partition,
    long offset,
    long timestamp,
    @Nullable String key,
    @Nullable String value,
    List<KeptHeader> headers) {

  /** On what was brought back: of which backup it is, and where it stood. */
  static final String BACKUP = "ripen-backup";

  static final String PLACE = "ripen-backup-place";

  record KeptHeader(String name, @Nullable String value) {}

  static KeptRecord of(ConsumerRecord<byte[], byte[]> record) {
    List<KeptHeader> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      if (!header.key().equals(BACKUP) && !header.key().equals(PLACE)) {
        headers.add(new KeptHeader(header.key(), text(header.value())));
      }
    }
    return new KeptRecord(
        record.partition(),
        record.offset(),
        record.timestamp(),
        text(record.key()),
        text(record.value()),
        headers);
  }

  static KeptRecord read(String line) {
    return JsonMapper.shared().readValue(line, KeptRecord.class);
  }

  void write(OutputStream out) throws IOException {
    out.write(JsonMapper.shared().writeValueAsBytes(this));
    out.write('\n');
  }

  /** Where it stood. */
  String place() {
    return partition + "-" + offset;
  }

  /**
   * The same again.
   *
   * @param partitions that the topic has; in another number, the key says where it goes
   */
  ProducerRecord<byte[], byte[]> toProduce(String topic, int partitions, long backup) {
    List<Header> all = new ArrayList<>();
    headers.forEach(header -> all.add(new RecordHeader(header.name(), bytes(header.value()))));
    all.add(new RecordHeader(BACKUP, Long.toString(backup).getBytes(UTF_8)));
    all.add(new RecordHeader(PLACE, place().getBytes(UTF_8)));
    return new ProducerRecord<>(
        topic,
        partition < partitions ? (Integer) partition : null,
        timestamp < 0 ? null : (Long) timestamp,
        bytes(key),
        bytes(value),
        all);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : Base64.getEncoder().encodeToString(bytes);
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : Base64.getDecoder().decode(text);
  }
}
