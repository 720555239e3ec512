package io.ripen.channels.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.internet.InternetAddress;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Gives every e-mail an address of its own for bounces (variable envelope return path), such as
 * {@code bounce+TOKEN@mail.example.com}, and tells by it which message has bounced. The token is
 * signed over the message, and over its recipient, so that nobody can have another's address closed
 * by a bounce that they write themselves. It is of digits and small letters only: some servers
 * change the case. Safe for use by many threads.
 */
public final class ReturnPath {

  /** RFC 5321, 4.5.3.1.1. */
  private static final int LONGEST_LOCAL_PART = 64;

  private static final int BASE = 32;
  private static final int ID = 3 * Long.BYTES;
  private static final int SIGNATURE = 4;
  private static final int TOKEN = 52;
  private static final String HMAC = "HmacSHA256";

  private final String local;
  private final String domain;
  private final SecretKeySpec key;
  private final Pattern address;

  /**
   * @param address where bounces go, such as {@code bounce@mail.example.com}; its mailbox must also
   *     get what is sent to {@code bounce+ANYTHING@mail.example.com}
   * @param secret the same in all processes
   */
  public ReturnPath(String address, String secret) {
    String plain = Addresses.required("return path", address).getAddress().toLowerCase(Locale.ROOT);
    int at = plain.lastIndexOf('@');
    local = plain.substring(0, at);
    domain = plain.substring(at + 1);
    int longest = LONGEST_LOCAL_PART - TOKEN - 1;
    if (local.length() > longest || local.contains("+")) {
      throw new IllegalArgumentException(
          "return path: \"%s\" (expected: at most %d characters before the @, and no +, as the token comes behind)"
              .formatted(address, longest));
    }
    key = new SecretKeySpec(secret.getBytes(UTF_8), HMAC);
    this.address =
        Pattern.compile(
            Pattern.quote(local) + "\\+(?<token>[0-9a-v]{" + TOKEN + "})@" + Pattern.quote(domain),
            Pattern.CASE_INSENSITIVE);
  }

  /**
   * The address for one message.
   *
   * @param messageId whose part before the {@code @} is a number, a dot and a UUID
   * @param to the recipient
   */
  public String of(String messageId, String to) {
    byte[] id = id(messageId);
    byte[] token =
        ByteBuffer.allocate(ID + 2 * SIGNATURE)
            .put(id)
            .put(signature(id, ""))
            .put(signature(id, plain(to)))
            .array();
    String digits = new BigInteger(1, token).toString(BASE);
    return "%s+%s%s@%s".formatted(local, "0".repeat(TOKEN - digits.length()), digits, domain);
  }

  /** What the first address in this text stands for that we have made. */
  Optional<Sent> find(String text) {
    Matcher found = address.matcher(text);
    while (found.find()) {
      Sent sent = read(found.group("token"));
      if (MessageDigest.isEqual(sent.itself, signature(sent.id, ""))) {
        return Optional.of(sent);
      }
    }
    return Optional.empty();
  }

  private Sent read(String digits) {
    byte[] number = new BigInteger(digits.toLowerCase(Locale.ROOT), BASE).toByteArray();
    byte[] token = new byte[ID + 2 * SIGNATURE];
    int length = Math.min(number.length, token.length);
    System.arraycopy(number, number.length - length, token, token.length - length, length);
    return new Sent(
        Arrays.copyOf(token, ID),
        Arrays.copyOfRange(token, ID, ID + SIGNATURE),
        Arrays.copyOfRange(token, ID + SIGNATURE, token.length));
  }

  /** A message that this address was made for. */
  final class Sent {
    private final byte[] id;
    private final byte[] itself;
    private final byte[] recipient;

    private Sent(byte[] id, byte[] itself, byte[] recipient) {
      this.id = id;
      this.itself = itself;
      this.recipient = recipient;
    }

    /** The part of its Message-ID before the {@code @}. */
    String messageId() {
      ByteBuffer bytes = ByteBuffer.wrap(id);
      return bytes.getLong() + "." + new UUID(bytes.getLong(), bytes.getLong());
    }

    /** Whether the message was for this recipient. */
    boolean isFor(String to) {
      return !to.isBlank() && MessageDigest.isEqual(recipient, signature(id, plain(to)));
    }
  }

  private static byte[] id(String messageId) {
    Matcher parts = MessageIds.OURS.matcher(messageId);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "messageId: \"%s\" (expected: NUMBER.UUID@DOMAIN)".formatted(messageId));
    }
    UUID uuid = UUID.fromString(parts.group("uuid"));
    return ByteBuffer.allocate(ID)
        .putLong(Long.parseLong(parts.group("number")))
        .putLong(uuid.getMostSignificantBits())
        .putLong(uuid.getLeastSignificantBits())
        .array();
  }

  /** As servers tell it. */
  private static String plain(String address) {
    return Addresses.parse(address)
        .map(InternetAddress::getAddress)
        .orElse(address)
        .toLowerCase(Locale.ROOT);
  }

  private byte[] signature(byte[] id, String to) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update("return path".getBytes(UTF_8));
      mac.update(id);
      mac.update(to.getBytes(UTF_8));
      return Arrays.copyOf(mac.doFinal(), SIGNATURE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has " + HMAC, e);
    }
  }
}
