package io.ripen.engine.links;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.links.SignedLinks.Click;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes links short enough for a text message, where each character is paid for: what a signed link
 * carries is kept in a table, and a code stands for it. The same link of the same touch has the
 * same code, so that a message which is made again is the same. Safe for use by many threads.
 */
@Component
public final class ShortLinks {

  static final String PATH = "/s/";

  private static final String HMAC = "HmacSHA256";

  /** 59 bits, which nobody guesses. */
  private static final int CODE = 10;

  /** No hyphens: telephones take one at the end for the end of a sentence. */
  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

  private final JdbcClient jdbc;
  private final Clock clock;
  private final SecretKeySpec key;
  private final String base;

  ShortLinks(JdbcClient jdbc, RipenProperties properties, Clock clock) {
    this.jdbc = jdbc;
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
              (code, lead_id, touch, channel, purpose, flow, element_id, target, made_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
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
            clock.instant().atOffset(ZoneOffset.UTC))
        .update();
    return base + PATH + code;
  }

  /** What the code stands for. */
  Optional<Click> open(String code) {
    return jdbc.sql("select * from short_link where code = ?")
        .param(code)
        .query(ShortLinks::click)
        .optional();
  }

  private static Click click(ResultSet row, int n) throws SQLException {
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
