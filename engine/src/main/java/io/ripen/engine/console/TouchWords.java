package io.ripen.engine.console;

import io.ripen.engine.console.Words.Said;
import io.ripen.engine.touches.TouchCodes;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Touches and what the gate said to them, in plain words. */
final class TouchWords {

  private TouchWords() {}

  /**
   * A row of {@code touch} as all that is said here of touches reads it; {@code :now} is a
   * parameter.
   */
  static final String DATA =
      """
      jsonb_build_object('state', state, 'code', code, 'reason', reason, 'message', message,
        'until', deferred_until, 'isDue', deferred_until <= :now,
        'isHeld', coalesce(claimed_until > clock_timestamp(), false),
        'handedOver', handed_over_at, 'settled', settled_at, 'delivered', delivered_at,
        'opened', opened_at, 'clicked', clicked_at, 'replied', replied_at,
        'undelivered', undelivered_reason, 'channel', channel, 'choice', choice,
        'purpose', purpose, 'flow', flow, 'flowVersion', flow_version,
        'element', element_id, 'cartId', cart_id, 'locale', locale, 'attempts', attempts,
        'cost', cost::text, 'currency', cost_currency,
        'wanted', (select l.locale from lead l where l.id = touch.lead_id))""";

  /** How a touch stands, as far as words differ. */
  private enum Standing {
    SENT,
    MAY_BE_SENT,
    DENIED,
    GIVEN_UP,
    REFUSED,
    UNDER_WAY,
    LOST,
    LOST_WITH_PROVIDER,
    UNSEEN_YET,
    BROKEN,
    MAY_BE_SENT_AND_GOES_AGAIN,
    WAITS,
    WAITED,
    DUE
  }

  private static Standing standing(JsonNode data) {
    String code = Json.text(data, "code");
    boolean isHeld = data.path("isHeld").asBoolean(false);
    return switch (Json.text(data, "state")) {
      case "accepted" -> Standing.SENT;
      case "uncertain" -> Standing.MAY_BE_SENT;
      case "denied" -> Standing.DENIED;
      case "rejected" ->
          code.equals(TouchCodes.GAVE_UP) || code.equals(TouchCodes.UNSEEN)
              ? Standing.GIVEN_UP
              : Standing.REFUSED;
      case "claimed" -> isHeld ? Standing.UNDER_WAY : Standing.LOST;
      case "handing-over" -> handingOver(code, isHeld);
      default -> planned(data, code);
    };
  }

  private static Standing handingOver(String code, boolean isHeld) {
    if (isHeld) {
      return Standing.UNDER_WAY;
    }
    return code.equals(TouchCodes.UNSEEN) ? Standing.UNSEEN_YET : Standing.LOST_WITH_PROVIDER;
  }

  private static Standing planned(JsonNode data, String code) {
    if (code.equals(TouchCodes.BROKEN)) {
      return Standing.BROKEN;
    }
    if (!Json.text(data, "handedOver").isEmpty()) {
      return Standing.MAY_BE_SENT_AND_GOES_AGAIN;
    }
    if (Json.text(data, "until").isEmpty()) {
      return Standing.DUE;
    }
    return data.path("isDue").asBoolean(false) ? Standing.WAITED : Standing.WAITS;
  }

  static Said touch(JsonNode data) {
    String what = what(data);
    String why = Json.text(data, "reason");
    String because = why.isEmpty() ? "" : ": " + why;
    String best = data.path("choice").isArray() ? "the best channel" : "";
    String where = Words.join(cost(data), where(data), best, otherLanguage(data));
    return switch (standing(data)) {
      case SENT -> afterwards(data, what, where);
      case MAY_BE_SENT -> new Said(what + " may have been sent" + because, where, true);
      case DENIED, GIVEN_UP -> new Said(what + " not sent" + because, where, true);
      case REFUSED -> new Said(what + " refused by the provider" + because, where, true);
      case UNDER_WAY -> new Said(what + " is being sent", where);
      case LOST -> new Said(what + " is to be tried again", where);
      case LOST_WITH_PROVIDER -> new Said(what + " may have been sent", where);
      case UNSEEN_YET -> new Said(what + " waits to be seen", where);
      case BROKEN -> new Said(what + " cannot be sent" + because, where, true);
      case MAY_BE_SENT_AND_GOES_AGAIN ->
          new Said(what + " may have been sent, and is tried again", Words.join(why, where));
      case WAITS -> new Said(what + " waits" + until(data), Words.join(why, where));
      case WAITED -> new Said(what + " is to be sent", where);
      case DUE -> new Said(what + " is to be sent", Words.join(why, where));
    };
  }

  /** What became of it, and why, as one sentence. */
  static String answer(JsonNode data) {
    String why = Json.words(data, "reason");
    String because = why.isEmpty() ? "." : ": " + why;
    return switch (standing(data)) {
      case SENT -> "Sent" + on(data) + price(data) + soFar(data);
      case MAY_BE_SENT -> "May have been sent" + on(data) + because;
      case DENIED, GIVEN_UP -> "Not sent" + because;
      case REFUSED -> "Not sent, the provider does not take it" + because;
      case UNDER_WAY -> "Is being sent right now.";
      case LOST -> "The worker that was about to send it is gone; another one will try.";
      case LOST_WITH_PROVIDER ->
          "May have been sent%s: the worker was lost while the provider had the message."
              .formatted(on(data));
      case UNSEEN_YET -> "Waits on the site%s for the lead to see it.".formatted(since(data));
      case BROKEN -> "Cannot be sent before somebody mends this" + because;
      case MAY_BE_SENT_AND_GOES_AGAIN ->
          "May have been sent%s, and is tried again%s".formatted(on(data), because);
      case WAITS -> "Waits" + until(data) + because;
      case WAITED -> "Has waited%s, and is to be sent.".formatted(until(data));
      case DUE -> "To be sent, and not yet" + because;
    };
  }

