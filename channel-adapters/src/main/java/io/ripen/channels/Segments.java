package io.ripen.channels;

import java.util.Set;
import java.util.TreeSet;

/**
 * How a text message is cut, by 3GPP TS 23.038 and 23.040: each segment is paid for. A text of GSM
 * 7-bit characters has 160 in one segment or 153 in each of several; one other character makes it
 * UCS-2, with 70 or 67.
 *
 * @param encoding what the text needs
 * @param units septets or UTF-16 code units in all
 * @param count how many segments, 0 for an empty text
 * @param forcing the characters that force UCS-2, each once, in order of their code points
 */
public record Segments(Encoding encoding, int units, int count, String forcing) {

  private static final String BASIC =
      "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
          + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

  /** Each takes an escape and a septet, which no segment's end may part. */
  private static final String EXTENSION = "\f^{}\\[~]|€";

  /** How characters are written. */
  public enum Encoding {
    /** The alphabet of GSM, with its extension. */
    GSM_7(160, 153),
    /** Any character, in UTF-16 code units. */
    UCS_2(70, 67);

    private final int alone;
    private final int joined;

    Encoding(int alone, int joined) {
      this.alone = alone;
      this.joined = joined;
    }

    /** How many units a segment has when it is the only one. */
    public int alone() {
      return alone;
    }

    /** How many units each of several segments has. */
    public int joined() {
      return joined;
    }

    private int units(int codePoint) {
      return this == UCS_2
          ? Character.charCount(codePoint)
          : EXTENSION.indexOf(codePoint) >= 0 ? 2 : 1;
    }
  }

  /** Cuts a text. */
  public static Segments of(String text) {
    Set<Integer> forcing = new TreeSet<>();
    text.codePoints().filter(c -> !isGsm(c)).forEach(forcing::add);
    Encoding encoding = forcing.isEmpty() ? Encoding.GSM_7 : Encoding.UCS_2;
    int units = text.codePoints().map(encoding::units).sum();
    StringBuilder characters = new StringBuilder();
    forcing.forEach(characters::appendCodePoint);
    return new Segments(encoding, units, count(text, encoding, units), characters.toString());
  }

  private static int count(String text, Encoding encoding, int units) {
    if (units <= encoding.alone()) {
      return units == 0 ? 0 : 1;
    }
    int count = 1;
    int used = 0;
    for (int character : text.codePoints().toArray()) {
      int more = encoding.units(character);
      if (used + more > encoding.joined()) {
        count++;
        used = 0;
      }
      used += more;
    }
    return count;
  }

  private static boolean isGsm(int codePoint) {
    return BASIC.indexOf(codePoint) >= 0 || EXTENSION.indexOf(codePoint) >= 0;
  }
}
