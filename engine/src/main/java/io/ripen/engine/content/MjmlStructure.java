package io.ripen.engine.content;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sees that MJML is well formed. The library that renders it takes anything and drops what it does
 * not know, so that a slip of the pen would be seen by customers first.
 */
final class MjmlStructure {

  private static final Pattern PART =
      Pattern.compile(
          "<(?<close>/?)(?<name>mj[a-z-]*+)(?<attributes>(?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>"
              + "|<(?<broken>/?mj[a-z-]*+)"
              + ("|" + Tokens.WORD.pattern().replace("(\\d+)", "(?<word>\\d+)")));
  private static final Pattern TAG = Pattern.compile("^\\{%-?\\s*(?<name>\\w+)");
  private static final Set<String> BLOCKS = Set.of("if", "unless", "case", "for", "capture");
  private static final Set<String> ELEMENTS =
      Set.of(
          ("mjml mj-head mj-title mj-preview mj-attributes mj-all mj-class mj-breakpoint mj-font"
                  + " mj-style mj-html-attributes mj-selector mj-html-attribute mj-body mj-wrapper"
                  + " mj-section mj-group mj-column mj-text mj-spacer mj-divider mj-raw mj-image"
                  + " mj-button mj-hero mj-social mj-social-element mj-table mj-navbar"
                  + " mj-navbar-link mj-accordion mj-accordion-element mj-accordion-title"
                  + " mj-accordion-text mj-carousel mj-carousel-image")
              .split(" ", -1));

  private final Tokens tokens;
  private final String file;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Set<String> seen = new HashSet<>();

  private MjmlStructure(Tokens tokens, String file) {
    this.tokens = tokens;
    this.file = file;
  }

  /** An element, or a Liquid block such as {@code {% for %}}, that is not closed yet. */
  private record Open(String name, boolean liquid, int line) {
    @Override
    public String toString() {
      return (liquid ? "{%% %s %%}" : "<%s>").formatted(name) + " of line " + line;
    }
  }

  static void check(Tokens tokens, String file) throws ContentProblem {
    new MjmlStructure(tokens, file).walk();
  }

  private void walk() throws ContentProblem {
    String text = tokens.protectedText();
    Matcher part = PART.matcher(text);
    while (part.find()) {
      int line = Tokens.line(text, part.start());
      if (part.group("broken") != null) {
        throw problem(
            line,
            "the tag <" + part.group("broken") + " does not end",
            "close its quotes and put a > at its end");
      }
      if (part.group("word") != null) {
        liquid(tokens.liquid(Integer.parseInt(part.group("word"))), line);
      } else {
        element(part, line);
      }
    }
    if (!open.isEmpty()) {
      throw problem(open.peek().line(), open.peek() + " is never closed", "close it");
    }
    for (String name : new String[] {"mjml", "mj-title", "mj-body"}) {
      if (!seen.contains(name)) {
        throw problem(0, "there is no <" + name + ">", "add it");
      }
    }
  }

  private void element(Matcher part, int line) throws ContentProblem {
    String name = part.group("name");
    if (!ELEMENTS.contains(name)) {
      throw problem(line, "there is no element <" + name + ">", "see the list of MJML's elements");
    }
    if (!part.group("close").isEmpty()) {
      close(name, false, line);
      return;
    }
    if (!seen.add(name) && name.equals("mj-title")) {
      throw problem(line, "there is a second <mj-title>", "keep one: it is the subject");
    }
    if (!part.group("attributes").endsWith("/")) {
      open.push(new Open(name, false, line));
    }
  }

  private void liquid(String token, int line) throws ContentProblem {
    Matcher tag = TAG.matcher(token);
    if (!tag.find()) {
      return;
    }
    String name = tag.group("name");
    if (BLOCKS.contains(name)) {
      if (name.equals("for") && !open.isEmpty() && isRow(open.peek())) {
        throw problem(
            line,
            "a loop over columns: their number decides how wide they are",
            "put the loop around the whole <mj-section>, or around rows of an <mj-table>");
      }
      open.push(new Open(name, true, line));
    } else if (name.startsWith("end")) {
      close(name.substring("end".length()), true, line);
    }
  }

  private static boolean isRow(Open open) {
    return open.name().equals("mj-section") || open.name().equals("mj-group");
  }

  private void close(String name, boolean liquid, int line) throws ContentProblem {
    String closing = liquid ? "{% end" + name + " %}" : "</" + name + ">";
    if (open.isEmpty()) {
      throw problem(line, closing + " closes nothing", "take it away, or open what it closes");
    }
    Open last = open.pop();
    if (!last.name().equals(name) || last.liquid() != liquid) {
      throw problem(
          line,
          closing + " stands where " + last + " is still open",
          "close what was opened last first");
    }
  }

  private ContentProblem problem(int line, String problem, String fix) {
    return new ContentProblem(file, line, problem, fix);
  }
}
