package io.ripen.channels.email;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes out of an answer what it answers to: mail programs put the whole of it below. */
final class Quotes {

  /** So that no line, however strange, takes long to look at. */
  private static final int LONGEST = 300;

  private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;

  /** "On Monday, Ripen Shop wrote:", and its like in the languages of our flows and some more. */
  private static final Pattern INTRODUCTION =
      Pattern.compile(
          ".*(\\b(wrote|schrieb|a écrit|escribió|írta|пишет|писала?|писал\\(а\\)|написала?|написал\\(а\\))(?!\\w).*"
              + "|<[^\\s<>@]+@[^\\s<>@]+>):\\s*",
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

  /** The person's own words, wherever they stand. */
  static String without(String text) {
    List<String> lines = text.lines().toList();
    List<String> own = new ArrayList<>();
    int at = 0;
    while (at < lines.size() && !isEnd(lines, at)) {
      int introduction = introduction(lines, at);
      if (introduction == 0 && !lines.get(at).startsWith(">")) {
        own.add(lines.get(at));
      }
      at += Math.max(1, introduction);
    }
    return String.join("\n", own).strip();
  }

  /** How many lines from here on say what is quoted below. */
  private static int introduction(List<String> lines, int at) {
    String line = line(lines, at);
    if (INTRODUCTION.matcher(line).matches()) {
      return isQuoted(lines, at + 1) ? 1 : 0;
    }
    return BEGINNING.matcher(line).matches()
            && INTRODUCTION.matcher(line + " " + line(lines, at + 1)).matches()
            && isQuoted(lines, at + 2)
        ? 2
        : 0;
  }

  private static boolean isEnd(List<String> lines, int at) {
    String line = line(lines, at);
    return DIVIDER.matcher(line).matches()
        || (HEADER.matcher(line).matches() && NEXT_HEADER.matcher(line(lines, at + 1)).matches());
  }

  /** Nothing where there is none, or where nobody would write so much into one that we look for. */
  private static String line(List<String> lines, int at) {
    return at >= lines.size() || lines.get(at).length() > LONGEST ? "" : lines.get(at).strip();
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
