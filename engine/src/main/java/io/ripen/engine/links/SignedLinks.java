package io.ripen.engine.links;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.RipenProperties;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes the links that messages carry, and reads the ones that come back. Safe for use by many
 * threads.
 */
@Component
public final class SignedLinks {

  static final String CLICK_PATH = "/r/";
  static final String UNSUBSCRIBE_PATH = "/unsubscribe/";
  private static final String PREFERENCES_PATH = "/preferences/";
  static final String ANSWER_PATH = "/answer/";
  static final String CONFIRM_PATH = "/confirm/";
  static final String DOWNLOAD_PATH = "/download/";
  static final String PIXEL_PATH = "/o/";
  private static final String DELIVERED_PATH = "/v1/push/delivered/";

  private static final List<String> OURS =
      List.of(
          CLICK_PATH,
          UNSUBSCRIBE_PATH,
          PREFERENCES_PATH,
          ANSWER_PATH,
          CONFIRM_PATH,
          DOWNLOAD_PATH,
          PIXEL_PATH);

  /** People find old mail; the law asks for thirty days. */
  private static final Period GOOD_FOR = Period.ofYears(5);

  /** Long enough to come back from a holiday, too short to be passed around for ever. */
  private static final Period FILE_GOOD_FOR = Period.ofDays(30);

  private static final Period CONTACT_GOOD_FOR = Period.ofYears(1);

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

  /** Where the recipient of this touch chooses what they get. */
  public String preferences(TouchRef touch) {
    return base + PREFERENCES_PATH + sign("preferences", new Click(touch, ""));
  }

  /** A link that leads to the target by way of us. */
  public String click(TouchRef touch, String target) {
    return base + CLICK_PATH + sign("click", new Click(touch, target));
  }

  /** Where the picture is that tells when the recipient of this touch sees it. */
  public String pixel(TouchRef touch) {
    return base + PIXEL_PATH + sign("pixel", new Click(touch, ""));
  }

  /** Where the recipient of this touch answers a question by one click. */
  public String answer(TouchRef touch, String question, String answer) {
    return base + ANSWER_PATH + sign("answer", new Click(touch, question + '=' + answer));
  }

  /** Where the recipient of this touch confirms that they want messages for this purpose. */
  public String confirm(TouchRef touch, String purpose) {
    return base + CONFIRM_PATH + sign("confirm", new Click(touch, purpose));
  }

  /** Where the recipient of this touch gets a file; good for thirty days. */
  public String download(TouchRef touch, String file) {
    return base
        + DOWNLOAD_PATH
        + signer.sign(
            "download", write(new Click(touch, file)), LocalDate.now(clock).plus(FILE_GOOD_FOR));
  }

  /**
   * What a link into a messenger carries, so that we know whose the contact is that comes by it: 46
   * letters, digits, hyphens and underscores. Good for a year.
   */
  public String contact(UUID leadId) {
    byte[] lead =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(leadId.getMostSignificantBits())
            .putLong(leadId.getLeastSignificantBits())
            .array();
    return signer.sign("contact", lead, LocalDate.now(clock).plus(CONTACT_GOOD_FOR));
  }

  /** Whose contact it is, by what {@link #contact(UUID)} made; of anything else nothing. */
  public Optional<UUID> openContact(@Nullable String token) {
    return token != null
            && signer.open("contact", token, LocalDate.now(clock))
                instanceof Opened.Genuine<byte[]> link
            && link.content().length == 2 * Long.BYTES
        ? Optional.of(lead(ByteBuffer.wrap(link.content())))
        : Optional.empty();
  }

  /**
   * What a browser calls when it has a message; good for as long as a push service keeps one.
   *
   * @param messageId the message's own id
   */
  public String delivered(String messageId) {
    return base
        + DELIVERED_PATH
        + signer.sign(
            "delivered", messageId.getBytes(UTF_8), LocalDate.now(clock).plus(FILE_GOOD_FOR));
  }

  /** Which message was delivered, by what {@link #delivered} made; of anything else nothing. */
  public Optional<String> openDelivered(String token) {
    return signer.open("delivered", token, LocalDate.now(clock))
            instanceof Opened.Genuine<byte[]> link
        ? Optional.of(new String(link.content(), UTF_8))
        : Optional.empty();
  }

  private static UUID lead(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }

  /** Reads the token of a link made by {@link #answer}: the target is {@code question=answer}. */
  Opened<Click> openAnswer(String token) {
    return open("answer", token);
  }

  /** Reads the token of a link made by {@link #confirm}: the target is the purpose. */
  public Opened<Click> openConfirm(String token) {
    return open("confirm", token);
  }

  /** Reads the token of a link made by {@link #download}: the target is the file's name. */
  Opened<Click> openDownload(String token) {
    return open("download", token);
  }

  /** Reads the token of a link made by {@link #unsubscribe}. */
  public Opened<TouchRef> openUnsubscribe(String token) {
    return openTouch("unsubscribe", token);
  }

  /** Reads the token of a link made by {@link #preferences}. */
  public Opened<TouchRef> openPreferences(String token) {
    return openTouch("preferences", token);
  }

  private Opened<TouchRef> openTouch(String purpose, String token) {
    return switch (open(purpose, token)) {
      case Opened.Genuine<Click> link -> new Opened.Genuine<>(link.content().touch());
      case Opened.Expired<Click> link -> new Opened.Expired<>();
      case Opened.Forged<Click> link -> new Opened.Forged<>();
    };
  }

  /** Reads the token of a link made by {@link #pixel}. */
  Opened<Click> openPixel(String token) {
    return open("pixel", token);
  }

  /** Reads the token of a link made by {@link #click}. */
  Opened<Click> openClick(String token) {
    return open("click", token);
  }

  /** Whether the address is one of ours already, which tells by itself that somebody came. */
  boolean isOurs(String url) {
    return OURS.stream().anyMatch(path -> url.startsWith(base + path));
  }

  /** The last day of one of our own links, or nothing. */
  Optional<LocalDate> lastDay(String url) {
    return isOurs(url) ? Signer.lastDay(url.substring(url.lastIndexOf('/') + 1)) : Optional.empty();
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
  public record Click(TouchRef touch, String target) {}
}
