package io.ripen.engine.content;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where messages lie: {@code FLOW/messages/NAME.LOCALE.mjml} and {@code .txt}, short ones {@code
 * NAME.LOCALE.short.txt}. What is attached to an e-mail lies in {@code NAME.LOCALE.files/} or, for
 * all languages, {@code NAME.files/}.
 */
record MessageFiles(Path bpmn) {

  /** Within the folder of a flow. */
  static final String FOLDER = "messages";

  /** The language that every message has. */
  static final String FALLBACK = "en";

  static final int MAX_BYTES = 256 * 1024;

  /** How the name of a short message ends. */
  static final String SHORT = "short.txt";

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Pattern FILE =
      Pattern.compile("(?<name>[^.]+)\\.(?<locale>[^.]+)\\.(?<part>mjml|txt|short\\.txt)");

  Path folder(String flow) {
    return bpmn.resolve(flow).resolve(FOLDER);
  }

  Path file(String flow, String message, String locale, String part) {
    return folder(flow).resolve(message + "." + locale + "." + part);
  }

  /**
   * What goes with a message: the files of {@code NAME.LOCALE.files}, or else of {@code
   * NAME.files}.
   */
  List<Path> attachments(String flow, String message, String locale) throws ContentProblem {
    Path own = folder(flow).resolve(message + "." + locale + ".files");
    Path all = folder(flow).resolve(message + ".files");
    Path files = Files.isDirectory(own) ? own : all;
    if (!Files.isDirectory(files)) {
      return List.of();
    }
    try (Stream<Path> listed = Files.list(files)) {
      return listed.filter(file -> Files.isRegularFile(file) && !isHidden(file)).sorted().toList();
    } catch (IOException e) {
      throw new ContentProblem(
          shown(files), 0, "it cannot be read", "see that it may be read by whom Ripen runs as");
    }
  }

  private static boolean isHidden(Path file) {
    return String.valueOf(file.getFileName()).startsWith(".");
  }

  /** The file as people should read it: from the folder with the flows on, with slashes. */
  String shown(Path file) {
    return bpmn.relativize(file).toString().replace('\\', '/');
  }

  /** From the lead's own locale to less and less exact ones, and English last. */
  static List<String> candidates(@Nullable String locale) {
    List<String> candidates = new ArrayList<>();
    String tag =
        locale == null ? "" : Locale.forLanguageTag(locale.replace('_', '-')).toLanguageTag();
    while (!tag.isEmpty() && !tag.equals("und")) {
      candidates.add(tag);
      tag = tag.substring(0, Math.max(0, tag.lastIndexOf('-')));
    }
    if (!candidates.contains(FALLBACK)) {
      candidates.add(FALLBACK);
    }
    return candidates;
  }

  /** No name may lead out of the folder. */
  void checkNames(String flow, String message) throws ContentProblem {
    for (String name : List.of(flow, message)) {
      if (!NAME.matcher(name).matches()) {
        throw new ContentProblem(
            bpmn.getFileName() + "",
            0,
            "\"%s\" is no name of a flow or message".formatted(name),
            "use small letters, digits and hyphens, for example last-offer");
      }
    }
  }

  /** What the name of a file says; empty where it is no part of a message. */
  static Optional<Matcher> part(String file) {
    return Optional.of(FILE.matcher(file)).filter(Matcher::matches);
  }

  /** The names of a flow's messages. */
  Set<String> names(String flow) {
    Set<String> names = new TreeSet<>();
    for (Matcher file : files(flow)) {
      names.add(file.group("name"));
    }
    return names;
  }

  /** The locales of which a message has at least one part for this. */
  Set<String> locales(String flow, String message, MessageKind kind) {
    Set<String> locales = new TreeSet<>();
    for (Matcher file : files(flow)) {
      boolean isShort = file.group("part").equals(SHORT);
      if (file.group("name").equals(message) && isShort == (kind == MessageKind.SHORT)) {
        locales.add(file.group("locale"));
      }
    }
    return locales;
  }

  LiquidSource read(Path file) throws ContentProblem {
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (bytes.length > MAX_BYTES) {
        throw new ContentProblem(
            shown(file),
            0,
            "it has %,d bytes (expected: at most %,d)".formatted(bytes.length, MAX_BYTES),
            "link to pictures, and cut it down");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return LiquidSource.plain(shown(file), text.replace("\r\n", "\n"));
    } catch (CharacterCodingException e) {
      throw new ContentProblem(shown(file), 0, "it is not in UTF-8", "save it in UTF-8");
    } catch (IOException e) {
      throw new ContentProblem(
          shown(file),
          0,
          "it cannot be read (" + e.getClass().getSimpleName() + ")",
          "see that it is there and may be read");
    }
  }

  private List<Matcher> files(String flow) {
    Path folder = folder(flow);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> part(String.valueOf(file.getFileName())))
          .flatMap(Optional::stream)
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
