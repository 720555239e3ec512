package io.ripen.channels;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words by which people everywhere steer what they get, in English, Russian and Hungarian. A
 * word counts only when the message is nothing else; case, accents and punctuation do not matter.
 */
public final class Keywords {

  /** Longer messages are no keyword, whatever they say. */
  private static final int LONGEST = 64;

  private static final Pattern INVISIBLE = Pattern.compile("[\\p{M}\\p{Cf}]+");
  private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** Those of Twilio and of the CTIA's guidelines first, then what they mean elsewhere. */
  private static final Map<String, Keyword> WORDS =
      words(
          Map.of(
              Keyword.STOP,
              List.of(
                  "stop",
                  "stopall",
                  "stop all",
                  "unsubscribe",
                  "cancel",
                  "end",
                  "quit",
                  "revoke",
                  "optout",
                  "opt out",
                  "стоп",
                  "отписаться",
                  "отписать",
                  "отписка",
                  "отпишите",
                  "отмена",
                  "álljon",
                  "állj",
                  "leiratkozás",
                  "leiratkozom",
                  "leiratkozni",
                  "lemondás",
                  "lemondom"),
              Keyword.START,
              List.of(
                  "start",
                  "unstop",
                  "yes",
                  "старт",
                  "подписаться",
                  "подписка",
                  "возобновить",
                  "indul",
                  "indít",
                  "feliratkozás",
                  "feliratkozom"),
              Keyword.HELP,
              List.of(
                  "help", "info", "помощь", "справка", "инфо", "súgó", "segítség", "információ")));

  /** Of these only yes brings back who wrote STOP, as the telephone companies have it. */
  private static final Set<String> YES = Set.of("yes", "да", "igen");

  private Keywords() {}

  /** What a person wants. */
  public enum Keyword {
    /** Nothing more by this channel. */
    STOP,
    /** Messages again. */
    START,
    /** To know who writes and how to make it stop. */
    HELP
  }

  /** What the message asks for, when it is a keyword and nothing else. */
  public static Optional<Keyword> in(String message) {
    return message.length() > LONGEST
        ? Optional.empty()
        : Optional.ofNullable(WORDS.get(plain(message)));
  }

  /** Whether the message is a bare yes, which means something only to whoever has asked for one. */
  public static boolean isYes(String message) {
    return message.length() <= LONGEST && YES.contains(plain(message));
  }

  private static String plain(String text) {
    String letters =
        INVISIBLE.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    return BETWEEN.matcher(letters.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
  }

  private static Map<String, Keyword> words(Map<Keyword, List<String>> lists) {
    Map<String, Keyword> words = new HashMap<>();
    lists.forEach((keyword, list) -> list.forEach(word -> words.put(plain(word), keyword)));
    return Map.copyOf(words);
  }
}
