package io.ripen.engine.geo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes small databases in MaxMind's format, version 2.0, as it is published. */
public final class RegionsFile {

  private static final int NOTHING = Integer.MIN_VALUE;
  private static final int SEPARATOR = 16;
  private static final byte[] MARKER = "\u00ab\u00cd\u00efMaxMind.com".getBytes(ISO_8859_1);

  /** Two records each: a node's number, the offset of data as {@code -1 - offset}, or nothing. */
  private final List<int[]> nodes = new ArrayList<>();

  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  public RegionsFile() {
    nodes.add(new int[] {NOTHING, NOTHING});
  }

  /** A network of which the database of cities knows the time zone. */
  public RegionsFile with(String network, String zone) {
    return with(
        network,
        Map.of("country", Map.of("iso_code", "XX"), "location", Map.of("time_zone", zone)));
  }

  RegionsFile with(String network, Map<String, ?> record) {
    int offset = data.size();
    write(data, record);
    int slash = network.indexOf('/');
    byte[] bits = address(network.substring(0, slash));
    int length = Integer.parseInt(network.substring(slash + 1)) + (network.contains(":") ? 0 : 96);
    int node = 0;
    for (int i = 0; i < length - 1; i++) {
      int[] sides = nodes.get(node);
      int side = bit(bits, i);
      if (sides[side] == NOTHING) {
        sides[side] = nodes.size();
        nodes.add(new int[] {NOTHING, NOTHING});
      }
      node = sides[side];
    }
    nodes.get(node)[bit(bits, length - 1)] = -1 - offset;
    return this;
  }

  public void write(Path file) {
    var out = new ByteArrayOutputStream();
    for (int[] sides : nodes) {
      for (int side : sides) {
        int value =
            side == NOTHING
                ? nodes.size()
                : side < 0 ? nodes.size() + SEPARATOR + (-1 - side) : side;
        number(out, value, 3);
      }
    }
    out.writeBytes(new byte[SEPARATOR]);
    out.writeBytes(data.toByteArray());
    out.writeBytes(MARKER);
    write(
        out,
        Map.of(
            "node_count",
            nodes.size(),
            "record_size",
            (short) 24,
            "ip_version",
            (short) 6,
            "database_type",
            "Test-City",
            "languages",
            List.of("en"),
            "binary_format_major_version",
            (short) 2,
            "binary_format_minor_version",
            (short) 0,
            "build_epoch",
            1_700_000_000L,
            "description",
            Map.of("en", "for tests")));
    try {
      Files.write(file, out.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(ByteArrayOutputStream out, Object value) {
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(UTF_8);
        control(out, 2, bytes.length);
        out.writeBytes(bytes);
      }
      case Short number -> {
        control(out, 5, 2);
        number(out, number, 2);
      }
      case Integer number -> {
        control(out, 6, 4);
        number(out, number, 4);
      }
      case Long number -> {
        control(out, 9, 8);
        number(out, number, 8);
      }
      case List<?> list -> {
        control(out, 11, list.size());
        list.forEach(each -> write(out, each));
      }
      case Map<?, ?> map -> {
        control(out, 7, map.size());
        map.forEach(
            (key, each) -> {
              write(out, key);
              write(out, each);
            });
      }
      default -> throw new IllegalArgumentException(value.toString());
    }
  }

  /** Types above seven stand in a byte of their own. */
  private static void control(ByteArrayOutputStream out, int type, int size) {
    out.write((type > 7 ? 0 : type << 5) | Math.min(size, 29));
    if (type > 7) {
      out.write(type - 7);
    }
    if (size >= 29) {
      out.write(size - 29);
    }
  }

  private static void number(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = bytes - 1; i >= 0; i--) {
      out.write((int) (value >>> (8 * i)));
    }
  }

  private static byte[] address(String text) {
    try {
      byte[] bytes = InetAddress.getByName(text).getAddress();
      byte[] sixteen = new byte[16];
      System.arraycopy(bytes, 0, sixteen, 16 - bytes.length, bytes.length);
      return sixteen;
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static int bit(byte[] bits, int i) {
    return bits[i / 8] >> (7 - i % 8) & 1;
  }
}
