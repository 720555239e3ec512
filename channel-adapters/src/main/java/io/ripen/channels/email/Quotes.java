package io.ripen.channels.email;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Takes out of an answer what it answers to: mail programs put the whole of it below. */
final class Quotes {

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** "On Monday, Ripen Shop wrote:", and its like in the languages of our flows and some more. */
  private static final Pattern INTRODUCTION =
      Pattern.compile(
          ".*(\\b(wrote|schrieb|a écrit|escribió|írta|пишет|писала?|писал\\(а\\)|написала?|написал\\(а\\))(?!\\w).*"
              + "|<\\S+@\\S+>):\\s*",
          FLAGS | Pattern.UNICODE_CHARACTER_CLASS);

  /** It may take two lines. */
  private static final Pattern BEGINNING =
      Pattern.compile("(on|am|le|el)\\b.{10,}|.*\\d.*[@<].*", FLAGS);

  private static final Pattern DIVIDER =
      Pattern.compile(
          "-{2,}\\s*(original message|forwarded message|исходное сообщение|eredeti üzenet"
              + "|ursprüngliche nachricht)\\s*-{2,}|_{10,}|-- ?",
          FLAGS);

  /** Outlook puts the headers of what is answered above it. */
  private static final Pattern HEADER =
      Pattern.compile("\\*?(from|от|feladó|von):\\*?\\s.+", FLAGS);

  private static final Pattern NEXT_HEADER =
      Pattern.compile(
          "\\*?(sent|date|отправлено|дата|elküldve|dátum|gesendet|datum):\\*?\\s.+", FLAGS);

  private Quotes() {}

  /** The person's own words. */
  static String without(String text) {
    List<String> lines = text.lines().toList();
    int end = 0;
    while (end < lines.size() && !isEnd(lines, end)) {
      end++;
    }
    return lines.subList(0, end).stream()
        .filter(line -> !line.startsWith(">"))
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static boolean isEnd(List<String> lines, int at) {
    String line = lines.get(at).strip();
    String next = at + 1 < lines.size() ? lines.get(at + 1).strip() : "";
    return DIVIDER.matcher(line).matches()
        || (INTRODUCTION.matcher(line).matches() && isQuoted(lines, at + 1))
        || (BEGINNING.matcher(line).matches()
            && INTRODUCTION.matcher(line + " " + next).matches()
            && isQuoted(lines, at + 2))
        || (HEADER.matcher(line).matches() && NEXT_HEADER.matcher(next).matches());
  }

  /** Whether what is below is a quotation, or nothing: some programs leave it out. */
  private static boolean isQuoted(List<String> lines, int from) {
    return lines.stream()
        .skip(from)
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .findFirst()
        .map(line -> line.startsWith(">"))
        .orElse(true);
  }
}
