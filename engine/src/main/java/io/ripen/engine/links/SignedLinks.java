package io.ripen.engine.links;

import io.ripen.engine.RipenProperties;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Makes the links that messages carry, and reads the ones that come back. Safe for use by many
 * threads.
 */
@Component
public final class SignedLinks {

  static final String CLICK_PATH = "/r/";
  static final String UNSUBSCRIBE_PATH = "/unsubscribe/";

  /** People find old mail; the law asks for thirty days. */
  private static final Period GOOD_FOR = Period.ofYears(5);

  private final Signer signer;
  private final Clock clock;
  private final String base;

  SignedLinks(RipenProperties properties, Clock clock) {
    if (properties.publicUrl() == null) {
      throw new IllegalArgumentException(
          "ripen.public-url is not set (expected: where people's browsers reach this server)");
    }
    this.signer = new Signer(properties.signingKey());
    this.clock = clock;
    this.base = properties.publicUrl().toString().replaceFirst("/+$", "");
  }

  /** Where the recipient of this touch takes their consent back. */
  public String unsubscribe(TouchRef touch) {
    return base + UNSUBSCRIBE_PATH + sign("unsubscribe", new Click(touch, ""));
  }

  /** A link that leads to the target by way of us. */
  public String click(TouchRef touch, String target) {
    return base + CLICK_PATH + sign("click", new Click(touch, target));
  }

  /** Reads the token of a link made by {@link #unsubscribe}. */
  public Opened<TouchRef> openUnsubscribe(String token) {
    return switch (open("unsubscribe", token)) {
      case Opened.Genuine<Click> link -> new Opened.Genuine<>(link.content().touch());
      case Opened.Expired<Click> link -> new Opened.Expired<>();
      case Opened.Forged<Click> link -> new Opened.Forged<>();
    };
  }

  /** Reads the token of a link made by {@link #click}. */
  Opened<Click> openClick(String token) {
    return open("click", token);
  }

  /** Whether the address is one of ours already, and not to be wrapped again. */
  boolean isOurs(String url) {
    return url.startsWith(base + CLICK_PATH) || url.startsWith(base + UNSUBSCRIBE_PATH);
  }

  private String sign(String purpose, Click click) {
    return signer.sign(purpose, write(click), LocalDate.now(clock).plus(GOOD_FOR));
  }

  private Opened<Click> open(String purpose, String token) {
    return switch (signer.open(purpose, token, LocalDate.now(clock))) {
      case Opened.Genuine<byte[]> link -> new Opened.Genuine<>(read(link.content()));
      case Opened.Expired<byte[]> link -> new Opened.Expired<>();
      case Opened.Forged<byte[]> link -> new Opened.Forged<>();
    };
  }

  private static byte[] write(Click click) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      TouchRef touch = click.touch();
      out.writeLong(touch.touch());
      out.writeLong(touch.leadId().getMostSignificantBits());
      out.writeLong(touch.leadId().getLeastSignificantBits());
      out.writeUTF(touch.channel());
      out.writeUTF(touch.purpose());
      out.writeUTF(touch.flow());
      out.writeUTF(touch.element());
      out.writeUTF(click.target());
    } catch (IOException e) {
      throw new UncheckedIOException("a link could not be written", e);
    }
    return bytes.toByteArray();
  }

  private static Click read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      TouchRef touch =
          new TouchRef(
              in.readLong(),
              new UUID(in.readLong(), in.readLong()),
              in.readUTF(),
              in.readUTF(),
              in.readUTF(),
              in.readUTF());
      return new Click(touch, in.readUTF());
    } catch (IOException e) {
      throw new UncheckedIOException("a link with our signature could not be read", e);
    }
  }

  /** A touch and the address that one of its links leads to. */
  record Click(TouchRef touch, String target) {}
}
