package io.ripen.engine.onsite;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Popups and chats.
 *
 * @param mostWindows how many windows of visitors one engine keeps a line open to at most; if not
 *     set, as many as half of the memory that its JVM may use has room for, and 10,000 at the most
 */
@ConfigurationProperties("ripen.on-site")
record OnSiteProperties(@Nullable Integer mostWindows) {

  /** Seen with 2,000 open windows; {@code ./ripen benchmark chat} measures it. */
  private static final int BYTES_OF_ONE = 112 * 1024;

  private static final int MOST = 10_000;

  OnSiteProperties {
    if (mostWindows != null && mostWindows < 1) {
      throw new IllegalArgumentException(
          "ripen.on-site.most-windows is %d (expected: 1 or more; leave it out for as many as there is memory for)"
              .formatted(mostWindows));
    }
  }

  int windowsAtMost() {
    return mostWindows == null ? roomIn(Runtime.getRuntime().maxMemory() / 2) : mostWindows;
  }

  static int roomIn(long bytes) {
    return Math.toIntExact(Math.min(bytes / BYTES_OF_ONE, MOST));
  }
}
