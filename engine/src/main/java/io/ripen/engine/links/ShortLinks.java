package io.ripen.engine.links;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.links.SignedLinks.Click;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes links short enough for a text message, where each character is paid for: what a signed link
 * carries is kept in a table, and a code stands for it. The same link of the same touch has the
 * same code, so that a message which is made again is the same. It is good for as long as the
 * signed link that it stands for; where it leads elsewhere, for a time that is set. Safe for use by
 * many threads.
 */
@Component
public final class ShortLinks {

  static final String PATH = "/s/";

  /** A code such as real ones are. */
  static final String SAMPLE = "Ab3dE6gH9k";

  private static final String HMAC = "HmacSHA256";

  /** 59 bits, which nobody guesses. */
  private static final int CODE = 10;

  /** No hyphens: telephones take one at the end for the end of a sentence. */
  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  /** Who comes too late is told so for a while. */
  private static final Period REMEMBERED = Period.ofMonths(1);

  private static final int AT_ONCE = 1000;

  private final JdbcClient jdbc;
  private final Clock clock;
  private final SecretKeySpec key;
  private final String base;
  private final SignedLinks signed;
  private final Period goodFor;

  /**
   * @param goodFor a period such as {@code P1Y}
   */
  ShortLinks(
      JdbcClient jdbc,
      RipenProperties properties,
      SignedLinks signed,
      @Value("${ripen.links.short-for:P1Y}") String goodFor,
      Clock clock) {
    this.jdbc = jdbc;
    this.signed = signed;
    this.goodFor = period(goodFor);
    this.clock = clock;
    this.key = new SecretKeySpec(properties.signingKey().getBytes(UTF_8), HMAC);
    this.base = String.valueOf(properties.publicUrl()).replaceFirst("/+$", "");
  }

  /** A link that leads to the target by way of us. */
  String to(TouchRef touch, String target) {
    String code = code(touch, target);
    jdbc.sql(
            """
            insert into short_link
              (code, lead_id, touch, channel, purpose, flow, element_id, target, made_at, good_until)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            code,
            touch.leadId(),
            touch.touch(),
            touch.channel(),
            touch.purpose(),
            touch.flow(),
            touch.element(),
            target,
            clock.instant().atOffset(ZoneOffset.UTC),
            signed.lastDay(target).orElseGet(() -> LocalDate.now(clock).plus(goodFor)))
        .update();
    return base + PATH + code;
  }

  /** What the code stands for. */
  Opened<Click> open(String code) {
    LocalDate today = LocalDate.now(clock);
    return jdbc.sql("select * from short_link where code = ?")
        .param(code)
        .query((row, n) -> opened(row, today))
        .optional()
        .orElseGet(Opened.Forged::new);
  }

  private static Opened<Click> opened(ResultSet row, LocalDate today) throws SQLException {
    return row.getObject("good_until", LocalDate.class).isBefore(today)
        ? new Opened.Expired<>()
        : new Opened.Genuine<>(click(row));
  }

  /**
   * Forgets some of those that are of no more use.
   *
   * @return whether there may be more
   */
  boolean sweep() {
    return jdbc.sql(
                """
                delete from short_link where code in (
                  select code from short_link where good_until < ? order by good_until limit ?)
                """)
            .params(LocalDate.now(clock).minus(REMEMBERED), AT_ONCE)
            .update()
        == AT_ONCE;
  }

  private static Period period(String text) {
    try {
      Period period = Period.parse(text);
      if (!period.isZero() && !period.isNegative()) {
        return period;
      }
    } catch (DateTimeParseException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "ripen.links.short-for is %s (expected: a period such as P1Y or P90D)".formatted(text));
  }

  private static Click click(ResultSet row) throws SQLException {
    return new Click(
        new TouchRef(
            row.getLong("touch"),
            row.getObject("lead_id", UUID.class),
            row.getString("channel"),
            row.getString("purpose"),
            row.getString("flow"),
            row.getString("element_id")),
        row.getString("target"));
  }

  private String code(TouchRef touch, String target) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      byte[] hash =
          mac.doFinal(
              "short link %d %s %s"
                  .formatted(touch.touch(), touch.leadId(), target)
                  .getBytes(UTF_8));
      BigInteger number = new BigInteger(1, Arrays.copyOf(hash, Long.BYTES));
      StringBuilder code = new StringBuilder();
      for (int i = 0; i < CODE; i++) {
        BigInteger[] parts = number.divideAndRemainder(BigInteger.valueOf(DIGITS.length()));
        code.append(DIGITS.charAt(parts[1].intValue()));
        number = parts[0];
      }
      return code.toString();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }
}
