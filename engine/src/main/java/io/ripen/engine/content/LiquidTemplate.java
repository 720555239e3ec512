package io.ripen.engine.content;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import liqp.Template;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.exceptions.ExceededMaxIterationsException;
import liqp.exceptions.LiquidException;
import liqp.filters.Filter;
import liqp.nodes.LNode;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liqp.parser.Flavor;
import org.jspecify.annotations.Nullable;

/** A compiled text with Liquid in it. Safe for use by many threads. */
final class LiquidTemplate {

  /** More turns of loops than this, over a whole message, are a mistake. */
  static final int MAX_TURNS = 10_000;

  /** No part of a message may be longer. */
  static final int MAX_LENGTH = 1 << 20;

  private static final Map<Locale, TemplateParser> PARSERS = new ConcurrentHashMap<>();

  private final String file;
  private final TemplateParser parser;
  private final LNode root;

  private LiquidTemplate(String file, TemplateParser parser, LNode root) {
    this.file = file;
    this.parser = parser;
    this.root = root;
  }

  static LiquidTemplate compile(LiquidSource source, Locale locale) throws ContentProblem {
    TemplateParser parser = PARSERS.computeIfAbsent(locale, LiquidTemplate::parser);
    try {
      LNode root = new LiquidNodes(source, parser).visit(parse(source));
      return new LiquidTemplate(source.file(), parser, root);
    } catch (LiquidFailure e) {
      throw e.in(source.file());
    }
  }

  /**
   * The syntax tree.
   *
   * @throws ContentProblem when it is no Liquid
   */
  static ParseTree parse(LiquidSource source) throws ContentProblem {
    try {
      Template template =
          PARSERS.computeIfAbsent(Locale.ENGLISH, LiquidTemplate::parser).parse(source.text());
      return template.getParseTree();
    } catch (LiquidException e) {
      throw new ContentProblem(
          source.file(),
          e.line,
          "Liquid cannot read column " + (e.charPositionInLine + 1) + reason(e),
          "close every {{ with }}, every {% with %}, every if with endif, every for with endfor");
    }
  }

  /** Values for the names; what is absent is empty. */
  String render(Map<String, @Nullable Object> facts) throws ContentProblem {
    try {
      Object rendered = root.render(new TemplateContext(parser, facts));
      return rendered == null ? "" : rendered.toString();
    } catch (LiquidFailure e) {
      throw e.in(file);
    } catch (RuntimeException e) {
      throw failure(0, e).in(file);
    }
  }

  static LiquidFailure failure(int line, RuntimeException e) {
    if (e instanceof ExceededMaxIterationsException) {
      return new LiquidFailure(
          line, "its loops turn more than " + MAX_TURNS + " times", "loop over less");
    }
    String message = String.valueOf(e.getMessage());
    if (message.startsWith("rendered string exceeds")) {
      return tooLong(line);
    }
    Throwable cause = e.getCause() == null ? e : e.getCause();
    if (cause instanceof LiquidFailure own) {
      return own.at(line);
    }
    // Never the message of a foreign exception: it may show what is known of a lead.
    return new LiquidFailure(
        line,
        "a filter or condition cannot use what it is given ("
            + cause.getClass().getSimpleName()
            + ")",
        "give it a number, a text or a time, as it needs");
  }

  static LiquidFailure tooLong(int line) {
    return new LiquidFailure(
        line, "it makes more than " + MAX_LENGTH + " characters", "show fewer products");
  }

  /** The library's words, without the long list of what else it would have liked. */
  private static String reason(LiquidException e) {
    String message = String.valueOf(e.getMessage());
    int start = message.indexOf('"') + 1;
    int end = message.lastIndexOf("\" on line");
    String words = end > start ? message.substring(start, end) : message;
    int list = words.indexOf(" expecting ");
    return ": " + (list > 0 ? words.substring(0, list) : words).replaceAll("\\s+", " ");
  }

  private static TemplateParser parser(Locale locale) {
    return new TemplateParser.Builder()
        .withFlavor(Flavor.LIQUID)
        .withStrictTypedExpressions(false)
        .withLocale(locale)
        .withMaxIterations(MAX_TURNS)
        .withMaxSizeRenderedString(MAX_LENGTH)
        .withFilter(new Money())
        .withFilter(new Dates())
        .withFilter(new AlreadyEscaped("escape"))
        .withFilter(new AlreadyEscaped("escape_once"))
        .withFilter(new AlreadyEscaped("h"))
        .build();
  }

  /** Does nothing: every value is escaped where it has to be, and once. */
  private static final class AlreadyEscaped extends Filter {
    AlreadyEscaped(String name) {
      super(name);
    }

    @Override
    public @Nullable Object apply(
        @Nullable Object value, TemplateContext context, Object... params) {
      return value;
    }
  }
}
