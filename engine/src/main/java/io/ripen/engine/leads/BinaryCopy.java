package io.ripen.engine.leads;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

/**
 * Rows in the binary format of {@code COPY} (PostgreSQL manual, COPY, File Formats): nothing to
 * escape, and the server has less to parse than of text. For one thread.
 */
final class BinaryCopy {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
  };
  private static final int FLAGS_AND_EXTENSION = 8;
  private static final short END = -1;
  private static final byte JSONB_VERSION = 1;

  /** PostgreSQL counts time from the year 2000 on. */
  private static final long EPOCH_SECONDS = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  private static final int LONGEST_FIXED = 32;

  private byte[] bytes;
  private ByteBuffer rows;

  BinaryCopy(int expectedBytes) {
    bytes = new byte[expectedBytes + 2 * LONGEST_FIXED];
    rows = ByteBuffer.wrap(bytes);
    rows.put(SIGNATURE).position(SIGNATURE.length + FLAGS_AND_EXTENSION);
  }

  BinaryCopy row(int columns) {
    room(LONGEST_FIXED).putShort((short) columns);
    return this;
  }

  BinaryCopy text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    room(utf8.length + LONGEST_FIXED).putInt(utf8.length).put(utf8);
    return this;
  }

  BinaryCopy jsonb(byte[] json) {
    room(json.length + LONGEST_FIXED).putInt(json.length + 1).put(JSONB_VERSION).put(json);
    return this;
  }

  BinaryCopy uuid(UUID uuid) {
    room(LONGEST_FIXED)
        .putInt(16)
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits());
    return this;
  }

  BinaryCopy timestamp(Instant instant) {
    long micros =
        Math.addExact(
            Math.multiplyExact(instant.getEpochSecond() - EPOCH_SECONDS, 1_000_000L),
            instant.getNano() / 1000);
    room(LONGEST_FIXED).putInt(8).putLong(micros);
    return this;
  }

  /** All of it, to be sent; nothing can be added any more. */
  ByteArrayInputStream end() {
    room(LONGEST_FIXED).putShort(END);
    return new ByteArrayInputStream(bytes, 0, rows.position());
  }

  private ByteBuffer room(int size) {
    if (rows.remaining() < size) {
      int position = rows.position();
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, position + size));
      rows = ByteBuffer.wrap(bytes).position(position);
    }
    return rows;
  }
}
