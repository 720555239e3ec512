package io.ripen.engine.onsite;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Popups and chats.
 *
 * @param mostWindows how many windows of visitors one engine keeps a line open to at most; if not
 *     set, as many as half of the memory that its JVM may use has room for, and 10,000 at the most
 * @param beat how often each open line is told that we are there: proxies close lines that are
 *     silent for a minute, and a window that misses two beats comes anew
 */
@ConfigurationProperties("ripen.on-site")
record OnSiteProperties(@Nullable Integer mostWindows, @DefaultValue("25s") Duration beat) {

  /** Seen with 2,000 open windows; {@code ./ripen benchmark chat} measures it. */
  private static final int BYTES_OF_ONE = 112 * 1024;

  private static final int MOST = 10_000;

  OnSiteProperties {
    if (mostWindows != null && mostWindows < 1) {
      throw new IllegalArgumentException(
          "ripen.on-site.most-windows is %d (expected: 1 or more; leave it out for as many as there is memory for)"
              .formatted(mostWindows));
    }
    if (beat.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "ripen.on-site.beat is %s (expected: 1s or more)".formatted(beat));
    }
  }

  int windowsAtMost() {
    return mostWindows == null ? roomIn(Runtime.getRuntime().maxMemory() / 2) : mostWindows;
  }

  static int roomIn(long bytes) {
    return Math.toIntExact(Math.min(bytes / BYTES_OF_ONE, MOST));
  }
}
