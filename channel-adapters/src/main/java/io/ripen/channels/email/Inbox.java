package io.ripen.channels.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.channels.Inbound;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what comes back to us by e-mail: bounces (delivery status notifications, RFC 3464),
 * complaints (RFC 5965), and what people write. Safe for use by many threads.
 */
public final class Inbox {

  /** Where servers write down whom they have delivered a message to. */
  private static final String[] RECIPIENTS = {
    "Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"
  };

  /** Who writes bounces, by any standard or none. */
  private static final Pattern BOUNCER =
      Pattern.compile("\\b(mailer-daemon|postmaster)@", Pattern.CASE_INSENSITIVE);

  private final Optional<ReturnPath> returnPath;
  private final Clock clock;

  /**
   * @param returnPath by which bounces are known to be genuine; without it, a bounce is believed by
   *     the Message-ID that it returns
   */
  public Inbox(@Nullable ReturnPath returnPath, Clock clock) {
    this.returnPath = Optional.ofNullable(returnPath);
    this.clock = clock;
  }

  /**
   * What the message tells.
   *
   * @return nothing in the list when there is nothing to tell, as of a holiday notice; no list when
   *     a person should look at the message
   */
  Optional<List<Inbound>> read(MimeMessage message) throws MessagingException, IOException {
    Optional<Parts> report = Parts.ofReport(message);
    if (report.isPresent()) {
      return switch (report.get().kind()) {
        case "delivery-status" ->
            new DeliveryReport(report.get(), id(message), at(message))
                .read(returnPath, recipients(message));
        case "feedback-report" ->
            new FeedbackReport(report.get(), id(message), at(message)).read(returnPath);
        // That somebody has seen a message says little, and we ask for no such notice.
        default -> Optional.of(List.of());
      };
    }
    if (isAutomatic(message)) {
      return BOUNCER.matcher(header(message, "From")).find()
          ? Optional.empty()
          : Optional.of(List.of());
    }
    return new Letter(message, id(message), at(message)).read();
  }

  /** RFC 3834, and what programs did before it. */
  private static boolean isAutomatic(MimeMessage message) throws MessagingException {
    String submitted = header(message, "Auto-Submitted").toLowerCase(Locale.ROOT);
    String precedence = header(message, "Precedence").toLowerCase(Locale.ROOT);
    return !(submitted.isEmpty() || submitted.startsWith("no"))
        || List.of("bulk", "junk", "list", "auto_reply").contains(precedence)
        || !header(message, "X-Autoreply").isEmpty()
        || !header(message, "X-Autorespond").isEmpty()
        || header(message, "Return-Path").equals("<>");
  }

  private static String recipients(MimeMessage message) {
    return Stream.of(RECIPIENTS)
        .flatMap(
            name -> {
              try {
                return Stream.ofNullable(message.getHeader(name)).flatMap(Arrays::stream);
              } catch (MessagingException e) {
                return Stream.empty();
              }
            })
        .collect(Collectors.joining(" "));
  }

  /** The same message has the same one, whichever way it comes and however often. */
  private static String id(MimeMessage message) throws MessagingException {
    String id = header(message, "Message-ID");
    String known =
        id.isEmpty()
            ? header(message, "Date")
                + header(message, "From")
                + header(message, "Subject")
                + recipients(message)
            : id;
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(known.getBytes(UTF_8));
      return "email."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 22);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** When the server took it, or now: what a message says itself of its time is not believed. */
  private Instant at(MimeMessage message) throws MessagingException {
    Instant now = clock.instant();
    return Optional.ofNullable(message.getReceivedDate())
        .map(Date::toInstant)
        .filter(at -> at.isBefore(now))
        .orElse(now);
  }

  static String header(MimeMessage message, String name) throws MessagingException {
    String[] values = message.getHeader(name);
    return values == null ? "" : values[0].strip();
  }
}
