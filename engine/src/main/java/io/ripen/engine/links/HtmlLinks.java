package io.ripen.engine.links;

import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jsoup.parser.Parser;

/**
 * Changes where the links of an HTML page lead, in one pass and without a tree of the page: only
 * the values of {@code href} in {@code a} and {@code area} are touched. Reads tags, comments and
 * texts that hold no tags as the HTML standard has browsers do it. For one page.
 */
final class HtmlLinks {

  private static final Set<String> LINKS = Set.of("a", "area");

  /** Up to their end tag there is only text in them, whatever it looks like. */
  private static final Set<String> TEXTS =
      Set.of("style", "script", "title", "textarea", "xmp", "iframe", "noembed", "noframes");

  private final String html;
  private final UnaryOperator<String> change;
  private final StringBuilder changed;
  private int at;
  private int copied;

  private HtmlLinks(String html, UnaryOperator<String> change) {
    this.html = html;
    this.change = change;
    this.changed = new StringBuilder(html.length() + html.length() / 4);
  }

  /**
   * The page with its links changed.
   *
   * @param change is given where a link leads, without entities; what it returns the same, stays as
   *     it was written
   */
  static String change(String html, UnaryOperator<String> change) {
    return new HtmlLinks(html, change).run();
  }

  private String run() {
    while (goTo(html.indexOf('<', at))) {
      if (html.startsWith("<!--", at)) {
        // "<!-->" is a comment, too.
        goBehind("-->", at + 2);
      } else if (at + 1 < html.length() && isLetter(html.charAt(at + 1))) {
        tag();
      } else if (at + 1 < html.length() && "/!?".indexOf(html.charAt(at + 1)) >= 0) {
        goBehind(">", at + 2);
      } else {
        at++;
      }
    }
    return changed.append(html, copied, html.length()).toString();
  }

  private void tag() {
    String name = word("/>").substring(1).toLowerCase(Locale.ROOT);
    boolean isLink = LINKS.contains(name);
    while (goToAttribute()) {
      isLink &= !attribute(isLink);
    }
    at++;
    if (TEXTS.contains(name)) {
      goToEndOf(name);
    }
  }

  /** Whether the tag has one more. */
  private boolean goToAttribute() {
    while (at < html.length() && (isSpace(html.charAt(at)) || html.charAt(at) == '/')) {
      at++;
    }
    return at < html.length() && html.charAt(at) != '>';
  }

  /**
   * Goes behind the attribute.
   *
   * @return whether it is the tag's link; of several, browsers take the first
   */
  private boolean attribute(boolean inLink) {
    // A "=" may begin a name.
    String name = html.charAt(at++) + word("/>=");
    skipSpace();
    boolean isLink = inLink && name.equalsIgnoreCase("href");
    if (at >= html.length() || html.charAt(at) != '=') {
      return isLink;
    }
    at++;
    skipSpace();
    int value = at;
    char quote = at < html.length() ? html.charAt(at) : '>';
    if (quote == '"' || quote == '\'') {
      int end = html.indexOf(quote, at + 1);
      at = end < 0 ? html.length() : end + 1;
      if (isLink && end >= 0) {
        link(value, html.substring(value + 1, end));
      }
    } else {
      String written = word(">");
      if (isLink) {
        link(value, written);
      }
    }
    return isLink;
  }

  /** Writes anew what stands from here to where we are. */
  private void link(int from, String written) {
    String before = Parser.unescapeEntities(written, true).strip();
    String after = change.apply(before);
    if (!after.equals(before)) {
      changed.append(html, copied, from).append('"');
      changed.append(after.replace("&", "&amp;").replace("\"", "&quot;")).append('"');
      copied = at;
    }
  }

  /** Reads up to a space or one of these. */
  private String word(String ends) {
    int start = at;
    while (at < html.length() && !isSpace(html.charAt(at)) && ends.indexOf(html.charAt(at)) < 0) {
      at++;
    }
    return html.substring(start, at);
  }

  private void skipSpace() {
    while (at < html.length() && isSpace(html.charAt(at))) {
      at++;
    }
  }

  private void goToEndOf(String name) {
    String end = "</" + name;
    while (at < html.length() && !html.regionMatches(true, at, end, 0, end.length())) {
      at++;
    }
  }

  private void goBehind(String end, int from) {
    int found = html.indexOf(end, from);
    at = found < 0 ? html.length() : found + end.length();
  }

  private boolean goTo(int place) {
    at = place < 0 ? html.length() : place;
    return place >= 0;
  }

  private static boolean isLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }

  private static boolean isSpace(char character) {
    return character == ' '
        || character == '\n'
        || character == '\t'
        || character == '\r'
        || character == '\f';
  }
}
