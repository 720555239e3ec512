package io.ripen.engine.links;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * By what a program is known that follows the links of an e-mail, if it calls itself a browser.
 *
 * @param within whoever comes so soon after the e-mail was handed over has not read it; 0 for
 *     nobody
 * @param atOnce whoever follows two links of one e-mail within this time is no person; 0 for nobody
 */
@ConfigurationProperties("ripen.scanners")
record ScannerProperties(@DefaultValue("5s") Duration within, @DefaultValue("1s") Duration atOnce) {

  private static final Duration MOST = Duration.ofMinutes(1);

  ScannerProperties {
    check("within", within);
    check("at-once", atOnce);
  }

  boolean isOff() {
    return within.isZero() && atOnce.isZero();
  }

  private static void check(String name, Duration value) {
    if (value.isNegative() || value.compareTo(MOST) > 0) {
      throw new IllegalArgumentException(
          "ripen.scanners.%s is %s (expected: 0s to 1m)".formatted(name, value));
    }
  }
}
