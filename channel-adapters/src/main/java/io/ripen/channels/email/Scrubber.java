package io.ripen.channels.email;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes personal data out of what a server says, as servers like to echo the address. */
final class Scrubber implements UnaryOperator<String> {

  private static final int LONGEST = 300;
  private static final Pattern ADDRESS = Pattern.compile("<?[^\\s<>\"'(),;:]+@[^\\s<>\"'(),;:]+>?");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Cntrl}]+");

  private final Pattern person;

  Scrubber(EmailMessage message) {
    int at = message.to().lastIndexOf('@');
    String local = at < 1 ? message.to() : message.to().substring(0, at);
    StringBuilder words = new StringBuilder(word(local));
    if (message.toName() != null && !message.toName().isBlank()) {
      SPACE
          .splitAsStream(message.toName().strip())
          .forEach(name -> words.append('|').append(word(name)));
    }
    person = Pattern.compile(words.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  @Override
  public String apply(String text) {
    String clean = ADDRESS.matcher(text).replaceAll("<address>");
    clean = person.matcher(clean).replaceAll(Matcher.quoteReplacement("…"));
    clean = SPACE.matcher(clean).replaceAll(" ").strip();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…";
  }

  private static String word(String text) {
    return "(?<![\\p{L}\\p{N}])" + Pattern.quote(text) + "(?![\\p{L}\\p{N}])";
  }
}
