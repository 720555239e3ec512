package io.ripen.engine.splits;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Divides leads among variants by weight. The same lead always gets the same variant at the same
 * place, however often it comes by, and what it gets at one place says nothing of another.
 *
 * @param weights by variant, in the order in which they were written
 */
public record Split(Map<String, Integer> weights) {

  private static final Pattern VARIANT =
      Pattern.compile("\\s*([A-Za-z][\\w-]*)\\s*:\\s*(\\d{1,4})\\s*");

  public Split {
    weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
  }

  /**
   * Reads {@code A: 50, B: 50}.
   *
   * @throws IllegalArgumentException when it is not written so; the message says how
   */
  public static Split parse(String text) {
    Map<String, Integer> weights = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      Matcher variant = VARIANT.matcher(part);
      if (!variant.matches()
          || weights.put(variant.group(1), Integer.valueOf(variant.group(2))) != null) {
        throw wrong(text);
      }
    }
    if (weights.values().stream().mapToInt(Integer::intValue).sum() == 0) {
      throw wrong(text);
    }
    return new Split(weights);
  }

  /** As it may be written. */
  String text() {
    return weights.entrySet().stream()
        .map(variant -> variant.getKey() + ": " + variant.getValue())
        .collect(Collectors.joining(", "));
  }

  /** The variants that leads come into, in the order in which they were written. */
  List<String> used() {
    return weights.keySet().stream().filter(variant -> weight(variant) > 0).toList();
  }

  /** What part of the leads comes into the variant, from 0 to 1. */
  double share(String variant) {
    return (double) weight(variant) / total();
  }

  /** The lead's variant at this place. */
  public String variant(UUID leadId, String flow, String element) {
    int left = (int) Math.floorMod(hash(leadId + " " + flow + " " + element), (long) total());
    for (Map.Entry<String, Integer> variant : weights.entrySet()) {
      left -= variant.getValue();
      if (left < 0) {
        return variant.getKey();
      }
    }
    throw new IllegalStateException("the weights are less than their sum");
  }

  private int weight(String variant) {
    return weights.getOrDefault(variant, 0);
  }

  private int total() {
    return weights.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static long hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return ByteBuffer.wrap(digest).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "\"%s\" is no split (expected: each variant once, with its weight, as in A: 50, B: 50)"
            .formatted(text));
  }
}
