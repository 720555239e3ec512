package io.ripen.engine.content;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the Liquid out of MJML, leaving a word in its place, and puts it back into the HTML: so the
 * MJML library never sees Liquid, and no value ever sees the MJML library.
 */
final class Tokens {

  static final Pattern WORD = Pattern.compile("xliquid(\\d+)x");

  private static final String INSIDE = "(?:\"[^\"]*+\"|'[^']*+'|(?!%s).)*+";
  private static final Pattern LIQUID =
      Pattern.compile(
          "\\{%-?\\s*comment\\s*-?%}.*?\\{%-?\\s*endcomment\\s*-?%}"
              + "|\\{%-?\\s*raw\\s*-?%}.*?\\{%-?\\s*endraw\\s*-?%}"
              + ("|\\{\\{" + INSIDE.formatted("}}") + "}}")
              + ("|\\{%" + INSIDE.formatted("%}") + "%}"),
          Pattern.DOTALL);
  private static final Pattern COMMENT = Pattern.compile("<!--(?!\\[if).*?-->", Pattern.DOTALL);
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:(?:href|src|background|action)\\s*=\\s*[\"']|url\\(\\s*(?:[\"']|&quot;|&#39;)?)"
              + "\\s*(?:xliquid\\d+x\\s*)*$");

  private final String file;
  private final String protectedText;
  private final List<String> liquid = new ArrayList<>();
  private final List<Integer> lines = new ArrayList<>();

  /**
   * @param text MJML whose Liquid is known to parse
   */
  Tokens(String file, String text) {
    this.file = file;
    Matcher matcher = LIQUID.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      String token = matcher.group();
      matcher.appendReplacement(result, "xliquid" + liquid.size() + "x" + lineBreaks(token));
      liquid.add(token);
      lines.add(line(text, matcher.start()));
    }
    matcher.appendTail(result);
    // What marketers note in comments is for them only.
    this.protectedText = COMMENT.matcher(result).replaceAll(comment -> lineBreaks(comment.group()));
  }

  /** The MJML with words for its Liquid, with as many lines as before, and without comments. */
  String protectedText() {
    return protectedText;
  }

  /** The Liquid behind the word with this number. */
  String liquid(int number) {
    return liquid.get(number);
  }

  /** HTML with its Liquid, and where each piece of it came from. */
  LiquidSource html(String html) {
    StringBuilder result = new StringBuilder(html.length() + 1024);
    NavigableMap<Integer, Integer> lineByPosition = new TreeMap<>(Map.of(0, 1));
    Set<Integer> addresses = new HashSet<>();
    Matcher matcher = WORD.matcher(html);
    while (matcher.find()) {
      int number = Integer.parseInt(matcher.group(1));
      matcher.appendReplacement(result, "");
      int position = result.codePointCount(0, result.length());
      lineByPosition.put(position, lines.get(number));
      String before = html.substring(Math.max(0, matcher.start() - 200), matcher.start());
      if (ADDRESS.matcher(before).find()) {
        addresses.add(position);
      }
      result.append(liquid.get(number));
    }
    matcher.appendTail(result);
    return new LiquidSource(
        file,
        result.toString(),
        position -> lineByPosition.floorEntry(position).getValue(),
        true,
        addresses);
  }

  /** A piece of text with its Liquid, all of it from one line. */
  LiquidSource plain(String text, int line) {
    String restored =
        WORD.matcher(text)
            .replaceAll(
                word -> Matcher.quoteReplacement(liquid.get(Integer.parseInt(word.group(1)))));
    return new LiquidSource(file, restored, position -> line, false, Set.of());
  }

  static int line(String text, int position) {
    return 1 + (int) text.substring(0, position).chars().filter(c -> c == '\n').count();
  }

  private static String lineBreaks(String text) {
    return "\n".repeat((int) text.chars().filter(c -> c == '\n').count());
  }
}
