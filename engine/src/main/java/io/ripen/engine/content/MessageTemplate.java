package io.ripen.engine.content;

import ch.digitalfondue.mjml4j.Mjml4j;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/**
 * A message in one language, compiled: MJML became HTML once, and only its Liquid is left to do for
 * each lead. Safe for use by many threads.
 */
final class MessageTemplate {

  private final String file;
  private final String locale;
  private final LiquidTemplate subject;
  private final LiquidTemplate preheader;
  private final LiquidTemplate html;
  private final LiquidTemplate text;

  private MessageTemplate(
      String file,
      String locale,
      LiquidTemplate subject,
      LiquidTemplate preheader,
      LiquidTemplate html,
      LiquidTemplate text) {
    this.file = file;
    this.locale = locale;
    this.subject = subject;
    this.preheader = preheader;
    this.html = html;
    this.text = text;
  }

  static MessageTemplate compile(String locale, LiquidSource mjml, LiquidSource text)
      throws ContentProblem {
    Locale language = Locale.forLanguageTag(locale);
    LiquidTemplate.parse(mjml);
    Tokens tokens = new Tokens(mjml.file(), mjml.text());
    MjmlStructure.check(tokens, mjml.file());
    return new MessageTemplate(
        mjml.file(),
        locale,
        LiquidTemplate.compile(element("mj-title", tokens), language),
        LiquidTemplate.compile(element("mj-preview", tokens), language),
        LiquidTemplate.compile(tokens.html(toHtml(mjml.file(), tokens, locale)), language),
        LiquidTemplate.compile(text, language));
  }

  /**
   * The message for one lead.
   *
   * @param attachments the files that go with it
   */
  RenderedMessage render(Map<String, @Nullable Object> facts, List<Path> attachments)
      throws ContentProblem {
    String line = Values.oneLine(subject.render(facts));
    if (line.isEmpty()) {
      throw new ContentProblem(
          file, 0, "the subject is empty for this lead", "write words into <mj-title>");
    }
    return new RenderedMessage(
        locale,
        line,
        Values.oneLine(preheader.render(facts)),
        html.render(facts),
        text.render(facts),
        attachments);
  }

  private static String toHtml(String file, Tokens tokens, String locale) throws ContentProblem {
    try {
      return Mjml4j.render(
          tokens.protectedText(), new Mjml4j.Configuration(locale, Mjml4j.TextDirection.AUTO));
    } catch (RuntimeException e) {
      throw new ContentProblem(
          file,
          0,
          "the MJML cannot be made into HTML (" + e.getMessage() + ")",
          "look for a width, height or padding that is no number; Liquid cannot stand there");
    }
  }

  /** What an element of the head has in it; nothing where there is no such element. */
  private static LiquidSource element(String name, Tokens tokens) {
    String text = tokens.protectedText();
    Matcher matcher =
        Pattern.compile("<" + name + "\\b[^>]*>(.*?)</" + name + ">", Pattern.DOTALL).matcher(text);
    if (!matcher.find()) {
      return tokens.plain("", 1);
    }
    String content = Parser.unescapeEntities(matcher.group(1), false);
    return tokens.plain(content, Tokens.line(text, matcher.start(1)));
  }
}