  private static String on(JsonNode data) {
    String at = Json.text(data, "handedOver", "settled");
    return at.isEmpty() ? "" : " on " + moment(at);
  }

  private static String since(JsonNode data) {
    String at = Json.text(data, "handedOver");
    return at.isEmpty() ? "" : " since " + moment(at);
  }

  /** All that became of it after it was sent. */
  private static String soFar(JsonNode data) {
    String undelivered = Json.text(data, "undelivered");
    if (!undelivered.isEmpty()) {
      return "; it did not arrive: " + undelivered;
    }
    return Stream.of("delivered", "opened", "clicked", "replied")
        .filter(what -> !Json.text(data, what).isEmpty())
        .map(what -> ", " + what)
        .collect(Collectors.joining("", "", "."));
  }

  /** Why the touch goes by its channel, where the flow says the best one; else null. */
  static @Nullable String chosen(JsonNode data) {
    JsonNode choice = data.path("choice");
    if (!choice.isArray()) {
      return null;
    }
    String channel = Json.text(data, "channel");
    String verdict =
        choice
            .valueStream()
            .filter(each -> Json.text(each, "channel").equals(channel))
            .map(each -> Json.text(each, "verdict"))
            .findFirst()
            .orElse("");
    String why =
        switch (verdict) {
          case "allow" -> "of those that could be used then, the lead answers best there";
          case "defer" -> "none could be used then, and this one soonest";
          default -> "none could be used";
        };
    return choice
        .valueStream()
        .map(TouchWords::option)
        .collect(
            Collectors.joining(
                ", ",
                "The best channel was %s: %s. Answered: ".formatted(Words.channel(channel), why),
                "."));
  }

  private static String option(JsonNode option) {
    boolean isOpen = Json.text(option, "verdict").equals("allow");
    return "%s %.0f %%%s"
        .formatted(
            Words.channel(Json.text(option, "channel")),
            option.path("answers").asDouble(0) * 100,
            isOpen ? "" : " (" + Json.text(option, "code") + ")");
  }

  /** What became of it after it was sent: the furthest that we know. */
  private static Said afterwards(JsonNode data, String what, String where) {
    String undelivered = Json.text(data, "undelivered");
    if (!undelivered.isEmpty()) {
      return new Said(what + " did not arrive: " + undelivered, where, true);
    }
    for (String furthest : List.of("replied", "clicked", "opened", "delivered")) {
      if (!Json.text(data, furthest).isEmpty()) {
        return new Said("%s sent, and %s".formatted(what, furthest), where);
      }
    }
    return new Said(what + " sent", where);
  }

  static Said decision(JsonNode data) {
    String what = what(data);
    String why = Json.text(data, "reason");
    return switch (Json.text(data, "verdict")) {
      case "allow" -> new Said(what + " allowed", Words.join(why, where(data)));
      case "defer" -> new Said(what + " put off" + until(data), Words.join(why, where(data)));
      default -> new Said(what + " not allowed", Words.join(why, where(data)), true);
    };
  }

  private static String what(JsonNode data) {
    return Words.human(Json.text(data, "message"))
        + " "
        + Words.channel(Json.text(data, "channel"));
  }

  private static String where(JsonNode data) {
    String step = Words.step(Json.text(data, "element"));
    return "Flow %s, step %s".formatted(Json.text(data, "flow"), step);
  }

  private static String cost(JsonNode data) {
    String amount = amount(data);
    return amount.isEmpty() ? "" : "Cost " + amount;
  }

  private static String price(JsonNode data) {
    String amount = amount(data);
    return amount.isEmpty() ? "" : " for " + amount;
  }

  private static String amount(JsonNode data) {
    String amount = Json.plain(Json.number(data, "cost"));
    return amount.isEmpty() ? "" : amount + " " + Json.text(data, "currency");
  }

  /** Said where the message is not there in the lead's language. */
  private static String otherLanguage(JsonNode data) {
    Locale said = Locale.forLanguageTag(Json.text(data, "locale"));
    Locale wanted = Locale.forLanguageTag(Json.text(data, "wanted"));
    boolean isOther =
        !said.getLanguage().isEmpty()
            && !wanted.getLanguage().isEmpty()
            && !said.getLanguage().equals(wanted.getLanguage());
    return isOther
        ? "in %s, as there is none in %s"
            .formatted(
                said.getDisplayLanguage(Locale.ENGLISH), wanted.getDisplayLanguage(Locale.ENGLISH))
        : "";
  }

  private static String until(JsonNode data) {
    String until = Json.text(data, "until");
    return until.isEmpty() ? "" : " until " + moment(until);
  }

  private static String moment(String time) {
    try {
      return Moment.of(OffsetDateTime.parse(time).toInstant()).text();
    } catch (DateTimeParseException e) {
      return time;
    }
  }
}
