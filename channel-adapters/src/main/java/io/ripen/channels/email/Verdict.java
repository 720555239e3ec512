package io.ripen.channels.email;

import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Scope;
import io.ripen.channels.email.Reply.Stage;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a server's refusal means for the message, by RFC 5321 and RFC 3463. */
final class Verdict {

  /** RFC 4954: the login is missing, refused or too weak, at whatever stage the server says so. */
  private static final Set<Integer> LOGIN = Set.of(530, 534, 535, 538);

  /** A command that the server does not understand is no fault of the address. */
  private static final Set<Integer> PROTOCOL = Set.of(500, 502, 503, 504, 555);

  /** RFC 5321: the server closes the connection. */
  private static final int CLOSING = 421;

  private static final Pattern ADDRESS = Pattern.compile("\\S+@\\S+");

  private static final Pattern ENHANCED =
      Pattern.compile("^([45])\\d\\d[ -]\\1\\.(\\d{1,3}\\.\\d{1,3})\\b");

  /** RFC 3463 and RFC 7505: bad mailbox, bad domain, bad syntax, moved, null MX, disabled. */
  private static final Set<String> NO_SUCH_ADDRESS =
      Set.of("1.1", "1.2", "1.3", "1.6", "1.10", "2.1");

  /**
   * RFC 3463: its disk is full, it takes nothing now, it is congested. Gmail says the last of them
   * of an account that has sent what it may in a day.
   */
  private static final Set<String> NO_MORE_NOW = Set.of("3.1", "3.2", "4.5");

  /** Something of the mail system, or what it cannot do for this message. */
  private static final Set<String> SYSTEM = Set.of("3.0", "3.3");

  private static final String SENT =
      "\\b(sen[dt]|sending|sender|relay|outgoing|outbound|submission|daily|hourly|day|hour)\\b";

  /** What we may send in a day or an hour, in whatever order the words come. */
  private static final Pattern OUR_QUOTA =
      Pattern.compile(
          SENT
              + ".{0,40}\\b(quota|limit)s?\\b|\\b(quota|limit)s?\\b.{0,40}"
              + SENT
              + "|\\bexceed.{0,40}\\bper (day|hour)\\b",
          Pattern.DOTALL);

  /**
   * What is about this message or this mailbox alone. A limit on recipients is one of ours, as each
   * message has one.
   */
  private static final Pattern ITS_OWN =
      Pattern.compile(
          "\\bsize|\\btoo (large|big|long)\\b|\\blines?\\b|mailbox|inbox|receiv|incoming|inbound"
              + "|attach|header|spam|gr[ae]y.?list|\\bmembers?\\b"
              + "|\\brecipient\\b(?! (rate )?(quota|limit))");

  /** Quotas are by the day or the hour, and it costs little to ask. */
  private static final Duration SPENT = Duration.ofMinutes(30);

  /** A full mailbox or disk, and greylisting, take minutes at least. */
  private static final Duration FULL = Duration.ofMinutes(15);

  private static final Duration GREYLISTED = Duration.ofMinutes(2);

  private Verdict() {}

  /**
   * The result of a refusal.
   *
   * @param scrub takes personal data out of the server's words
   */
  static SendResult of(Reply reply, UnaryOperator<String> scrub) {
    String words =
        "the SMTP server answered %s with %s"
            .formatted(reply.stage().words(), scrub.apply(reply.text()));
    if (isSpent(reply)) {
      return new SendResult.Retryable(words, SPENT, Scope.CHANNEL);
    }
    if (reply.isTemporary() || isOurFault(reply) || isFullMailbox(reply) || isOfSystem(reply)) {
      return isOfServer(reply)
          ? new SendResult.Retryable(words, Duration.ZERO, Scope.CHANNEL)
          : new SendResult.Retryable(words, backoff(reply));
    }
    return new SendResult.Rejected(words, cause(reply));
  }

