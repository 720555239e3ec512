package io.ripen.engine.content;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a short message that say by which content template of Twilio's it goes to who has
 * not written by WhatsApp for a day: {@code WhatsApp: HX…}, and for each variable of the template
 * {@code WhatsApp NAME: …}. Facts may stand in variables.
 */
final class WhatsAppLines {

  /** What such a line looks like. */
  static final String LINE = "WhatsApp(?: (?<name>\\w{1,16}))?:(?<value>.*)";

  private static final Pattern PATTERN = Pattern.compile(LINE);
  private static final Pattern SID = Pattern.compile("HX[0-9a-fA-F]{32}");

  private final SortedMap<String, LiquidTemplate> variables = new TreeMap<>();
  private @Nullable String sid;

  /**
   * Reads a line.
   *
   * @return whether it is one of these, and the first of its kind
   */
  boolean take(LiquidSource source, String text, int line, Locale language) throws ContentProblem {
    Matcher found = PATTERN.matcher(text);
    if (!found.matches()) {
      return false;
    }
    String name = found.group("name");
    String value = found.group("value").strip();
    if (name != null) {
      if (sid == null) {
        throw new ContentProblem(
            source.file(),
            line,
            "a variable of a template, and no template",
            "name the template above it: WhatsApp: HX…");
      }
      return variables.putIfAbsent(name, ShortTemplate.part(source, value, line, language)) == null;
    }
    if (!SID.matcher(value).matches()) {
      throw new ContentProblem(
          source.file(),
          line,
          "\"%s\" is no content template for WhatsApp".formatted(value),
          "write its SID, HX and 32 digits or letters a to f, as Twilio's console shows it");
    }
    boolean isFirst = sid == null;
    sid = value;
    return isFirst;
  }

  /** What goes out for one lead; nothing where no template is named. */
  ShortText.@Nullable WhatsApp render(Map<String, @Nullable Object> facts) throws ContentProblem {
    if (sid == null) {
      return null;
    }
    SortedMap<String, String> values = new TreeMap<>();
    for (Map.Entry<String, LiquidTemplate> variable : variables.entrySet()) {
      values.put(variable.getKey(), Values.oneLine(variable.getValue().render(facts)));
    }
    return new ShortText.WhatsApp(sid, values);
  }

  /** Whether a template is named. */
  boolean isThere() {
    return sid != null;
  }
}
