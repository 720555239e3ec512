package io.ripen.engine.content;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A short message in one language, compiled. The file may begin with lines {@code Title: …}, {@code
 * Button: WORDS -> ADDRESS}, for popups {@code Place: corner}, {@code center} or {@code bar} and
 * {@code When: now} or {@code exit}, and with {@link WhatsAppLines}; behind an empty line follows
 * the text. Safe for use by many threads.
 */
final class ShortTemplate {

  private static final Pattern TITLE = Pattern.compile("Title:(.*)");
  private static final Pattern BUTTON = Pattern.compile("Button:(.*)->(.*)");
  private static final Pattern HEADER =
      Pattern.compile("(Title|Button|Place|When):.*|" + WhatsAppLines.LINE);
  private static final Pattern LOOK =
      Pattern.compile("(?<name>Place|When):\\s*(?<value>corner|center|bar|now|exit)\\s*");
  private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://[^\\s/].*");
  private static final int MOST_BUTTONS = 6;

  private final String file;
  private final String locale;
  private final @Nullable LiquidTemplate title;
  private final LiquidTemplate text;
  private final List<ButtonTemplate> buttons;
  private final Map<String, String> look;
  private final WhatsAppLines whatsApp;

  private record ButtonTemplate(LiquidTemplate label, LiquidTemplate url) {}

  private ShortTemplate(
      String file,
      String locale,
      @Nullable LiquidTemplate title,
      LiquidTemplate text,
      List<ButtonTemplate> buttons,
      Map<String, String> look,
      WhatsAppLines whatsApp) {
    this.file = file;
    this.locale = locale;
    this.title = title;
    this.text = text;
    this.buttons = buttons;
    this.look = look;
    this.whatsApp = whatsApp;
  }

  static ShortTemplate compile(String locale, LiquidSource source) throws ContentProblem {
    Locale language = Locale.forLanguageTag(locale);
    LiquidTemplate.parse(source);
    List<String> lines = source.text().lines().toList();
    LiquidTemplate title = null;
    List<ButtonTemplate> buttons = new ArrayList<>();
    Map<String, String> look = new HashMap<>();
    WhatsAppLines whatsApp = new WhatsAppLines();
    int line = 0;
    while (line < lines.size() && HEADER.matcher(lines.get(line)).matches()) {
      Matcher button = BUTTON.matcher(lines.get(line));
      Matcher heading = TITLE.matcher(lines.get(line));
      Matcher shown = LOOK.matcher(lines.get(line));
      line++;
      if (button.matches() && buttons.size() < MOST_BUTTONS) {
        buttons.add(
            new ButtonTemplate(
                part(source, button.group(1), line, language),
                part(source, button.group(2), line, language)));
      } else if (heading.matches() && title == null) {
        title = part(source, heading.group(1), line, language);
      } else if (isLook(shown)) {
        look.put(shown.group("name").toLowerCase(Locale.ROOT), shown.group("value"));
      } else if (!whatsApp.take(source, lines.get(line - 1), line, language)) {
        throw new ContentProblem(
            source.file(),
            line,
            "this line cannot be read",
            ("write one Title: …, up to %d times Button: See it -> {{ cart.url }},"
                    + " for a popup Place: corner, center or bar and When: now or exit,"
                    + " and for WhatsApp one template and each of its variables once")
                .formatted(MOST_BUTTONS));
      }
    }
    if (line > 0 && line < lines.size() && !lines.get(line).isBlank()) {
      throw new ContentProblem(
          source.file(), line + 1, "no empty line before the text", "put one there");
    }
    String text = String.join("\n", lines.subList(line, lines.size()));
    return new ShortTemplate(
        source.file(),
        locale,
        title,
        part(source, text, line + 1, language),
        buttons,
        Map.copyOf(look),
        whatsApp);
  }

  /** Whether it names a template of its own for WhatsApp. */
  boolean hasWhatsAppTemplate() {
    return whatsApp.isThere();
  }

  ShortText render(Map<String, @Nullable Object> facts) throws ContentProblem {
    String body = text.render(facts).strip();
    if (body.isEmpty()) {
      throw new ContentProblem(
          file, 0, "the text is empty for this lead", "write words that need no facts");
    }
    List<ShortText.Button> rendered = new ArrayList<>();
    for (ButtonTemplate button : buttons) {
      String url = Values.oneLine(button.url().render(facts));
      // A button that leads nowhere is worse than none, and one to a script worse than that.
      if (WEB_ADDRESS.matcher(url).matches()) {
        rendered.add(new ShortText.Button(Values.oneLine(button.label().render(facts)), url));
      }
    }
    return new ShortText(
        locale,
        title == null ? "" : Values.oneLine(title.render(facts)),
        body,
        List.copyOf(rendered),
        look,
        whatsApp.render(facts));
  }

  private static boolean isLook(Matcher look) {
    return look.matches()
        && (look.group("name").equals("When")
            == (look.group("value").equals("now") || look.group("value").equals("exit")));
  }

  /** A part of the file, which begins on this line. */
  static LiquidTemplate part(LiquidSource source, String text, int line, Locale language)
      throws ContentProblem {
    LiquidSource plain = LiquidSource.plain(source.file(), text);
    return LiquidTemplate.compile(
        new LiquidSource(
            source.file(),
            text,
            codePoint -> plain.line().applyAsInt(codePoint) + line - 1,
            false,
            source.addresses()),
        language);
  }
}
