package io.ripen.engine.console;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Says in plain words what a line of the timeline tells. */
final class Words {

  private static final Pattern TYPED_ID = Pattern.compile("[a-zA-Z]+_([a-z][a-zA-Z0-9]*)");
  private static final Pattern WORD_START = Pattern.compile("[A-Z]");

  private Words() {}

  static TimelineEntry entry(TimelineKind kind, String id, Instant at, JsonNode data) {
    Said said =
        switch (kind) {
          case EVENT -> EventWords.of(data);
          case TOUCH -> TouchWords.touch(data);
          case DECISION -> TouchWords.decision(data);
          case SIGNAL -> signal(data);
          case FLOW -> flow(data);
          case POINTS -> points(data);
          case STAGE -> stage(data);
          case CONSENT -> consent(data);
          case MERGE ->
              new Said(
                  "Two visitors turned out to be one person",
                  "The story of " + Json.text(data, "merged") + " is part of this one");
        };
    String mark = said.bad() ? "bad" : kind.lower();
    return new TimelineEntry(kind, id, at, said.title(), said.detail(), mark, data);
  }

  /**
   * A line in words.
   *
   * @param bad whether something went wrong
   */
  record Said(String title, String detail, boolean bad) {
    Said(String title, String detail) {
      this(title, detail, false);
    }
  }

  /** Joins what is there with a middle dot. */
  static String join(String... parts) {
    StringBuilder joined = new StringBuilder();
    for (String part : parts) {
      if (!part.isEmpty()) {
        joined.append(joined.isEmpty() ? "" : " · ").append(part);
      }
    }
    return joined.toString();
  }

  /** {@code last-reminder} as {@code Last reminder}. */
  static String human(String name) {
    String spaced = name.replace('-', ' ').replace('_', ' ').strip();
    return spaced.isEmpty()
        ? spaced
        : spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
  }

  /** {@code serviceTask_sendReminder} as {@code send reminder}. */
  static String step(String element) {
    Matcher named = TYPED_ID.matcher(element);
    if (!named.matches()) {
      return element;
    }
    return WORD_START.matcher(named.group(1)).replaceAll(" $0").strip().toLowerCase(Locale.ROOT);
  }

  static String channel(String channel) {
    return channel.equals("email") ? "e-mail" : channel;
  }

  private static Said flow(JsonNode data) {
    String flow = Json.text(data, "flow");
    return Json.text(data, "code").isEmpty()
        ? new Said("Entered the flow " + flow, "")
        : new Said("Not let into the flow " + flow, Json.text(data, "reason"));
  }

  private static Said signal(JsonNode data) {
    String name = Json.text(data, "name");
    String problem = Json.text(data, "problem");
    return switch (Json.text(data, "state")) {
      case "dead" -> new Said("Signal " + name + " could not be sent", problem, true);
      case "pending" -> new Said("Signal " + name + " is about to be sent to the flows", problem);
      default -> new Said("Signal " + name + " sent to the flows", "");
    };
  }

  private static Said points(JsonNode data) {
    int points = data.path("points").asInt(0);
    String unit = Math.abs(points) == 1 ? "point" : "points";
    return new Said("%+d %s".formatted(points, unit), Json.text(data, "reason"));
  }

  private static Said stage(JsonNode data) {
    return new Said(
        "Became %s (was %s)".formatted(Json.text(data, "to"), Json.text(data, "from")),
        join(
            Json.text(data, "reason"), StageBy.inWords(data.path("by")), Json.text(data, "cause")));
  }

  private static Said consent(JsonNode data) {
    String what = Json.text(data, "purpose") + " by " + channel(Json.text(data, "channel"));
    JsonNode proof = data.path("proof");
    String wording = Json.text(proof, "wording");
    if (Json.text(data, "purpose").equals("confirmation")) {
      return new Said("Asked for messages, not confirmed yet", "“" + wording + "”");
    }
    return new Said(
        data.path("granted").asBoolean(false) ? "Agreed to " + what : "Said no to " + what,
        join(wording.isEmpty() ? "" : "“" + wording + "”", Json.text(proof, "url")));
  }
}
