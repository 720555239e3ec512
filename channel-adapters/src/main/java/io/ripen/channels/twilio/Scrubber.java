package io.ripen.channels.twilio;

import java.util.regex.Pattern;

/** Takes personal data out of what Twilio says, as it likes to quote the number and the text. */
final class Scrubber {

  private static final int LONGEST = 200;
  private static final Pattern QUOTED =
      Pattern.compile("(?<![\\p{L}\\p{N}])([\"'`]).*\\1", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\S*(?://|www\\.)\\S*");
  private static final Pattern ADDRESS = Pattern.compile("\\S*@\\S+");
  private static final Pattern NUMBER =
      Pattern.compile("(?:whatsapp:|messenger:)?\\+?\\d[\\d\\s()./-]{4,}\\d");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

  private Scrubber() {}

  static String scrub(String text) {
    String clean = text;
    for (Pattern personal : new Pattern[] {QUOTED, LINK, ADDRESS, NUMBER}) {
      clean = personal.matcher(clean).replaceAll("…");
    }
    clean = SPACE.matcher(clean).replaceAll(" ").strip();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }
}
