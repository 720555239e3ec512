package io.ripen.engine.console;

import io.ripen.engine.console.Words.Said;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Touches and what the gate said to them, in plain words. */
final class TouchWords {

  private TouchWords() {}

  static Said touch(JsonNode data) {
    String what = what(data);
    String why = Json.text(data, "reason");
    String because = why.isEmpty() ? "" : ": " + why;
    String where = Words.join(cost(data), where(data), otherLanguage(data));
    return switch (Json.text(data, "state")) {
      case "accepted" -> afterwards(data, what, where);
      case "rejected" -> new Said(what + " refused by the provider" + because, where, true);
      case "denied" -> new Said(what + " not sent" + because, where, true);
      case "uncertain" -> new Said(what + " may have been sent" + because, where, true);
      case "claimed", "handing-over" -> new Said(what + " is being sent", where);
      default -> new Said(what + " is to be sent" + until(data), Words.join(why, where));
    };
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
    String amount = Json.plain(Json.number(data, "cost"));
    return amount.isEmpty() ? "" : "Cost %s %s".formatted(amount, Json.text(data, "currency"));
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
    if (until.isEmpty()) {
      return "";
    }
    try {
      return " until " + Moment.of(OffsetDateTime.parse(until).toInstant()).text();
    } catch (DateTimeParseException e) {
      return " until " + until;
    }
  }
}
