package io.ripen.engine.forms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How often one address may send forms, and the like. Of IPv6 the first half of an address counts,
 * as that is what one household gets. Each engine process counts by itself. Safe for use by many
 * threads.
 */
public final class SenderLimit {

  /** No address is longer; a header that says so is no address. */
  private static final int LONGEST = 45;

  private static final long MOST_SENDERS = 100_000;
  private static final int NETWORK_PARTS = 4;

  private final Cache<String, Bucket> buckets;
  private final int most;
  private final Duration window;
  private final TimeMeter time;

  /**
   * @param most in a window
   */
  public SenderLimit(int most, Duration window, TimeMeter time) {
    this.most = most;
    this.window = window;
    this.time = time;
    this.buckets =
        Caffeine.newBuilder().maximumSize(MOST_SENDERS).expireAfterAccess(window).build();
  }

  /** Counts one, and says how long to wait: zero where it is allowed. */
  public Duration take(String address) {
    ConsumptionProbe probe =
        buckets.get(sender(address), any -> bucket()).tryConsumeAndReturnRemaining(1);
    return Duration.ofNanos(probe.getNanosToWaitForRefill());
  }

  private Bucket bucket() {
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit -> limit.capacity(most).refillGreedy(most, window))
        .build();
  }

  private static String sender(String address) {
    if (address.length() > LONGEST) {
      return "";
    }
    return address.contains(":") && !address.contains(".")
        ? Arrays.stream(expanded(address).split(":", -1))
            .limit(NETWORK_PARTS)
            .collect(Collectors.joining(":"))
        : address;
  }

  /** {@code 2001:db8::1} with the zeros that it leaves out. */
  private static String expanded(String address) {
    int gap = address.indexOf("::");
    if (gap < 0) {
      return address;
    }
    int written =
        address.substring(0, gap).isEmpty() ? 0 : address.substring(0, gap).split(":").length;
    String zeros = ":0".repeat(Math.max(0, NETWORK_PARTS - written));
    return address.substring(0, gap).isEmpty()
        ? zeros.substring(1)
        : address.substring(0, gap) + zeros;
  }
}
