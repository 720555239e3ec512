package io.ripen.engine.links;

import io.ripen.engine.RipenProperties;
import java.io.File;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** What tests sign with. */
public final class Links {

  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T10:00:00Z"), ZoneOffset.UTC);

  static final TouchRef TOUCH =
      new TouchRef(
          4_503_599_627_370_497L,
          UUID.fromString("0198f3a1-0000-7000-8000-000000000001"),
          "email",
          "marketing",
          "abandoned-cart",
          "serviceTask_sendReminder");

  private Links() {}

  public static SignedLinks signedAt(Clock clock) {
    return new SignedLinks(
        new RipenProperties(
            URI.create("https://go.example.com/"),
            "a-signing-key-of-32-characters-or-more",
            new File(".")),
        clock);
  }

  static SignedLinks signed() {
    return signedAt(CLOCK);
  }

  static SignedLinks signedLongAgo() {
    return signedAt(Clock.offset(CLOCK, Duration.ofDays(-6 * 365)));
  }

  public static String token(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
