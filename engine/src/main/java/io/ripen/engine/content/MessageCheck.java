package io.ripen.engine.content;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Looks the messages of a flow over, in all their languages; needs no server. */
public final class MessageCheck {

  /** What the folder with a flow's messages is called. */
  public static final String FOLDER = MessageFiles.FOLDER;

  /** Gmail cuts an e-mail off behind so many bytes of HTML. */
  private static final int GMAIL_CLIPS = 102 * 1024;

  private static final long MOST_ATTACHED = 7L * 1024 * 1024;

  private static final String UNSUBSCRIBE = "https://ripen.invalid/unsubscribe";

  private final MessageFiles files;
  private final MessageFolder messages;

  /**
   * @param bpmn the folder with a folder per flow
   */
  public MessageCheck(Path bpmn) {
    this.files = new MessageFiles(bpmn);
    this.messages = new MessageFolder(bpmn);
  }

  /** The names of the messages that a flow's folder has. */
  public Set<String> messages(String flow) {
    return files.names(flow);
  }

  /** Whether the message is there in any language. */
  public boolean isThere(String flow, String message, MessageKind kind) {
    return !files.locales(flow, message, kind).isEmpty();
  }

  /**
   * All that is wrong with a message.
   *
   * @param unsubscribe whether it needs a link to unsubscribe, if it is an e-mail
   */
  public List<ContentProblem> check(
      String flow, String message, MessageKind kind, boolean unsubscribe) {
    List<ContentProblem> problems = new ArrayList<>();
    try {
      files.checkNames(flow, message);
      Set<String> locales = files.locales(flow, message, kind);
      if (!locales.contains(MessageFiles.FALLBACK)) {
        problems.add(withoutFallback(flow, message, kind, locales));
      }
      for (String locale : locales) {
        if (kind == MessageKind.EMAIL) {
          check(flow, message, locale, unsubscribe, problems);
        } else {
          checkShort(flow, message, locale, problems);
        }
      }
    } catch (ContentProblem problem) {
      problems.add(problem);
    }
    return problems;
  }

  private void check(
      String flow,
      String message,
      String locale,
      boolean marketing,
      List<ContentProblem> problems) {
    Path mjml = files.file(flow, message, locale, "mjml");
    Path text = files.file(flow, message, locale, "txt");
    try {
      checkLocale(mjml, locale);
      MessageTemplate template = messages.template(flow, message, locale);
      FlowValues values = messages.values(flow);
      problems.addAll(UnknownFacts.in(files.read(mjml), values.shape()));
      problems.addAll(UnknownFacts.in(files.read(text), values.shape()));
      // A lead of whom nothing is known must get a whole message too.
      checkRendered(
          template.render(facts(Map.of(), values), List.of()), mjml, text, marketing, problems);
      Path preview = files.bpmn().resolve(flow).resolve("preview.json");
      Map<String, @Nullable Object> known = PreviewFacts.read(preview, files.shown(preview));
      checkRendered(template.render(facts(known, values), List.of()), mjml, text, false, problems);
      checkAttachments(files.attachments(flow, message, locale), problems);
    } catch (ContentProblem problem) {
      problems.add(problem);
    }
  }

  private void checkAttachments(List<Path> attachments, List<ContentProblem> problems) {
    long size = attachments.stream().mapToLong(file -> file.toFile().length()).sum();
    if (size > MOST_ATTACHED) {
      problems.add(
          new ContentProblem(
              files.shown(attachments.getFirst().resolveSibling("")),
              0,
              "its files have %,d bytes (expected: at most %,d, as many mailboxes take no more)"
                  .formatted(size, MOST_ATTACHED),
              "make them smaller, or put a link to them into the message"));
    }
  }

  private void checkShort(
      String flow, String message, String locale, List<ContentProblem> problems) {
    Path file = files.file(flow, message, locale, MessageFiles.SHORT);
    try {
      checkLocale(file, locale);
      ShortTemplate template = messages.shortTemplate(flow, message, locale);
      FlowValues values = messages.values(flow);
      problems.addAll(UnknownFacts.in(files.read(file), values.shape()));
      // A lead of whom nothing is known must get a whole message too.
      checkVariables(template.render(facts(Map.of(), values)), file, problems);
      Path preview = files.bpmn().resolve(flow).resolve("preview.json");
      template.render(facts(PreviewFacts.read(preview, files.shown(preview)), values));
    } catch (ContentProblem problem) {
      problems.add(problem);
    }
  }

  /** Twilio takes no empty ones. */
  private void checkVariables(ShortText text, Path file, List<ContentProblem> problems) {
    ShortText.WhatsApp whatsApp = text.whatsApp();
    if (whatsApp == null) {
      return;
    }
    for (Map.Entry<String, String> variable : whatsApp.values().entrySet()) {
      if (variable.getValue().isEmpty()) {
        problems.add(
            new ContentProblem(
                files.shown(file),
                0,
                "the variable %s for WhatsApp is empty for a lead of whom nothing is known"
                    .formatted(variable.getKey()),
                "write words that need no facts, such as"
                    + " {{ lead.firstName | default: \"dear customer\" }}"));
      }
    }
  }

  /** Whether a file of this name, as {@code reminder.en.mjml}, is a part of a message. */
  public static boolean isPart(String name) {
    return MessageFiles.part(name).isPresent();
  }

