package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What a shop's visitors do, as the batches that Segment's SDKs send. Of eight events of a visitor
 * five are pages, one looks at a product, one puts it into a cart, one tells who it is.
 */
final class Traffic {

  private static final int EVENTS_PER_VISITOR = 8;
  static final int EVENTS_PER_BATCH = 100;
  private static final int PATHS = 200;

  private Traffic() {}

  /**
   * So many events, in batches; every other visitor was here in the round before.
   *
   * @param round each has its own message ids
   */
  static List<byte[]> batches(int round, int events) {
    int visitors = Math.ceilDiv(events, EVENTS_PER_VISITOR);
    int firstVisitor = round * Math.max(1, visitors / 2);
    List<byte[]> batches = new ArrayList<>();
    for (int from = 0; from < events; from += EVENTS_PER_BATCH) {
      List<String> batch =
          IntStream.range(from, Math.min(events, from + EVENTS_PER_BATCH))
              .mapToObj(i -> event(i, firstVisitor + i / EVENTS_PER_VISITOR))
              .toList();
      batches.add(batch(batch));
    }
    return batches;
  }

  static byte[] batch(List<String> events) {
    return "{\"batch\":[%s],\"sentAt\":\"%s\"}"
        .formatted(String.join(",", events), now())
        .getBytes(UTF_8);
  }

  private static String event(int number, int visitor) {
    String path = "/p/" + (visitor * 31 + number * 7) % PATHS;
    String who = "visitor-" + visitor;
    return switch (number % EVENTS_PER_VISITOR) {
      case 3 -> track(who, path, "Product Viewed", product(number % PATHS));
      case 4 ->
          track(
              who, path, "Product Added", product(number % PATHS) + ",\"cart_id\":\"" + who + '"');
      case 5 -> identify(who, who + "@example.com");
      default -> page(who, path);
    };
  }

  static String page(String visitor, String path) {
    return event(
        "page",
        visitor,
        path,
        "\"name\":\"Product\",\"properties\":{\"path\":\"%s\",\"title\":\"Kettles and more\",\"url\":\"https://shop.example%s\"}"
            .formatted(path, path));
  }

  static String identify(String visitor, String email) {
    return event(
        "identify",
        visitor,
        "/account",
        "\"traits\":{\"email\":\"%s\",\"firstName\":\"Anna\",\"lastName\":\"Example\"}"
            .formatted(email));
  }

  static String track(String visitor, String path, String name, String properties) {
    return event(
        "track", visitor, path, "\"event\":\"%s\",\"properties\":{%s}".formatted(name, properties));
  }

  static String product(int number) {
    return """
    "product_id":"kettle-%d","sku":"K-%d","name":"Gooseneck Kettle 0.9 l","brand":"Juniper",\
    "price":79.00,"quantity":1,"currency":"EUR","url":"https://shop.example/p/%d",\
    "image_url":"https://shop.example/i/%d.jpg"\
    """
        .formatted(number, number, number, number);
  }

  private static String event(String type, String visitor, String path, String content) {
    return "{\"type\":\"%s\",\"anonymousId\":\"%s\",\"messageId\":\"%s\",\"timestamp\":\"%s\",%s,%s}"
        .formatted(type, visitor, UUID.randomUUID(), now(), content, context(path));
  }

  private static String context(String path) {
    return """
      "context":{"library":{"name":"analytics.js","version":"next-1.81.0"},"locale":"en-GB",\
      "timezone":"Europe/London","userAgent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 \
      (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",\
      "page":{"path":"%s","url":"https://shop.example%s","title":"Kettles and more",\
      "referrer":"https://www.google.com/"}}\
      """
        .formatted(path, path);
  }

  /** As precise as a browser prints it. */
  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS);
  }
}
