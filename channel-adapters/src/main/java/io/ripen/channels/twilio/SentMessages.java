package io.ripen.channels.twilio;

import com.twilio.base.Page;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.rest.api.v2010.account.MessageReader;
import io.ripen.channels.Finding;
import io.ripen.channels.twilio.MessagesApi.Unanswered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Looks among the messages that Twilio has of one person for one that was handed over.
 *
 * <p>It asks by the number alone: a message that still waits at Twilio has no day on which it was
 * sent, so that asking for a day could miss it, and it would be sent twice.
 */
final class SentMessages {

  /** How far Twilio's clock and ours may be apart. */
  private static final Duration APART = Duration.ofMinutes(2);

  /** Until then Twilio's list may lack what it has. */
  private static final Duration LISTED = Duration.ofMinutes(1);

  private static final Duration SOON = Duration.ofMinutes(1);
  private static final long PAGE = 200;
  private static final int MOST_PAGES = 10;

  /** A shorter text may stand in another by chance. */
  private static final int TELLING = 30;

  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Pattern LINK = Pattern.compile("(?i)\\bhttps?://\\S");

  private final MessagesApi api;

  SentMessages(MessagesApi api) {
    this.api = api;
  }

  Finding find(String to, String text, Instant handedOver) {
    return find(to, List.of(List.of(text)), handedOver);
  }

  /**
   * The same of a message that may have gone in several ways.
   *
   * @param ways what of it is ours, of each way that it may have gone
   */
  Finding find(String to, List<? extends Collection<String>> ways, Instant handedOver) {
    Instant from = handedOver.minus(APART);
    Instant until = handedOver.plus(api.account().answerTimeout()).plus(APART);
    Candidates candidates;
    try {
      candidates = api.read(exchange -> outgoing(exchange, to, from, until));
    } catch (Unanswered e) {
      return new Finding.Unknown(String.valueOf(e.getMessage()), SOON);
    }
    List<Message> ours = candidates.saying(ways.stream().filter(SentMessages::isOnlyOurs).toList());
    List<Message> alike = ours.isEmpty() ? candidates.saying(ways) : ours;
    if (alike.isEmpty()) {
      return notFound(candidates, handedOver);
    }
    return alike.size() == 1 || !ours.isEmpty()
        ? new Finding.Found(alike.getFirst().getSid())
        : new Finding.Unknown(
            "Twilio has several messages to this person of that minute that say the same", SOON);
  }

  private Finding notFound(Candidates candidates, Instant handedOver) {
    Instant certain = handedOver.plus(api.account().answerTimeout()).plus(LISTED);
    Duration wait = Duration.between(api.clock().instant(), certain);
    if (wait.isPositive()) {
      return new Finding.Unknown("Twilio may not have listed it yet", wait);
    }
    if (!candidates.all()) {
      return new Finding.Unknown(
          "Twilio has more messages to this person than can be looked through", SOON);
    }
    return candidates.messages().isEmpty()
        ? new Finding.Missing()
        : new Finding.Unknown(
            "Twilio has another message to this person of that minute, which may be ours", SOON);
  }

  private Candidates outgoing(Exchange exchange, String to, Instant from, Instant until) {
    MessageReader reader = new MessageReader(api.account().sid()).setTo(to).setPageSize(PAGE);
    List<Message> found = new ArrayList<>();
    Page<Message> page = reader.firstPage(exchange);
    for (int pages = 1; ; pages++) {
      page.getRecords().stream().filter(m -> isCandidate(m, from, until)).forEach(found::add);
      if (!page.hasNextPage()) {
        return new Candidates(found, true);
      }
      if (pages == MOST_PAGES) {
        return new Candidates(found, false);
      }
      page = reader.nextPage(page, exchange);
    }
  }

  private static boolean isCandidate(Message message, Instant from, Instant until) {
    if (message.getDirection() == Message.Direction.INBOUND) {
      return false;
    }
    Instant created =
        Optional.ofNullable(message.getDateCreated()).map(at -> at.toInstant()).orElse(from);
    return !created.isBefore(from) && !created.isAfter(until);
  }

  /**
   * Of a body that has all of this in it, if that is enough to tell it by. Twilio puts words before
   * the text of a trial account, and a template around what fills it.
   */
  private static Predicate<String> says(Collection<String> parts) {
    List<String> here = parts.stream().map(SentMessages::plain).toList();
    boolean tells = here.stream().mapToInt(String::length).sum() >= TELLING;
    return body -> {
      String there = plain(body);
      return here.equals(List.of(there)) || (tells && here.stream().allMatch(there::contains));
    };
  }

  /** Links carry what they are clicked in, so that no other message has the same. */
  private static boolean isOnlyOurs(Collection<String> parts) {
    return parts.stream().anyMatch(part -> LINK.matcher(part).find());
  }

  static String plain(String text) {
    return SPACE.matcher(text).replaceAll(" ").strip();
  }

  /**
   * What was sent to the person about then.
   *
   * @param all whether everything that Twilio has was looked at
   */
  private record Candidates(List<Message> messages, boolean all) {

    /** Those that say what is ours, in one of the ways. */
    List<Message> saying(List<? extends Collection<String>> ways) {
      List<Predicate<String>> said = ways.stream().map(SentMessages::says).toList();
      return messages.stream()
          .filter(
              each ->
                  each.getBody() != null && said.stream().anyMatch(way -> way.test(each.getBody())))
          .toList();
    }
  }
}