  /**
   * All that is wrong with the message that a file is a part of, whoever sends it.
   *
   * @param name the file's; nothing is wrong where {@link #isPart} says that it is none
   */
  public List<ContentProblem> checkPart(String flow, String name) {
    return MessageFiles.part(name)
        .map(file -> check(flow, file.group("name"), kind(file), false))
        .orElse(List.of());
  }

  /** As {@link #unsureDownloads} says of the message that a file is a part of. */
  public List<ContentProblem> unsureDownloadsOfPart(String flow, String name) {
    return MessageFiles.part(name)
        .map(file -> unsureDownloads(flow, file.group("name"), kind(file)))
        .orElse(List.of());
  }

  private static MessageKind kind(Matcher part) {
    return part.group("part").equals(MessageFiles.SHORT) ? MessageKind.SHORT : MessageKind.EMAIL;
  }

  /**
   * Languages in which a short message names no template for WhatsApp, though it does in others.
   * One that cannot be read is left out: {@link #check} tells of it.
   */
  public List<ContentProblem> withoutWhatsApp(String flow, String message) {
    Map<String, Boolean> names = new TreeMap<>();
    for (String locale : files.locales(flow, message, MessageKind.SHORT)) {
      try {
        names.put(locale, messages.shortTemplate(flow, message, locale).hasWhatsAppTemplate());
      } catch (ContentProblem problem) {
        // Said already.
      }
    }
    return names.containsValue(true)
        ? names.entrySet().stream()
            .filter(each -> !each.getValue())
            .map(
                each ->
                    withoutWhatsApp(files.file(flow, message, each.getKey(), MessageFiles.SHORT)))
            .toList()
        : List.of();
  }

  /**
   * Where a message writes {@code links.download} without asking whether the file is there. What
   * cannot be read is left out: {@link #check} tells of it.
   */
  public List<ContentProblem> unsureDownloads(String flow, String message, MessageKind kind) {
    List<ContentProblem> problems = new ArrayList<>();
    List<String> parts =
        kind == MessageKind.EMAIL ? List.of("mjml", "txt") : List.of(MessageFiles.SHORT);
    for (String locale : files.locales(flow, message, kind)) {
      for (String part : parts) {
        try {
          problems.addAll(UnsureDownloads.in(files.read(files.file(flow, message, locale, part))));
        } catch (ContentProblem problem) {
          // Said already.
        }
      }
    }
    return problems;
  }

  private ContentProblem withoutWhatsApp(Path file) {
    return new ContentProblem(
        files.shown(file),
        0,
        "it names no template for WhatsApp, as it does in another language",
        "add WhatsApp: HX…, or who has not written for a day gets what is set for all messages");
  }

  private void checkRendered(
      RenderedMessage rendered,
      Path mjml,
      Path text,
      boolean marketing,
      List<ContentProblem> problems) {
    int size = rendered.html().getBytes(StandardCharsets.UTF_8).length;
    if (size > GMAIL_CLIPS) {
      problems.add(
          new ContentProblem(
              files.shown(mjml),
              0,
              "its HTML has %,d bytes, and Gmail cuts it off behind %,d"
                  .formatted(size, GMAIL_CLIPS),
              "make it shorter"));
    }
    if (marketing && !rendered.html().contains(UNSUBSCRIBE)) {
      problems.add(withoutUnsubscribe(mjml));
    }
    if (marketing && !rendered.text().contains(UNSUBSCRIBE)) {
      problems.add(withoutUnsubscribe(text));
    }
  }

  private ContentProblem withoutUnsubscribe(Path file) {
    return new ContentProblem(
        files.shown(file),
        0,
        "a marketing message without a link to unsubscribe",
        "put {{ links.unsubscribe }} into it");
  }

  private ContentProblem withoutFallback(
      String flow, String message, MessageKind kind, Set<String> locales) {
    String part = kind == MessageKind.EMAIL ? "mjml" : MessageFiles.SHORT;
    Path expected = files.file(flow, message, MessageFiles.FALLBACK, part);
    Set<String> names = files.names(flow);
    return locales.isEmpty()
        ? new ContentProblem(
            files.shown(expected),
            0,
            "there is no such message (there are: "
                + (names.isEmpty() ? "none" : String.join(", ", names))
                + ")",
            kind == MessageKind.EMAIL
                ? "write it and its text part, or name another in the flow"
                : "write it, or name another in the flow")
        : new ContentProblem(
            files.shown(expected),
            0,
            "the message is there in " + String.join(", ", locales) + " only",
            "write it in English as well: who has another language gets that");
  }

  private void checkLocale(Path mjml, String locale) throws ContentProblem {
    String canonical = canonical(locale);
    if (!locale.equals(canonical)) {
      throw new ContentProblem(
          files.shown(mjml),
          0,
          "\"" + locale + "\" is no language",
          "write it as " + (canonical.isEmpty() ? "en, hu or pt-BR" : canonical));
    }
  }

  private static String canonical(String locale) {
    try {
      return new Locale.Builder().setLanguageTag(locale.replace('_', '-')).build().toLanguageTag();
    } catch (IllformedLocaleException e) {
      return "";
    }
  }

  private static Map<String, @Nullable Object> facts(
      Map<String, @Nullable Object> known, FlowValues values) {
    Map<String, @Nullable Object> facts = values.with(known);
    facts.put("links", PreviewFacts.links(UNSUBSCRIBE));
    return facts;
  }
}