  /**
   * By the enhanced code only. A server that gives none could mean anything by its 550, and nobody
   * should lose an address for a sender that is on somebody's list.
   */
  private static @Nullable Cause cause(Reply reply) {
    return cause(detail(reply));
  }

  /** The last two numbers of RFC 3463; empty where the server gives none. */
  private static String detail(Reply reply) {
    Matcher code = ENHANCED.matcher(reply.text());
    return code.find() ? code.group(2) : "";
  }

  /**
   * What a permanent failure tells of the address, by the last two numbers of RFC 3463.
   *
   * @return null where it tells nothing
   */
  static @Nullable Cause cause(String detail) {
    if (NO_SUCH_ADDRESS.contains(detail)) {
      return Cause.NO_SUCH_ADDRESS;
    }
    return detail.startsWith("7.") ? Cause.FILTERED : null;
  }

  private static Duration backoff(Reply reply) {
    return switch (reply.code()) {
      case 452, 552 -> FULL;
      case 450, 451 -> GREYLISTED;
      default -> isOfSystem(reply) ? FULL : Duration.ZERO;
    };
  }

  /**
   * Whether others would fare alike: it goes down or has no room (421, 4.3.x), or does not know us.
   * Greylisting and full mailboxes are of one recipient.
   */
  private static boolean isOfServer(Reply reply) {
    return reply.code() == CLOSING
        || (reply.stage().compareTo(Stage.RCPT) < 0 && !PROTOCOL.contains(reply.code()))
        || LOGIN.contains(reply.code())
        || isRelayRefused(reply)
        || (reply.isTemporary() && detail(reply).startsWith("3."));
  }

  /** Whether the server refuses us or our settings rather than the address or the message. */
  private static boolean isOurFault(Reply reply) {
    return reply.stage().compareTo(Stage.RCPT) < 0
        || LOGIN.contains(reply.code())
        || PROTOCOL.contains(reply.code())
        || isRelayRefused(reply);
  }

  /**
   * A server that does not relay for us refuses every address alike, until somebody logs in.
   * Addresses in its answer do not count: privaterelay.appleid.com is one of them. Nor does a
   * server that knows nobody by this address: Postfix looks for them "in relay recipient table".
   */
  private static boolean isRelayRefused(Reply reply) {
    return reply.stage() == Stage.RCPT
        && !knowsNobody(reply)
        && plainWords(reply).contains("relay");
  }

  /** For good or for now: a server may refuse whom it does not know by 450 as well. */
  private static boolean knowsNobody(Reply reply) {
    return cause(reply) == Cause.NO_SUCH_ADDRESS;
  }

  private static String plainWords(Reply reply) {
    return ADDRESS.matcher(reply.text()).replaceAll("").toLowerCase(Locale.ROOT);
  }

  /**
   * Whether it takes nothing from us for hours: its disk is full, as it says as if for good, or we
   * have sent as much as we may.
   */
  private static boolean isSpent(Reply reply) {
    return (reply.isPermanent() && NO_MORE_NOW.contains(detail(reply))) || isOverOurQuota(reply);
  }

  /**
   * For good or for now: each server has a code of its own for it. A size that is too large for it
   * or for a mailbox is of one message.
   */
  private static boolean isOverOurQuota(Reply reply) {
    String detail = detail(reply);
    String words = plainWords(reply);
    return !detail.startsWith("2.")
        && !detail.equals("3.4")
        && !knowsNobody(reply)
        && OUR_QUOTA.matcher(words).find()
        && !ITS_OWN.matcher(words).find();
  }

  /** Sendmail says so of all that it has no better word for; so it may be of this message only. */
  private static boolean isOfSystem(Reply reply) {
    return SYSTEM.contains(detail(reply));
  }

  /** 552 is a full mailbox at RCPT (RFC 5321, 4.5.3.1.10); later it is a message too large. */
  private static boolean isFullMailbox(Reply reply) {
    return reply.code() == 552 && (reply.stage() == Stage.RCPT || reply.text().contains("5.2.2"));
  }
}
