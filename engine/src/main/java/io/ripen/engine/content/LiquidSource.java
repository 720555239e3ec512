package io.ripen.engine.content;

import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Text with Liquid in it.
 *
 * @param file for messages to people
 * @param line the line in that file, by the code point in the text
 * @param html whether what it makes is HTML, so that every value must be escaped
 * @param addresses the code points at which an output begins an address ({@code href}, {@code src})
 */
record LiquidSource(
    String file, String text, IntUnaryOperator line, boolean html, Set<Integer> addresses) {

  /** A file as it is, made to be read as plain text. */
  static LiquidSource plain(String file, String text) {
    return new LiquidSource(file, text, linesOf(text), false, Set.of());
  }

  private static IntUnaryOperator linesOf(String text) {
    return codePoint ->
        1 + (int) text.codePoints().limit(codePoint).filter(character -> character == '\n').count();
  }
}
