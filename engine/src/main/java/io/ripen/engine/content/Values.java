package io.ripen.engine.content;

import java.math.BigDecimal;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liqp.TemplateContext;
import org.jspecify.annotations.Nullable;

/** How a value of a fact becomes a part of a message. */
final class Values {

  private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*):");
  private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
  private static final Pattern SPACE_OR_CONTROL = Pattern.compile("[\\s\\p{Cntrl}]+");

  /** What could end an address early, in an attribute or in CSS. */
  private static final Pattern UNSAFE = Pattern.compile("[\"'()<>\\\\]");

  private Values() {}

  /** Finished HTML, which a template captured: its values are escaped already. */
  record Html(String html) implements CharSequence {
    @Override
    public int length() {
      return html.length();
    }

    @Override
    public char charAt(int index) {
      return html.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return html.subSequence(start, end);
    }

    @Override
    public String toString() {
      return html;
    }
  }

  /** A value in plain text; nothing when it is absent. */
  static String text(@Nullable Object value, TemplateContext context) {
    return switch (value) {
      case null -> "";
      case Collection<?> many ->
          many.stream().map(one -> text(one, context)).collect(Collectors.joining());
      case Object[] many ->
          Arrays.stream(many).map(one -> text(one, context)).collect(Collectors.joining());
      case BigDecimal number -> number.toPlainString();
      case TemporalAccessor time -> Dates.format(time, "medium", context);
      default -> CONTROL.matcher(String.valueOf(value)).replaceAll("");
    };
  }

  /**
   * A value in HTML, as text or between the quotes of an attribute.
   *
   * @param address whether an address begins with it: then it can only be one that is harmless to
   *     follow
   */
  static String html(@Nullable Object value, boolean address, TemplateContext context) {
    if (value instanceof Html captured) {
      return address ? address(captured.html()) : captured.html();
    }
    String text = text(value, context);
    return escape(address ? address(text) : text);
  }

  /** One line, for a header: no line break can get into it. */
  static String oneLine(String text) {
    return SPACE_OR_CONTROL.matcher(text).replaceAll(" ").strip();
  }

  private static String address(String address) {
    String plain = SPACE_OR_CONTROL.matcher(address).replaceAll("");
    Matcher scheme = SCHEME.matcher(plain);
    boolean harmless = !scheme.find() || SCHEMES.contains(scheme.group(1).toLowerCase(Locale.ROOT));
    return harmless ? UNSAFE.matcher(plain).replaceAll(Values::percent) : "#";
  }

  private static String percent(MatchResult character) {
    return "%%%02X".formatted((int) character.group().charAt(0));
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      switch (character) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(character);
      }
    }
    return escaped.toString();
  }
}
