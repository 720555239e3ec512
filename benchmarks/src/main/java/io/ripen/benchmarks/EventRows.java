package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events from their topic as rows of the table {@code event}, in the binary format of {@code COPY},
 * with no more work than that takes: JSON goes through as it is.
 */
final class EventRows {

  static final String COLUMNS =
      "message_id, lead_id, type, name, occurred_at, received_at, site, properties, context";

  private static final byte[] HEADER =
      Arrays.copyOf(
          "PGCOPY\n\u00ff\r\n\0".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 19);
  private static final long YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final byte[] EMPTY = {'{', '}'};
  private static final JsonMapper JSON = JsonMapper.shared();

  private ByteBuffer rows = ByteBuffer.allocate(1 << 20).put(HEADER);

  /** One event. */
  void add(byte[] event, long leadId) {
    String messageId = "";
    String type = "";
    String name = "";
    String site = "";
    Instant occurredAt = Instant.EPOCH;
    Instant receivedAt = Instant.EPOCH;
    byte[] what = EMPTY;
    byte[] context = EMPTY;
    try (JsonParser json = JSON.createParser(event)) {
      json.nextToken();
      for (String field = json.nextName(); field != null; field = json.nextName()) {
        json.nextToken();
        switch (field) {
          case "messageId" -> messageId = json.getString();
          case "type" -> type = json.getString();
          case "event", "name" -> name = json.getString();
          case "site" -> site = json.getString();
          case "timestamp" -> occurredAt = Instant.parse(json.getString());
          case "receivedAt" -> receivedAt = Instant.parse(json.getString());
          case "properties", "traits" -> what = asItIs(json, event);
          case "context" -> context = asItIs(json, event);
          default -> json.skipChildren();
        }
      }
    }
    room(128).putShort((short) 9);
    text(messageId);
    room(20).putInt(16).putLong(0).putLong(leadId);
    text(type);
    text(name);
    timestamp(occurredAt);
    timestamp(receivedAt);
    text(site);
    jsonb(what);
    jsonb(context);
  }

  /** All of it, to be sent; it begins anew. */
  ByteArrayInputStream end() {
    room(2).putShort((short) -1);
    byte[] bytes = Arrays.copyOf(rows.array(), rows.position());
    rows.position(HEADER.length);
    return new ByteArrayInputStream(bytes);
  }

  private static byte[] asItIs(JsonParser json, byte[] event) {
    long start = json.currentTokenLocation().getByteOffset();
    json.skipChildren();
    return Arrays.copyOfRange(event, (int) start, (int) json.currentLocation().getByteOffset());
  }

  private void text(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    room(4 + utf8.length).putInt(utf8.length).put(utf8);
  }

  private void jsonb(byte[] json) {
    room(5 + json.length).putInt(1 + json.length).put((byte) 1).put(json);
  }

  private void timestamp(Instant instant) {
    long micros = (instant.getEpochSecond() - YEAR_2000) * 1_000_000 + instant.getNano() / 1000;
    room(12).putInt(8).putLong(micros);
  }

  private ByteBuffer room(int size) {
    if (rows.remaining() < size) {
      byte[] larger =
          Arrays.copyOf(rows.array(), Math.max(2 * rows.capacity(), rows.capacity() + size));
      rows = ByteBuffer.wrap(larger).position(rows.position());
    }
    return rows;
  }
}
