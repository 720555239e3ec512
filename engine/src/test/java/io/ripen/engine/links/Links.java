package io.ripen.engine.links;

import io.ripen.engine.RipenProperties;
import java.io.File;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

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

  /** No visit waits. */
  static final Visits TOLD_AT_ONCE =
      new Visits() {
        @Override
        public boolean hold(TouchRef touch) {
          return false;
        }

        @Override
        public void put(Visit visit) {
          throw new AssertionError("it is not to wait");
        }
      };

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

  static ShortLinks shortIn(DataSource database) {
    return shortIn(database, CLOCK);
  }

  static ShortLinks shortIn(DataSource database, Clock clock) {
    return new ShortLinks(
        JdbcClient.create(database),
        new RipenProperties(
            URI.create("https://go.example.com/"),
            "a-signing-key-of-32-characters-or-more",
            new File(".")),
        signedAt(clock),
        "P1Y",
        clock);
  }

  /** For tests of other channels, by which no link is shortened. */
  static ShortLinks noShortOnes() {
    return shortIn(new SimpleDriverDataSource());
  }

  static SignedLinks signedLongAgo() {
    return signedAt(Clock.offset(CLOCK, Duration.ofDays(-6 * 365)));
  }

  /** Links for a lead whom no messenger knows. */
  public static MessengerLinks noMessenger() {
    return new MessengerLinks(signed(), "");
  }

  public static String token(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }
}
